"""Laid-out pages as an InDesign package (IDML), for a designer who wants the last word."""
