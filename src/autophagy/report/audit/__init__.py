"""An audit in the terminal and as a page."""
