"""Phone numbers, as the library phonenumbers (Google's) knows the plan of every country."""

from collections.abc import Iterator, Sequence
from typing import Any

from ...core.errors import need
from .values import Form, Value, matches

PHONE = Form("phone number", "phone numbers", "")
ABROAD = r"(?<![\w+.])(?:\+|00)[1-9](?:[ ()./-]{0,2}\d){6,14}(?!\d)"
AMERICAN = r"(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-])"
LOCAL = r"(?<![\w.-])\(?\d(?:[ ()./-]{0,2}\d){6,13}(?!\d)"
CUE = r"\b(?:tel|tél|phone|telefon\w*|téléphone|teléfono|mobile|cell|fax|call|whatsapp|sms)\b|phone|☎|电话|電話"


def phones(texts: Sequence[str], some: Any, region: str) -> Iterator[tuple[int, Value]]:
    """Each valid phone number with its text's number: with the country's code, in the American form, or by a cue.

    Raises MissingExtra without phonenumbers.
    """
    library = need("phonenumbers", "looking for phone numbers")
    for pattern, home, cue in ((ABROAD, None, ""), (AMERICAN, "US", ""), (LOCAL, region, CUE)):
        for row, start, end in matches(texts, some, pattern, cue):
            written = texts[row][start:end]
            written = "+" + written[2:] if home is None and written.startswith("00") else written
            try:
                valid = library.is_valid_number(library.parse(written, home))
            except library.NumberParseException:
                continue
            if valid:
                yield row, Value(start, end, PHONE)
