"""Rows that curators found, as pages show them: examples in place, what was said of them, and how many there are."""

from collections.abc import Mapping
from typing import Any

from ..core.folder import SPEC, RunFolder
from ..cost.footprint import footprint
from ..data.stored.called import again, given, shortened
from ..data.stored.spec import RowsSpec
from ..data.stream.faults import in_row
from ..text.percent import percent
from .bars import most
from .signs import name, visible, words
from .table import GroupedTable, Inline, Phrase, table

OPEN, EXAMPLES = 2, 10  # examples of a finding that are seen at once, and all of them
DETAILS = 20  # of a finding
LONG = 240  # characters of what is said of a row
FILES = 20  # whose digests are listed


def found(finding: Mapping[str, Any], rows: int, key: str, shade: str) -> dict[str, Any]:
    """A finding with its examples, as `rows.html` shows it."""
    examples = [_example(each) for each in finding["examples"][:EXAMPLES]]
    return {
        "key": key,
        "title": finding["title"],
        "curator": finding["curator"],
        "says": f"{finding['count']:,} of {rows:,} rows ({percent(finding['share'], 2)}) "
        f"{finding['says'] or 'were found'}.",
        "reason": visible(f"The rule: {finding['reason']}.") if finding["settings"] and not _said(finding) else [],
        "advice": words(finding["advice"]),
        "examples": examples[:OPEN],
        "more": examples[OPEN:],
        "details": [(visible(_short(said)), f"{times:,}") for said, times in finding["details"][:DETAILS]],
        "sources": most(finding["sources"], shade),
    }


def _said(finding: Mapping[str, Any]) -> bool:
    """Whether the rule says no more than what is said of the rows: "was asked ..." and "were asked ..."."""
    return finding["reason"].split()[1:] == finding["says"].split()[1:]


def _example(example: Mapping[str, Any]) -> dict[str, Any]:
    before, inside, after = example.get("text", ("", "", ""))
    partner = example.get("partner")
    return {
        **_home(example),
        "reason": visible(_short(str(example["reason"]))),
        "score": "unknown" if example["score"] is None else f"{example['score']:.3g}",
        "private": "text" not in example,
        "marked": example["place"][0] >= 0,
        "before": visible(before),
        "inside": visible(inside),
        "after": visible(after),
        "partner": _home(partner) | {"text": visible(partner["text"])} if partner else None,
    }


def _home(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"file": name(row["file"]), "row": f"{row['row']:,}", "source": name(row["source"])}


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"


def unreadable(document: Mapping[str, Any]) -> GroupedTable | None:
    """The rows that could not be read, by reason, each with the place and the beginning of the first."""
    rows: list[list[Inline]] = [
        [
            Phrase(visible(_short(each["reason"]))),
            f"{each['count']:,}",
            Phrase([*name(each["file"]), in_row(each)]),
            Phrase(visible(_short(str(each.get("example", ""))))),
        ]
        for each in document["reasons"]
    ]
    return (
        table(["Reason", "Rows", "First", "It begins"], rows, "Rows that could not be read", wraps=True)
        if rows
        else None
    )


def made(record: RunFolder, verb: str) -> dict[str, Any]:
    """How a run was made: the command, the settings, the machine and the files with their digests."""
    known = record.environment()
    files, paths = list((known.get("files") or {}).items()), _paths(record)
    pairs = [
        ("Started", known.get("started")),
        ("Processor", known.get("processor")),
        ("Cores", known.get("cores")),
        ("llama.cpp threads", known.get("llama_cpp_threads")),
        ("Energy", str(footprint(record.folder))),
        ("Commit", str(known.get("commit") or "")[:12]),
        ("Versions", ", ".join(f"{each} {version}" for each, version in (known.get("versions") or {}).items())),
        *(
            (shortened(what.removeprefix("the file "), paths), digest if " " in digest else f"SHA-256 {digest[:16]}…")
            for what, digest in files[:FILES]
        ),
        ("More files", f"{len(files) - FILES:,}, whose digests environment.json has" if files[FILES:] else ""),
    ]
    spec = shortened((record.folder / SPEC).read_text(encoding="utf-8", errors="replace"), paths)
    return {
        "command": visible(again(verb, record.folder)),
        "spec": visible(spec.strip()),
        "facts": [(name(term), visible(str(value))) for term, value in pairs if value not in (None, "")],
    }


def _paths(record: RunFolder) -> list[str]:
    """The paths that the spec of a run over rows names."""
    spec = record.spec()
    return given(spec) if isinstance(spec, RowsSpec) else []
