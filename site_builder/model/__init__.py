"""Frozen values of the newsroom and the index over them: no files, no HTML, standard library only."""
