"""The kinds of personal data that are looked for: how each is written, its check digits, the cue that it stands by."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from ..found import rows_with
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
# addresses of nobody: example.com, .test, and names of files such as icon@2x.png
RESERVED = re.compile(
    r"@(?:[\w-]+\.)*(?:example|test|invalid|localhost)(?:\.\w+)?$|\.(?:png|jpe?g|gif|svg|webp|css|js)$", re.I
)
SECRETS = (
    r"\bsk-(?:proj-|ant-|svcacct-)?[A-Za-z0-9_-]{20,200}|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{22,100}|"
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bxox[abposr]-[A-Za-z0-9-]{10,200}|\bAIza[0-9A-Za-z_-]{35}|\bhf_[A-Za-z0-9]{34}\b|"
    r"\b[sr]k_live_[0-9A-Za-z]{16,100}|\bglpat-[\w-]{20}|\bnpm_[A-Za-z0-9]{36}\b|\bSG\.[\w-]{22}\.[\w-]{43}|"
    r"-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----|"
    r"\beyJ[A-Za-z0-9_-]{10,900}\.eyJ[A-Za-z0-9_-]{10,900}\.[A-Za-z0-9_-]{10,900}"
)


class Form(NamedTuple):
    """How values of one kind are written, the check on their letters, and the cue without which they do not count."""

    one: str
    many: str
    pattern: str
    check: Callable[[str], bool] = lambda value: True
    cue: str = ""


FORMS = (
    Form(
        "e-mail address",
        "e-mail addresses",
        r"(?<![\w.%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b",
        lambda value: not RESERVED.search(value),
    ),
    Form("key or secret", "keys or secrets", SECRETS, lambda value: not value.endswith("EXAMPLE")),
    Form(
        "payment card",
        "payment cards",
        r"(?<![\d.,-])(?:\d{4}[ -]?){3}\d{1,7}\b|(?<![\d.,-])3\d{3}[ -]?\d{6}[ -]?\d{4,5}\b",
        is_card,
    ),
    Form("IBAN", "IBANs", r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", is_iban),
    Form("US social security number", "US social security numbers", r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])", is_ssn),
    Form("Brazilian CPF", "Brazilian CPFs", r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b", is_cpf),
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
    r"[ .()/-]{0,2}\d|\d{7}|[A-Z]{2}\d{2} ?[A-Z0-9]{4} ?[A-Z0-9]|sk-|gh[pousr]_|github_pat_|AKIA|ASIA|xox[abposr]-|"
    r"AIza|hf_|[sr]k_live_|glpat-|npm_|SG\.|PRIVATE KEY|eyJ"
)


class Value(NamedTuple):
    """A value of one kind in a text, from start to end."""

    start: int
    end: int
    form: Form


def values(texts: Sequence[str], some: Any) -> dict[int, list[Value]]:
    """By the number of a text the values in it that have the form of a kind, pass its check and stand by its cue.

    `some` is the column of the texts (see found.column).
    """
    found: dict[int, list[Value]] = {}
    for form in FORMS:
        for row, start, end in matches(texts, some, form.pattern, form.cue):
            text = texts[row][start:end]
            bare = re.sub(r"[ .-]", "", text) if form.check.__name__.startswith("is_") else text
            if form.check(bare):
                found.setdefault(row, []).append(Value(start, end, form))
    return found


def matches(texts: Sequence[str], some: Any, pattern: str, cue: str = "") -> Iterator[tuple[int, int, int]]:
    """The text's number, the start and the end of each match of a pattern, by a cue that stands before it if any.

    RE2, which has no look-around, says first which texts are worth the search.
    """
    exact, near = re.compile(pattern, re.ASCII), re.compile(cue, re.IGNORECASE)
    for row in rows_with(some, re.sub(r"\(\?<?![^)]*\)", "", pattern)):
        for match in exact.finditer(texts[row]):
            if not cue or near.search(texts[row], max(0, match.start() - AROUND), match.start()):
                yield row, *match.span()
