"""Flat two-colour newspaper drawings: geometry in, a picture out.

`shapes` makes outlines (points only), `canvas` fills them, `figures` draws people,
and each of `hotline`, `fair` and `laboratory` composes one picture.
"""
