"""Text: plain functions of texts."""
