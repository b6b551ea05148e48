"""The kinds of personal data that are looked for: how each is written, its check digits, the cue that it stands by."""

import re
from collections.abc import Callable
from typing import NamedTuple

from .digits import (
    is_aadhaar,
    is_ahv,
    is_bsn,
    is_card,
    is_codice_fiscale,
    is_cpf,
    is_dni,
    is_iban,
    is_nir,
    is_personnummer,
    is_pesel,
    is_resident,
    is_ssn,
    is_steuer_id,
    passes_luhn,
)
from .keys import PREFIXES, SECRETS, is_secret

AROUND = 60  # characters before a value in which a cue is looked for


def without_look(pattern: str) -> str:
    """A pattern that the same texts hold, without look-around: what must not stand beside it is one other character."""
    before = re.sub(r"\(\?<!\[([^\]]*)\]\)", r"(?:^|[^\1])", pattern)
    return re.sub(r"\(\?!\[([^\]]*)\]\)", r"(?:$|[^\1])", before)


class Form(NamedTuple):
    """How values of one kind are written, the check on their letters, and the cue without which they do not count.

    Those that are `chained` are found in chains of digits alone, which `re` finds more quickly than them; `loose` is
    what RE2 is to look for where it takes long to make its automaton of the pattern. Of those that are `marked` the
    marks between the letters count in the check.
    """

    one: str
    many: str
    pattern: str
    check: Callable[[str], bool] = lambda value: True
    cue: str = ""
    chained: bool = False
    loose: str = ""
    marked: bool = False

    def bare(self, value: str) -> str:
        """What of a value is checked."""
        return value if self.marked else re.sub(r"[ .-]", "", value)

    @property
    def rough(self) -> str:
        """What RE2 and Hyperscan, which have no look-around, are to look for."""
        return self.loose or without_look(self.pattern)


class Value(NamedTuple):
    """A value of one kind in a text, from start to end."""

    start: int
    end: int
    form: Form


SPELT_AT = r"\(at\)|\[at\]|\{at\}|\( at \)|\[ at \]|\{ at \}|\(AT\)|\[AT\]|\{AT\}|\( AT \)|\[ AT \]|\{ AT \}"
_DOT = r" ?(?:\.|[\[({] ?(?:dot|DOT|punkt) ?[\])}]) ?"
SPELT = (  # an address that is hidden from harvesters: anna (at) firma.de, anna [at] firma [dot] de
    rf"\b[A-Za-z0-9._%+-]{{1,64}} ?(?:{SPELT_AT}) ?[A-Za-z0-9-]{{1,63}}"
    rf"(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{0,4}}{_DOT}[A-Za-z]{{2,24}}\b"
)
SSN = r"\bssn\b|social security"
CODICE = r"\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b"
PAN = r"\b[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]\b"
NINO = r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"
ADDRESS = Form("e-mail address", "e-mail addresses", "@")
FORMS = (
    Form("key or secret", "keys or secrets", SECRETS, is_secret, loose=PREFIXES, marked=True),
    Form(
        "e-mail address", "e-mail addresses", SPELT, lambda value: "example" not in value, loose=SPELT_AT, marked=True
    ),
    Form(
        "payment card",
        "payment cards",
        r"(?<![\d.,-])(?:\d{4}[ -]?){3}\d{1,7}\b|(?<![\d.,-])3\d{3}[ -]?\d{6}[ -]?\d{4,5}\b",
        is_card,
        chained=True,
    ),
    Form("IBAN", "IBANs", r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", is_iban),
    Form(
        "US social security number",
        "US social security numbers",
        r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])",
        is_ssn,
        chained=True,
    ),
    Form("US social security number", "US social security numbers", r"\b\d{3}[ -]?\d{2}[ -]?\d{4}\b", is_ssn, SSN),
    Form("Swiss AHV number", "Swiss AHV numbers", r"\b756\.\d{4}\.\d{4}\.\d{2}\b", is_ahv, chained=True),
    Form(
        "Chinese resident number",
        "Chinese resident numbers",
        r"\b[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]\b",
        is_resident,
        chained=True,
    ),
    Form(
        "Italian codice fiscale",
        "Italian codici fiscali",
        CODICE,
        is_codice_fiscale,
        loose=r"[A-Z]\d{2}[A-Z]\d{3}[A-Z]",
    ),
    Form("Brazilian CPF", "Brazilian CPFs", r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b", is_cpf, chained=True),
    Form("Brazilian CPF", "Brazilian CPFs", r"\b\d{11}\b", is_cpf, r"\bCPF\b"),
    Form(
        "Dutch BSN", "Dutch BSNs", r"\b\d{9}\b|\b\d{4}\.\d{2}\.\d{3}\b", is_bsn, r"\bbsn\b|burgerservice|sofi-?nummer"
    ),
    Form("Spanish DNI", "Spanish DNIs", r"\b[XYZ]?\d{7,8}-?[A-Z]\b", is_dni, r"\b(?:DNI|NIF|NIE|documento)\b"),
    Form(
        "Indian Aadhaar", "Indian Aadhaars", r"\b\d{4}[ -]?\d{4}[ -]?\d{4}\b", is_aadhaar, r"aadh?aa?r|\bUIDAI\b|आधार"
    ),
    Form(
        "Swedish personnummer",
        "Swedish personnummer",
        r"\b(?:19|20)\d{6}-\d{4}\b|\b\d{6}[-+]\d{4}\b|\b\d{10}(?:\d\d)?\b",
        is_personnummer,
        r"person-?n(?:umme)?r|samordningsn|personal identity number",
    ),
    Form("Polish PESEL", "Polish PESELs", r"\b\d{11}\b", is_pesel, r"pesel"),
    Form(
        "French NIR",
        "French NIRs",
        r"\b[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2A|2B) ?\d{3} ?\d{3} ?\d{2}\b",
        is_nir,
        r"\bNIR\b|s[ée]curit[ée] sociale|(?:num[ée]ro|n°) ?de s[ée]cu",
    ),
    Form(
        "German Steuer-ID",
        "German Steuer-IDs",
        r"\b[1-9]\d(?: ?\d{3}){3}\b",
        is_steuer_id,
        r"steuer-? ?id|identifikationsnummer|\bidnr|tax id",
    ),
    Form("Indian PAN", "Indian PANs", PAN, cue=r"\bPAN\b|permanent account"),
    Form("British NINO", "British NINOs", NINO, cue=r"national insurance|\bNINO\b|\bNI (?:number|no)"),
    Form(
        "Canadian SIN",
        "Canadian SINs",
        r"\b\d{3}[ -]?\d{3}[ -]?\d{3}\b",
        passes_luhn,
        r"social insurance|\bSIN (?:number|no|is)\b|\bSIN ?[#:]",
    ),
)
MAILED = "@"  # what an address must hold: the letters beside it, of any script, would take as long again
STARTS = (  # what another value must hold
    r"\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d"
    r"|[A-Z]{2}\d{2} ?[A-Z0-9]{4} ?[A-Z0-9]|[A-Z]\d{4}[A-Z]|[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]|"
    + f"{SPELT_AT}|{PREFIXES}"
)
CUES = "(?i)" + "|".join(form.cue for form in FORMS if form.cue)
UNCUED = tuple(form.rough for form in FORMS if not form.cue)
