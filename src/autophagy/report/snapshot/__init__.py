"""A snapshot in the terminal and as a page."""
