"""The terminal and the page of a generation."""
