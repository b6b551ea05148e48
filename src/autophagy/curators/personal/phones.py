"""Phone numbers, as the library phonenumbers (Google's) knows the plan of every country."""

import re
from collections.abc import Iterator

from ...core.errors import need
from .values import AROUND, Form, Value

PHONE = Form("phone number", "phone numbers", "")
ABROAD = re.compile(r"(?<![\w+.])(?:\+|00)[1-9](?:[ ()./-]{0,2}\d){6,14}(?!\d)")
AMERICAN = re.compile(r"(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-])")
LOCAL = re.compile(r"(?<![\w.-])\(?\d(?:[ ()./-]{0,2}\d){6,13}(?!\d)")
CUE = re.compile(r"\b(?:tel|tél|phone|telephone|telefon\w*|téléphone|teléfono|mobile|cell|fax|call|whatsapp|sms)\b|☎|电话|電話", re.I)


def phones(text: str, region: str) -> Iterator[Value]:
    """Each valid phone number: in its international form, in the American one, or in the region's by a cue word."""
    library = need("phonenumbers", "looking for phone numbers")
    for pattern, home, cued in ((ABROAD, None, False), (AMERICAN, "US", False), (LOCAL, region, True)):
        for match in pattern.finditer(text):
            if cued and not CUE.search(text, max(0, match.start() - AROUND), match.start()):
                continue
            written = "+" + match[0][2:] if home is None and match[0].startswith("00") else match[0]
            try:
                valid = library.is_valid_number(library.parse(written, home))
            except library.NumberParseException:
                continue
            if valid:
                yield Value(*match.span(), PHONE)
