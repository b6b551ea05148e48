"""Phone numbers, as the library phonenumbers (Google's) knows the plan of every country."""

from collections.abc import Iterator
from contextlib import suppress

from ...core.errors import MissingExtra, UsageError, need
from ...core.parts import did_you_mean
from .forms import AROUND, Form, Value
from .shortlist import Shortlist

CUE = r"\b(?:tel|tél|phone|telefon\w*|téléphone|teléfono|mobile|cell|fax|call|whatsapp|sms|"
CUE += r"celular|móvil|cellulare)\b|phone|☎|电话|電話|手机|手機|전화|هاتف|फ़ोन|फोन|मोबाइल"
ABROAD, AMERICAN, LOCAL = (
    Form("phone number", "phone numbers", pattern, cue=cue, chained=True)
    for pattern, cue in (
        (r"(?<![\w+.])(?:\+|00)[1-9](?:[ ()./-]{0,2}\d){6,14}(?![\d])", ""),
        (r"(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-])", ""),
        (r"(?<![\w.-])\(?\d(?:[ ()./-]{0,2}\d){6,13}(?![\d])", CUE),
    )
)
ANYWHERE = r"(?:\+|00)[1-9](?:[ ()./-]{0,2}\d){6}|(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}"
CALLED = rf"(?i)(?:{CUE})(?:.|\n){{0,{AROUND}}}\d"  # a cue that is near enough to a number


def check_region(region: str) -> None:
    """Raise UsageError for a region that phonenumbers does not know; without phonenumbers any will do."""
    with suppress(MissingExtra):
        known = need("phonenumbers", "looking for phone numbers").SUPPORTED_REGIONS
        for each in regions(region):
            if each not in known:
                guess = did_you_mean(each, known)
                raise UsageError(f"{each!r} is no region{guess}: give capital letters of countries, as US or DE;AT.")


def regions(region: str) -> list[str]:
    """The countries in the setting, such as DE and AT in "DE;AT"."""
    return [each.strip() for each in region.split(";")]


def phones(plain: Shortlist, called: Shortlist, region: str) -> Iterator[tuple[int, Value]]:
    """Each valid phone number with its text's number: with the country's code, in the American form, or by a cue.

    `plain` are the texts that may hold one of the first two (ANYWHERE), `called` those that hold
    a cue before a digit (CALLED).

    Raises MissingExtra without phonenumbers.
    """
    library = need("phonenumbers", "looking for phone numbers")
    sought = [(plain, ABROAD, None), (plain, AMERICAN, "US"), *((called, LOCAL, home) for home in regions(region))]
    for texts, form, home in sought:
        for row, start, end in texts.matches(form):
            written = str(texts.every[row])[start:end]
            written = "+" + written[2:] if home is None and written.startswith("00") else written
            try:
                valid = library.is_valid_number(library.parse(written, home))
            except library.NumberParseException:
                continue
            if valid:
                yield row, Value(start, end, form)
