"""Bulletin: a static-site generator and digital newsroom for union news bulletins.

Floors, lowest first (imports only go down; an import-linter contract keeps it):
``problems errors messages`` → ``model text`` → ``schema`` → ``render`` → ``build`` → ``api`` → ``hosts cli``.
See docs/explanation/architecture.md.
"""

__version__ = "0.1.0"
