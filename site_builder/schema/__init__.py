"""From the text of content files to values or Problems with positions. Pure."""
