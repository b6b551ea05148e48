"""Texts in the wrapping of a format -> their words alone: front matter, subtitles, e-mails, notebooks."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from ...core.errors import Unreadable
from .charset import in_charset
from .html import read_html

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

# "---", lines of YAML, "---": what static pages have above their text
FRONT = re.compile(r"---[ \t]*\n((?:[\w-]+[ \t]*:.*\n|[ \t]+.*\n|-[ \t].*\n|#.*\n|\n)+?)(?:---|\.\.\.)[ \t]*\n")
# "+++", lines of TOML, "+++"
TOML = re.compile(r"\+\+\+[ \t]*\n((?:[\w.-]+[ \t]*=.*\n|[ \t\]\[].*\n|#.*\n|\n)+?)\+\+\+[ \t]*\n")
TITLE = re.compile(r"^title[ \t]*[:=][ \t]*['\"]?(.*?)['\"]?[ \t]*$", re.MULTILINE)
TIMES = re.compile(r"^(?:\d+:)?\d+:\d+[.,]\d+[ \t]+-->.*$")
TAG = re.compile(r"</?(?:[ibuc]|v|lang|font|ruby|rt)\b[^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}", re.IGNORECASE)
HEADERS = ("WEBVTT", "NOTE", "STYLE", "REGION")  # what a block of WebVTT that shows nothing begins with
# the kind of a letter of several parts; a header that tells it, or an empty line
SEVERAL = re.compile(rb"^Content-Type:[ \t]*multipart/", re.IGNORECASE | re.MULTILINE)
TYPED = re.compile(rb"^Content-Type:|\n[ \t]*\r?\n", re.IGNORECASE | re.MULTILINE)
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)  # how a mailbox keeps a line of a letter from parting it
FOREIGN = re.compile(rb"\A>From .*\n")  # the line of another mailbox, which Thunderbird leaves above the head
HEADER = re.compile(rb"^(?!From )([A-Za-z][\w-]*):[ \t]", re.MULTILINE)
GAP_OF_HEAD = re.compile(rb"\r?\n\r?\n")
HEAD = 2**14  # bytes in which the headers of a letter are looked for
SENT = frozenset({b"date", b"received", b"message-id", b"mime-version", b"return-path"})
FROM = re.compile(rb"^From \S+.*\d{4}\r?$\n", re.MULTILINE)  # the line that parts the letters of a mailbox


def front_matter(text: str) -> tuple[str, str, str]:
    """The title in the front matter, the front matter, and the text without it; both empty where there is none."""
    found = FRONT.match(text) or TOML.match(text)
    if not found:
        return "", "", text
    title = TITLE.search(found[1])
    return title[1] if title else "", found[0], text[found.end() :].lstrip("\n")


def subtitles(text: str) -> str:
    """What is said in SubRip or WebVTT, a line each, without numbers, times and tags."""
    said = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in block.strip().split("\n")]
        start = next((place for place, line in enumerate(lines) if TIMES.match(line)), None)
        if start is None and (not any(lines) or lines[0].startswith(HEADERS)):
            continue
        said += [TAG.sub("", line) for line in lines[0 if start is None else start + 1 :]]
    return "\n".join(line for line in said if line)


def is_letter(data: bytes) -> bool:
    """Whether bytes begin as an e-mail does: with its headers, among them who wrote it and how or when it came."""
    if not HEADER.match(data):
        return False
    head = GAP_OF_HEAD.split(data[:HEAD], maxsplit=1)[0]
    names = {name.lower() for name in HEADER.findall(head)}
    return b"from" in names and bool(names & SENT)


def letters(data: bytes, where: str) -> Iterator[tuple[str, str, list[str]]]:
    """Subject and words of each letter of an e-mail or a mailbox, and what is to be told; attachments are left out."""
    from email import message_from_bytes
    from email.policy import default  # which takes longer than all else here, and few files are letters

    parts = FROM.split(data) if data.startswith(b"From ") else [data]
    for part in parts if len(parts) == 1 else (QUOTED.sub(rb"\1", FOREIGN.sub(b"", part)) for part in parts):
        if part.strip():
            letter = message_from_bytes(_closed_up(part), policy=default)
            yield str(letter["subject"] or ""), *_words(letter, where)


def _closed_up(letter: bytes) -> bytes:
    """A letter without the empty lines that a fault put before its kind, which would make a text of all its parts."""
    for found in SEVERAL.finditer(letter):
        above = letter[: found.start()]
        head = above.rstrip(b" \t\r\n")
        if above.count(b"\n", len(head)) > 1:
            return letter if TYPED.search(head) else head + b"\n" + letter[found.start() :]
    return letter


def _words(letter: "EmailMessage", where: str) -> tuple[str, list[str]]:
    said = _said(letter, where)
    return "\n\n".join(text.strip("\r\n") for text, _ in said), [note for _, notes in said for note in notes]


def _said(part: "MIMEPart", where: str) -> list[tuple[str, list[str]]]:
    """The texts of a letter one after the other; of alternatives the first with words, plain ones before pages."""
    kind = part.get_content_type()
    parts = [each for each in part.iter_parts() if not each.is_attachment()] if part.is_multipart() else []
    if kind == "multipart/alternative":
        ordered = sorted(parts, key=lambda each: each.get_content_type() != "text/plain")
        return next((said for each in ordered if (said := _said(each, where))), [])
    payload = None if parts else part.get_payload(decode=True)
    if kind not in ("text/plain", "text/html") or not isinstance(payload, bytes):
        return [said for each in parts for said in _said(each, where)]
    charset = part.get_content_charset() or ""
    text, notes = in_charset(payload, charset)
    if kind == "text/html":
        page = text.encode(errors="surrogateescape").decode(errors="replace").encode() if charset else payload
        _, text, notes = read_html(page, where)
    return [(text, notes)] if text.strip() else []


def notebook(data: bytes, where: str) -> str:
    """The texts and the code of a Jupyter notebook, cell by cell, without what the code printed."""
    try:
        whole = json.loads(data)
        cells = whole["cells"] if "cells" in whole else chain(*(sheet["cells"] for sheet in whole["worksheets"]))
        parts = [_cell(cell) for cell in cells]
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(where, "is no notebook of Jupyter", "save it again") from error
    return "\n\n".join(text for text in parts if text)


def _cell(cell: dict[str, Any]) -> str:
    """What stands in a cell; before 2015 code was an input, and a heading had a level."""
    kind, source = cell["cell_type"], cell["input"] if "input" in cell else cell["source"]
    text = "".join(source).strip()
    if kind == "heading":
        return f"{'#' * cell['level']} {text}"
    return f"```\n{text}\n```" if kind == "code" and text else text
