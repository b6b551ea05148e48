"""Daily looks for people to read."""
