"""A corpus on disk, in chunks, and what was found of its rows beside it."""
