"""``bulletin print``: in goes a newsroom on disk, out comes a PDF."""
