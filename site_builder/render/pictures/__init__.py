"""Pictures: a photograph's bytes in, what readers get out. The only package that imports Pillow.

``images`` decodes, measures and encodes; ``label`` says what is written into every file about it, ``containers``
writes it there without touching a pixel; ``tones`` names the colour that stands in until a picture has come;
``cards`` draws what chat apps show of a story, ``lettering`` its text.
"""
