"""E-mail addresses: found by their @, so that what stands far from one is not searched."""

import re
from collections.abc import Iterator
from string import ascii_letters, digits

LETTERS = ascii_letters + digits + "._%+-"  # of what stands before the @
ABROAD = "".join(filter(str.isalpha, map(chr, [*range(0xC0, 0x250), *range(0x370, 0x530)])))  # RFC 6531: jürgen, иван
APOSTROPHES = ("'", "’")  # within a name: o'neil@; in front of it they are quotes
CLOSED = re.compile(r"['’](?!\w)")
ASCII = "\x7f"  # the last letter of it
BEFORE = 64  # letters before the @ at most (RFC 5321)
SMALL, LARGE = ("".join(filter(each, ascii_letters + ABROAD)) for each in (str.islower, str.isupper))
# a word may be glued to small letters, as in anna@firma.deHi; else the case changes in noise alone: x@FO.LwfT
TOP = rf"[{SMALL}]{{2,24}}(?![{SMALL}0-9_])|(?:[{LARGE}]{{2,24}}|[{LARGE}][{SMALL}]{{1,23}})(?![{SMALL}{LARGE}0-9_])"
DOMAIN = re.compile(rf"(?:[A-Za-z0-9{ABROAD}-]{{1,63}}\.){{1,8}}(?:{TOP})")
# addresses of nobody: example.com, .test, no-reply@, and names of files such as icon@2x.png
RESERVED = frozenset(("example", "test", "invalid", "localhost"))
UNREAD = re.compile(r"(?:^|[._-])(?:no|do[._-]?not)[._-]?reply(?:\+|$)", re.IGNORECASE)  # no-reply@, jobs-noreply@
REPOSITORY = "git"  # git@github.com:numpy/numpy.git
FILES = frozenset(("png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js"))


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where the e-mail addresses of a text begin and end."""
    before, *rest = text.split("@")
    end, at = 0, len(before)
    for after in rest:
        name = _before(before)
        start = len(name) - len(before) + at
        found = DOMAIN.match(after) if start < at <= start + BEFORE else None
        if found and name[-1:] in APOSTROPHES:
            tail = name[max(len(name) - BEFORE - 1, end - at + len(before), 0) :]  # from the last address on
            further = start - _beyond(tail, CLOSED.match(after, found.end()) is not None)
            start = further if at <= further + BEFORE else start
        # a run of letters that is longer, or goes on into the last address, is the name of nobody
        if found and end <= start:
            end = at + 1 + found.end()
            *_, domain, top = found[0].lower().split(".")
            of_nobody = (
                domain in RESERVED
                or top in RESERVED
                or top in FILES
                or (at - start == 3 and text.startswith(REPOSITORY, start))
                or UNREAD.search(text[start:at]) is not None
            )
            if not of_nobody:
                yield start, end
        before, at = after, at + 1 + len(after)


def _before(text: str) -> str:
    """What stands before the letters of a name at the end of a text."""
    before = text.rstrip(LETTERS)
    if before[-1:] > ASCII and before[-1:] in ABROAD:  # rarely, and more letters take longer
        before = text.rstrip(LETTERS + ABROAD)
    return before


def _beyond(tail: str, closed: bool) -> int:
    """How many characters of a name end with an apostrophe, the last of the tail.

    Where a quote is closed behind the address, its first apostrophe opens that, as in f'anna@firma.de'.
    """
    later = left = tail
    while left[-1:] in APOSTROPHES and (earlier := _before(left[:-1])) != left[:-1]:
        later, left = left, earlier
    return len(tail) - len(later if closed and left[-1:] not in APOSTROPHES else left)
