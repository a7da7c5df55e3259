"""Setting text: measuring characters and breaking paragraphs into lines.

In go spans of text and the fonts' widths, out come all ways to set a paragraph in so many lines.
"""
