"""A curation in the terminal and as a page."""
