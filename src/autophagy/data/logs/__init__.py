"""Logs: recorded answers of models, in the formats of other programs and in memory."""

from .read import log_of, read_log

__all__ = ["log_of", "read_log"]
