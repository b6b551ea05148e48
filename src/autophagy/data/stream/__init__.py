"""Rows of files that are larger than memory: they become chunks, parquet files in a folder."""
