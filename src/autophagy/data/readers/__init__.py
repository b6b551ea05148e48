"""Readers: a file or a folder -> rows, by what it holds and not by what it is called."""

from .read import read, read_all, read_file
from .rows import FileRows, finish, texts
from .tables import of_arrow

__all__ = ["FileRows", "finish", "of_arrow", "read", "read_all", "read_file", "texts"]
