"""Engines: the exact laws of the families, a file or a folder each."""
