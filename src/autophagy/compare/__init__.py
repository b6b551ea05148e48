"""Compare: which way of answering is right most often, at what cost."""
