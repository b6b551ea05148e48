"""Texts as values: words, numbers with their units, dates and times, however they are written."""
