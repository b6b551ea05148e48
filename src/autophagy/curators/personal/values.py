"""The kinds of personal data that are looked for: how each is written, its check digits, the cue that it stands by."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from ..found import rows_with
from .addresses import addresses
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
    r"sk-|gh[pousr]_|github_pat_|AKIA|ASIA|xox[abposr]-|AIza|hf_|[sr]k_live_|glpat-|npm_|SG\.|PRIVATE KEY|eyJ"
)
CHAIN = re.compile(r"\d(?:[ ()./-]{0,2}\d){6,}", re.ASCII)  # the digits of a number, with marks between them


class Form(NamedTuple):
    """How values of one kind are written, the check on their letters, and the cue without which they do not count.

    Those that are `chained` are found in chains of digits alone (see CHAIN), which `re` finds more quickly than them;
    `loose` is what RE2 is to look for where it takes long to make its automaton of the pattern.
    """

    one: str
    many: str
    pattern: str
    check: Callable[[str], bool] = lambda value: True
    cue: str = ""
    chained: bool = False
    loose: str = ""


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
GATE = (  # for RE2: what a value of any kind must hold
    r"[A-Za-z0-9_%+-]@[A-Za-z0-9-]+\.|\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d[ .()/-]{0,2}\d"
    r"[ .()/-]{0,2}\d|\d{7}|[A-Z]{2}\d{2} ?[A-Z0-9]{4} ?[A-Z0-9]|" + PREFIXES
)
CUES = "(?i)" + "|".join(form.cue for form in FORMS if form.cue)


class Value(NamedTuple):
    """A value of one kind in a text, from start to end."""

    start: int
    end: int
    form: Form


class Shortlist(NamedTuple):
    """Some of the texts: their numbers among all, and the column of them, which RE2 searches."""

    every: Sequence[str]
    numbers: Sequence[int]
    column: Any

    def holding(self, pattern: str) -> "Shortlist":
        """Those of them in which RE2, which has no look-around, finds the pattern."""
        found = rows_with(self.column, without_behind(pattern))
        numbers = [self.numbers[number] for number in found]
        return Shortlist(self.every, numbers, self.column.take(np.array(found, np.int64)))

    def matches(self, form: Form) -> Iterator[tuple[int, int, int]]:
        """The text's number, the start and the end of each match of a form, by the cue that stands before it if any."""
        exact, near = re.compile(form.pattern, re.ASCII), re.compile(form.cue, re.IGNORECASE)
        for number in self.holding(form.loose or form.pattern).numbers:
            text = self.every[number]
            chains = CHAIN.finditer(text) if form.chained else ()
            parts = [(max(0, part.start() - 1), part.end() + 1) for part in chains] if form.chained else [()]
            for match in chain.from_iterable(exact.finditer(text, *part) for part in parts):
                if not form.cue or near.search(text, max(0, match.start() - AROUND), match.start()):
                    yield number, *match.span()


def without_behind(pattern: str) -> str:
    """The pattern without what must stand before or behind."""
    return re.sub(r"\(\?<?![^)]*\)", "", pattern)


UNCUED = "|".join([PREFIXES, *(without_behind(form.pattern) for form in FORMS[1:] if not form.cue)])


def values(plain: Shortlist, cued: Shortlist) -> dict[int, list[Value]]:
    """By the number of a text the values in it that have the form of a kind, pass its check and stand by its cue.

    `plain` are the texts that may hold a form without a cue, `cued` those that hold a cue.
    """
    found: dict[int, list[Value]] = {}
    for number, text in enumerate(plain.every):
        some = [Value(*span, ADDRESS) for span in addresses(text)]
        if some:
            found[number] = some
    named = cued.holding(CUES)
    for form in FORMS:
        for number, start, end in (named if form.cue else plain).matches(form):
            text = plain.every[number][start:end]
            bare = re.sub(r"[ .-]", "", text) if form.check.__name__.startswith("is_") else text
            if form.check(bare):
                found.setdefault(number, []).append(Value(start, end, form))
    return found
