"""Stories for desks that lay out by themselves: in go stories as they are printed, out come DOCX, TXT and CSV."""
