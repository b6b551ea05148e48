"""E-mail addresses: found by their @, so that what stands far from one is not searched."""

import re
from collections.abc import Iterator
from string import ascii_letters, digits

LETTERS = ascii_letters + digits + "._%+-"  # of what stands before the @
BEFORE = 64  # letters before the @ at most (RFC 5321)
DOMAIN = re.compile(r"@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b", re.ASCII)
# addresses of nobody: example.com, .test, and names of files such as icon@2x.png
RESERVED = re.compile(
    r"@(?:[\w-]+\.)*(?:example|test|invalid|localhost)(?:\.\w+)?$|\.(?:png|jpe?g|gif|svg|webp|css|js)$", re.I
)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where the e-mail addresses of a text begin and end."""
    end, at = 0, text.find("@")
    while at >= 0:
        low = max(end, at - BEFORE - 1)
        start = low + len(text[low:at].rstrip(LETTERS))
        found = DOMAIN.match(text, at)
        # a run of letters that goes on before it was cut begins nowhere
        if found and 0 < at - start <= BEFORE and not (start and text[start - 1] in LETTERS):
            end = found.end()
            if not RESERVED.search(text[start:end]):
                yield start, end
        at = text.find("@", max(at + 1, end))
