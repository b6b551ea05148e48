"""Verifiers: curators of rows with an answer, which work out whether it is right, or say that they cannot."""

from . import agrees, cites, fields, judge, numeric, roundtrip, tests

__all__ = ["agrees", "cites", "fields", "judge", "numeric", "roundtrip", "tests"]
