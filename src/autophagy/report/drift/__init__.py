"""The terminal and the page of a comparison of answers."""
