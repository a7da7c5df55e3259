"""Rules of Chinese text: standard library only, no HTML."""
