"""The terminal of a generation."""
