"""Tables that are drawn with lines, as polars, xan and many programs print them -> the bars and dashes of ASCII."""

import re

RULER = re.compile("^[ \\t]*[┌┏╔╭├┠╞╟╠┡][─━═┬┼┳╋╇╪╤╦╬]{2,}.*$", re.MULTILINE)  # the line on top or below the names
SHAPE = re.compile(r"\s*shape: \([\d_]+, \d+\)\n")  # what polars prints above
LINES = {
    **dict.fromkeys(range(0x2500, 0x2580), "+"),  # Unicode's lines: all but these are corners and crossings
    **str.maketrans(dict.fromkeys("│┃║┆┇┊┋", "|") | dict.fromkeys("─━┄┅┈┉╌", "-") | {"═": "="}),
}
FIRST = b"\xe2\x94", b"\xe2\x95"  # how all of these begin in UTF-8
LOOK = 2_000  # bytes in which the first line stands


def undrawn(data: bytes) -> bytes:
    """The bytes of a text with its lines as bars and dashes, or as they are where it is no drawn table."""
    if not any(first in data[:LOOK] for first in FIRST) or not RULER.search(data[:LOOK].decode(errors="ignore")):
        return data
    text = SHAPE.sub("", data.decode(errors="surrogateescape"))
    return text.translate(LINES).encode(errors="surrogateescape")
