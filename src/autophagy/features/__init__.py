"""Features: where distances between rows are measured."""
