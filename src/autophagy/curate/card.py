"""The data card of a curation, in Markdown under the headings that cards on hubs have."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import Any

from ..core.files import writing
from ..core.folder import SPEC
from ..core.memory import told
from ..data.stored.called import again, given, shortened, titled
from ..data.stored.spec import KEPT
from ..results.markdown import escape
from ..text.percent import percent
from ..text.plural import plural
from ..text.unseen import coded
from .record import CARD, CurationRecord
from .verdict import verdict

FILES, VALUES, LONG = 200, 30, 300  # rows of a table of files and of values, characters of a cell
LOSS = 0.1  # of its rows: a source that lost more is named


def write_card(record: CurationRecord) -> None:
    """Write card.md into the folder of a curation whose summary is there."""
    template = Template((files(__package__) / CARD).read_text(encoding="utf-8"))
    with writing(record.folder / CARD) as file:
        file.write(template.substitute(_values(record)).encode())


def _values(record: CurationRecord) -> dict[str, str]:
    summary, known, spec = record.document(), record.environment(), record.spec()
    title, paths = told(titled(spec)), given(spec)
    version = str((known.get("versions") or {}).get("autophagy", ""))
    return {
        "title": text(title),
        "lead": "\n".join(f"- {text(sentence)}" for sentence in verdict(summary)),
        "description": f"Rows of text, curated with Autophagy {text(version)} on {text(str(known['started'])[:10])}.",
        "counts": table(["", "Rows", "Share"], _counts(summary)),
        "files": _files({shortened(what, paths): digest for what, digest in known["files"].items()}),
        "notes": _notes([text(shortened(note, paths)) for note in summary["notes"]]),
        "columns": table(["Column", "Type"], _columns(record)),
        "curators": table(
            ["Curator", "Settings", "Took out", "Share"], [_curator(each, paths) for each in summary["findings"]]
        ),
        "findings": "\n".join(_details(each) for each in summary["findings"] if each["count"]) or "Nothing went.",
        "sources": _shares("Source", summary["sources"], summary),
        "shares": "\n\n".join([*_columns_before_and_after(summary), *_surveyed(summary)]),
        "receipt": table(
            ["Request", "Curator", "Rows that went"],
            [[each["request"], each["curator"], f"{each['rows']:,}"] for each in summary["receipt"]],
        ),
        "limits": _limits(summary),
        "command": code([again("curate", record.folder)]),
        "versions": code(shortened((record.folder / SPEC).read_text(encoding="utf-8"), paths).splitlines())
        + "\n\n"
        + table(["", "Version"], [[name, str(each)] for name, each in (known.get("versions") or {}).items()]),
        "citation": text(
            f"Rows of {title}, curated with Autophagy {version}, {str(known['started'])[:10]}, seed {spec.seed}."
        ),
    }


def _counts(summary: Mapping[str, Any]) -> list[list[str]]:
    rows = summary["rows"]
    counts = {
        "read": rows,
        "kept": summary["kept"],
        "dropped": sum(summary["dropped"].values()),
        "unreadable": summary["unreadable"],
    }
    return [[name, f"{n:,}", _percent(n, rows)] for name, n in counts.items()]


def _files(known: Mapping[str, str]) -> str:
    listed = [[what.removeprefix("the file "), digest] for what, digest in list(known.items())[:FILES]]
    more = len(known) - FILES
    told = f"\n\n{plural(more, 'more file')}: environment.json has the digest of each." if more > 0 else ""
    return table(["File", "SHA-256, or of a large file its size"], listed) + told


def _notes(notes: Sequence[str]) -> str:
    return "\n".join(["How they were read:\n", *(f"- {note}" for note in notes)]) if notes else ""


def _columns(record: CurationRecord) -> list[list[str]]:
    import pyarrow.parquet as pq

    first = next(iter(sorted((record.folder / KEPT).glob("*.parquet"))), None)
    return [[field.name, str(field.type)] for field in pq.read_schema(first)] if first else []


def _curator(finding: Mapping[str, Any], paths: Sequence[str]) -> list[str]:
    settings = told(", ".join(f"{name}={value}" for name, value in finding["settings"].items())) or "its defaults"
    return [
        told(finding["curator"]),
        shortened(settings, paths),
        f"{finding['count']:,}",
        percent(finding["share"], 2),
    ]


def _details(finding: Mapping[str, Any]) -> str:
    said = "; ".join(f"{said} ({times:,})" for said, times in finding["details"][:5])
    why = f" that {text(finding['says'])}" if finding["says"] else ""
    found = f"- {plural(finding['count'], 'row')}{why} ({text(finding['title'])})"
    return f"{found}: {text(said)}." if said else f"{found}."


def _shares(what: str, values: Mapping[str, Mapping[str, Any]], summary: Mapping[str, Any]) -> str:
    """The share of all rows with each value, before and after."""
    before, after = sum(each["rows"] for each in values.values()), summary["kept"]
    ranked = sorted(values.items(), key=lambda each: (-each[1]["rows"], each[0]))
    lines = [
        [value, f"{each['rows']:,}", _percent(each["rows"], before), f"{each['kept']:,}", _percent(each["kept"], after)]
        for value, each in ranked[:VALUES]
    ]
    more = len(ranked) - VALUES
    told = f"\n\n{more:,} more, each with fewer rows: summary.json has them." if more > 0 else ""
    return table([what, "Rows before", "Share before", "Rows after", "Share after"], lines) + told


def _columns_before_and_after(summary: Mapping[str, Any]) -> list[str]:
    return [
        f"By the column {text(name)}:\n\n{_shares('Value', values, summary)}"
        for name, values in summary["columns"].items()
    ]


def _surveyed(summary: Mapping[str, Any]) -> list[str]:
    """The estimated shares of topics and languages, before and after, with their intervals."""
    parts = []
    for each in summary["shares"]:
        if each["by"] == "source":  # of which all rows are counted above
            continue
        lines = [
            [", ".join(group["words"]) or group["name"], *(_interval(group[name]) for name in ("corpus", "kept"))]
            for group in each["groups"][:VALUES]
        ]
        told = f"By {each['by']}, estimated on rows drawn at random:"
        parts.append(f"{told}\n\n{table([each['by'].capitalize(), 'Share before', 'Share after'], lines)}")
    return parts


def _interval(score: Mapping[str, Any]) -> str:
    if not score["n"]:
        return "unknown"
    ends = f" [{percent(score['low'], 1)}, {percent(score['high'], 1)}]" if score["low"] is not None else ""
    return f"{percent(score['value'], 1)}{ends}"


def _limits(summary: Mapping[str, Any]) -> str:
    lines = [
        f"- {plural(each['count'], 'row')} could not be read for {text(each['reason'])}, so neither folder has them."
        for each in summary["reasons"]
    ]
    lost = [
        (1 - each["kept"] / each["rows"], name)
        for name, each in summary["sources"].items()
        if each["rows"] and 1 - each["kept"] / each["rows"] > LOSS
    ]
    for loss, name in sorted(lost, key=lambda pair: (-pair[0], pair[1]))[:5]:
        lines.append(f"- The source {text(name)} lost {text(percent(loss, 1))} of its rows.")
    return "\n".join(lines) or "- No source lost more than a tenth of its rows."


def _percent(n: int, of: int) -> str:
    return percent(n / of, 2) if of else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with pipes; a word where it has no rows."""
    lines = [f"| {' | '.join(text(str(cell)) for cell in row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *lines]) if lines else "None."


def text(words: str) -> str:
    """A text on one line, in which nothing is markup, no character hides, and what is cut is shown by dots."""
    cut = words if len(words) <= LONG else f"{words[: LONG - 1]}…"
    return escape(coded(cut)).replace(" %", "\N{NO-BREAK SPACE}%")  # a page of a hub breaks lines, too


def code(lines: Sequence[str]) -> str:
    """Lines as a block of code, which indented lines are whatever they hold."""
    return "\n".join(f"    {coded(line)}" for line in lines)
