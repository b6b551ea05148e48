"""The page, the charts and the table of a forecast."""
