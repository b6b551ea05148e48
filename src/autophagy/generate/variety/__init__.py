"""Variety: how unlike each other the made rows are, beside the seeds."""
