"""MkDocs with Material: the only package that imports mkdocs."""
