"""Readers: a file or a folder -> rows, by what it holds and not by what it is called."""
