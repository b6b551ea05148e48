"""The kinds of personal data that are looked for: how each is written, its check digits, the cue that it stands by."""

import re
from collections.abc import Callable
from typing import NamedTuple

from .digits import (
    is_aadhaar,
    is_bsn,
    is_card,
    is_cpf,
    is_dni,
    is_iban,
    is_nir,
    is_personnummer,
    is_pesel,
    is_ssn,
)

AROUND = 60  # characters before a value in which a cue is looked for
SECRETS = (
    r"\bsk-(?:proj-|ant-|svcacct-)?[A-Za-z0-9_-]{20,200}|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{22,100}|"
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bxox[abposr]-[A-Za-z0-9-]{10,200}|\bAIza[0-9A-Za-z_-]{35}|\bhf_[A-Za-z0-9]{34}\b|"
    r"\b[sr]k_live_[0-9A-Za-z]{16,100}|\bglpat-[\w-]{20}|\bnpm_[A-Za-z0-9]{36}\b|\bSG\.[\w-]{22}\.[\w-]{43}|"
    r"-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----|"
    r"\beyJ[A-Za-z0-9_-]{10,900}\.eyJ[A-Za-z0-9_-]{10,900}\.[A-Za-z0-9_-]{10,900}"
)
PREFIXES = (  # of keys
    r"\b(?:sk-|gh[pousr]_|github_pat_|AKIA|ASIA|xox[abposr]-|AIza|hf_|[sr]k_live_|glpat-|npm_|SG\.|eyJ)|PRIVATE KEY"
)


def without_look(pattern: str) -> str:
    """A pattern that the same texts hold, without look-around: what must not stand beside it is one other character."""
    before = re.sub(r"\(\?<!\[([^\]]*)\]\)", r"(?:^|[^\1])", pattern)
    return re.sub(r"\(\?!\[([^\]]*)\]\)", r"(?:$|[^\1])", before)


class Form(NamedTuple):
    """How values of one kind are written, the check on their letters, and the cue without which they do not count.

    Those that are `chained` are found in chains of digits alone, which `re` finds more quickly than them; `loose` is
    what RE2 is to look for where it takes long to make its automaton of the pattern.
    """

    one: str
    many: str
    pattern: str
    check: Callable[[str], bool] = lambda value: True
    cue: str = ""
    chained: bool = False
    loose: str = ""

    @property
    def rough(self) -> str:
        """What RE2 and Hyperscan, which have no look-around, are to look for."""
        return self.loose or without_look(self.pattern)


class Value(NamedTuple):
    """A value of one kind in a text, from start to end."""

    start: int
    end: int
    form: Form


ADDRESS = Form("e-mail address", "e-mail addresses", "@")
FORMS = (
    Form("key or secret", "keys or secrets", SECRETS, lambda value: not value.endswith("EXAMPLE"), loose=PREFIXES),
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
        r"\bNIR\b|s[ée]curit[ée] sociale|num[ée]ro de s[ée]cu",
    ),
)
MAILED = r"[A-Za-z0-9_%+-]@[A-Za-z0-9-]"  # what an address must hold
STARTS = (  # what another value must hold
    r"\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d"
    r"|[A-Z]{2}\d{2} ?[A-Z0-9]{4} ?[A-Z0-9]|" + PREFIXES
)
CUES = "(?i)" + "|".join(form.cue for form in FORMS if form.cue)
UNCUED = tuple(form.rough for form in FORMS if not form.cue)
