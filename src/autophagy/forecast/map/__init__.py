"""Map: one forecast for each cell of two axes."""
