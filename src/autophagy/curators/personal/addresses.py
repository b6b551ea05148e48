"""E-mail addresses: found by their @, so that what stands far from one is not searched."""

import re
from collections.abc import Iterator
from string import ascii_letters, digits

LETTERS = ascii_letters + digits + "._%+-"  # of what stands before the @
ABROAD = "".join(filter(str.isalpha, map(chr, [*range(0xC0, 0x250), *range(0x370, 0x530)])))  # RFC 6531: jürgen, иван
ASCII = "\x7f"  # the last letter of it
BEFORE = 64  # letters before the @ at most (RFC 5321)
SMALL, LARGE = ("".join(filter(each, ascii_letters + ABROAD)) for each in (str.islower, str.isupper))
# a word may be glued to small letters, as in anna@firma.deHi; else the case changes in noise alone: x@FO.LwfT
TOP = rf"[{SMALL}]{{2,24}}(?![{SMALL}0-9_])|(?:[{LARGE}]{{2,24}}|[{LARGE}][{SMALL}]{{1,23}})(?![{SMALL}{LARGE}0-9_])"
DOMAIN = re.compile(rf"(?:[A-Za-z0-9{ABROAD}-]{{1,63}}\.){{1,8}}(?:{TOP})")
# addresses of nobody: example.com, .test, and names of files such as icon@2x.png
RESERVED = frozenset(("example", "test", "invalid", "localhost"))
REPOSITORY = "git"  # git@github.com:numpy/numpy.git
FILES = frozenset(("png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js"))


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where the e-mail addresses of a text begin and end."""
    before, *rest = text.split("@")
    end, at = 0, len(before)
    for after in rest:
        name = before.rstrip(LETTERS)
        if name[-1:] > ASCII and name[-1:] in ABROAD:  # rarely, and more letters take longer
            name = before.rstrip(LETTERS + ABROAD)
        start = len(name) - len(before) + at
        # a run of letters that is longer, or goes on into the last address, is the name of nobody
        if end <= start < at <= start + BEFORE and (found := DOMAIN.match(after)):
            end = at + 1 + found.end()
            *_, domain, top = found[0].lower().split(".")
            of_nobody = (
                domain in RESERVED
                or top in RESERVED
                or top in FILES
                or (at - start == 3 and text.startswith(REPOSITORY, start))
            )
            if not of_nobody:
                yield start, end
        before, at = after, at + 1 + len(after)
