"""What nobody reads any more is lost, and no reason to end: behind `| head`, a gate still has its exit code."""

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Pipe(io.FileIO):
    """A stream of this process that goes nowhere once it meets one of its faults."""

    faults: tuple[type[OSError], ...] = (BrokenPipeError,)

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write some bytes, and say how many."""
        try:
            return super().write(data)
        except self.faults:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            return super().write(data)


class _Messages(_Pipe):
    """Standard error: a disk that is full takes messages from a user, and no results."""

    faults = (OSError,)


def bear_with_readers() -> None:
    """Go on where who reads the output or the messages of this process has seen enough.

    Letters that their encoding does not know are shown as question marks.
    """
    sys.stdout, sys.stderr = _through(_Pipe, sys.stdout), _through(_Messages, sys.stderr)


def _through(kind: type[_Pipe], stream: TextIO) -> TextIO:
    if isinstance(stream, io.TextIOWrapper):
        with suppress(OSError):  # of memory alone
            stream.flush()
            raw = kind(stream.fileno(), "w", closefd=False)
            return io.TextIOWrapper(
                raw if stream.write_through else io.BufferedWriter(raw),  # as CPython has it
                encoding=stream.encoding,
                errors="replace" if stream.errors == "strict" else stream.errors,
                line_buffering=stream.line_buffering,
                write_through=stream.write_through,
            )
    return stream
