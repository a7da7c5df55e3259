"""The judge of search: archives of any size, queries of every kind, what is true of them, and how search did.

``stories`` makes an archive from two numbers, how many stories and a seed; ``queries`` asks it things whose answers
``truth`` knows by looking through every text. None of the three imports a line of the index that they judge.
"""
