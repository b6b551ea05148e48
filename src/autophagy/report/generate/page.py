"""The page of a generation: its rows, what was dropped and why, how varied they are, and what they cost."""

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...charts.chart import Chart, Curve, Ends
from ...charts.colours import colour
from ...generate.record import GenerationRecord
from ...generate.result import MAP, SHARES, GenerateResult
from ...generate.variety.titles import title_of
from ...statistics.intervals import Score, figure
from ...text.plural import plural
from ..bars import Bar, BarList, Slice, bars, composition, portion
from ..plot import plot
from ..run_page import RunPage
from ..signs import name, visible
from ..table import Cell, GroupedTable, Inline, Phrase, Swatch, table
from .answers import listed
from .effort import SURVIVAL, YIELDS, survival, yields

EXAMPLES, LONG = 5, 500  # rows that are shown, and characters of each part
MIDDLE = (4.6, 3.0)  # inches of a chart
INTERVAL = re.compile(r"\S+ \[\S+ \S+\]")  # "34 [26, 43]", which is kept on one line


def render(folders: Sequence[Path]) -> str:
    """The page as text; raises MissingExtra where Jinja2 or matplotlib is not installed."""
    page = RunPage("generate", "generate", "generation", "What was made, and is it new?", _values)
    return page.render([GenerateResult(GenerationRecord(folder)) for folder in folders])


def _values(key: str, result: GenerateResult) -> dict[str, Any] | None:
    if not result.record.counted:
        return None
    document, charts = result.document, result.charts()
    survived = survival(document)
    return {
        "counts": [plural(document["kept"], "row"), plural(sum(document["calls"].values()), "call")],
        "yield": _lines(YIELDS[:-1], [line[:-1] for line in yields(document)], _yield_title(document)),
        "survival": _lines(SURVIVAL, survived, "What became of the calls") if survived else None,
        "asked": [Swatch(curve.label, colour(hue)) for hue, curve in enumerate(_curves(charts.get(SHARES)))],
        "shares": plot(f"{key}-{SHARES}", charts[SHARES], size=MIDDLE) if SHARES in charts else None,
        "answers": _answers(document.get("answers")),
        "dropped": composition(document["dropped"], "reason") if document["dropped"] else None,
        "examples": _examples(document["examples"]),
        "verified": _verified(document["verified"]) if document.get("verified") else None,
        "faults": _faults(document.get("verified", {})),
        "variety": _variety(document),
        "map": plot(f"{key}-map", charts[MAP], size=MIDDLE, caption="Rows that use the same words lie close together.")
        if any(document["map"].values())
        else None,
        "ends": [
            plot(f"{key}-{each}", chart) for each, chart in charts.items() if isinstance(chart, Ends) and chart.is_known
        ][:3],
        "openings": _openings(document),
        "legend": [Swatch(side, colour(hue)) for hue, side in enumerate(("seeds", "made rows"))],
        "rows": [_row(row) for row in result.kept.slice(0, EXAMPLES).to_pylist()],
        "cost": _cost(document),
    }


def _curves(chart: Chart | Ends | None) -> Sequence[Curve]:
    """The curves of a chart, none of one that is not there."""
    return chart.curves if isinstance(chart, Chart) else ()


def _openings(document: Mapping[str, Any]) -> BarList:
    """How many rows begin with the same words."""
    kept = document["kept"] or 1
    return bars(
        [
            Bar(name(each["words"] or "(nothing)"), [Slice("of the rows", each["rows"] / kept, colour(1))],
                f"{each['rows']:,} ({portion(each['rows'] / kept)})")
            for each in document["openings"]
        ],
        "opening",
    )  # fmt: skip


def _yield_title(document: Mapping[str, Any]) -> str:
    about = any(each.get("about_rows", {}).get("calls") for each in document.get("recipes", {}).values())
    return f"Yield by recipe{'; behind + the calls that answered, judged or verified its rows' if about else ''}"


def _lines(heads: Sequence[str], lines: Sequence[Sequence[str]], caption: str) -> GroupedTable:
    """A table whose cells are texts, the first of each line a name."""
    cells: list[list[Inline]] = [[Phrase(name(first)), *map(_whole, rest)] for first, *rest in lines]
    return table([head.capitalize() for head in heads], cells, caption, wraps=True)


def _answers(answers: Mapping[str, Any] | None) -> GroupedTable | None:
    """How the answers fared, how the best was chosen, and what a judge said of them."""
    if not answers:
        return None
    lines: list[list[Inline]] = [[what, each] for what, each in listed(answers)]
    return table(["What", "How many"], lines, "Answers to the rows", wraps=True)


def _examples(examples: Mapping[str, Sequence[Mapping[str, str]]]) -> GroupedTable | None:
    """The first of each reason for which something was dropped."""
    lines: list[list[Inline]] = [
        [Cell(reason), f"call {some[0]['call']}", Phrase(visible(_cut(some[0]["text"], 200)))]
        for reason, some in examples.items()
        if some
    ]
    return table(["Reason", "Where", "Example"], lines, "Examples of what was dropped", wraps=True) if lines else None


def _verified(verified: Mapping[str, Mapping[str, Any]]) -> GroupedTable:
    """What each verifier did, and its rates on rows of which it is known whether they are right."""
    lines: list[list[Inline]] = [
        [Phrase(name(label)), *(f"{found[each]:,}" for each in ("kept", "rejected", "unknown")),
         *(_score(found[each]) for each in ("phi", "psi", "breakdown", "right_given_kept")),
         f"{found['tried_on']:,} ({found['tried_by']})"]
        for label, found in verified.items()
    ]  # fmt: skip
    heads = ["Verifier", "Kept", "Rejected", "Could not judge", "Right rows kept", "Wrong rows kept",
             "Breakdown point", "Right among kept rows", "Tried on"]  # fmt: skip
    return table(heads, lines, "The verifiers, with 95 % intervals", wraps=True)


def _faults(verified: Mapping[str, Mapping[str, Any]]) -> GroupedTable | None:
    """How often each verifier keeps a row with each kind of planted fault."""
    lines: list[list[Inline]] = [
        [Phrase(name(label)), Cell(fault), _score(score), f"{score['n']:,}"]
        for label, found in verified.items()
        for fault, score in found["psi_by_fault"].items()
    ]
    heads = ["Verifier", "Planted fault", "Share kept", "Rows with it"]
    return table(heads, lines, "Planted faults that the verifiers miss", wraps=True) if lines else None


def _variety(document: Mapping[str, Any]) -> GroupedTable:
    """Each figure of both sides at equal rows, at equal words and, where it tells something, within a call."""
    tables = [document.get(each, {}) for each in ("variety", "variety_at_equal_words", "variety_of_a_call")]
    lines: list[list[Inline]] = [
        [Cell(title_of(each)), *(_sides(table.get(each)) for table in tables)] for each in tables[0]
    ]
    heads = ["Made rows / seeds", "At equal rows", "At equal words", "Within a call"]
    return table(heads, lines, "Variety of the made rows and of the seeds, with 95 % intervals", wraps=True)


def _sides(sides: Mapping[str, Any] | None) -> Inline:
    if not sides:
        return ""
    scores = [Score.read(sides[side]) for side in ("made", "seeds")]
    return " / ".join(_whole(str(score)) if score.n else "unknown" for score in scores)


def _score(recorded: Mapping[str, Any]) -> Inline:
    score = Score.read(recorded)
    return _whole(str(score)) if score.n else Cell("unknown", quiet=True)


def _whole(text: str) -> str:
    """A text in which no line breaks within an interval."""
    return INTERVAL.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def _cost(document: Mapping[str, Any]) -> GroupedTable:
    into, out = document["tokens"]
    lines: list[list[Inline]] = [
        ["Calls with a usable reply", f"{document['calls']['settled']:,}"],
        ["Calls with nothing readable", f"{document['calls']['lost']:,}"],
        ["Calls that failed", f"{document['calls']['failed']:,}"],
        ["Calls not sent", f"{document['calls']['unsettled']:,}"],
        ["Input tokens", "unknown" if into is None else f"{into:,.0f}"],
        ["Output tokens", "unknown" if out is None else f"{out:,.0f}"],
        ["Seconds of generation", f"{document['seconds']:,.0f}"],
        ["Money", "unknown: no price file" if document["money"] is None else f"{document['money']:,.2f}"],
        ["New rows per call", _score(document["yield"]["per_call"])],
        *_ahead(document.get("outlook")),
    ]
    return table(["What", "How much"], lines, "Calls, tokens, time and money", wraps=True)


def _ahead(outlook: Mapping[str, Any] | None) -> list[list[Inline]]:
    """What is still to come; of a number of which the lower end alone is known, that end."""
    if not outlook:
        return []
    lines: list[list[Inline]] = [["Share of the next rows that will be new", _score(outlook["unseen_share"])]]
    for each in ("calls", "money"):
        score = Score.read(outlook["next_1000"][each])
        told = f"at least {figure(score.low)}" if score.n and math.isnan(score.value) else _score(score.json())
        lines.append([f"The next 1,000 rows, {each}", told])
    return lines


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    chosen = f"; output chosen by: {row['chosen_by']}" if row.get("chosen_by") else ""
    near = f"ROUGE-L {row['rouge_l']:.2f} with {row['nearest'] or 'nothing'}"
    return {
        "why": visible(f"{row['recipe']}, call {row['call']}; {near}{chosen}"),
        "instruction": visible(_cut(row["instruction"])),
        "input": visible(_cut(row["input"])),
        "output": visible(_cut(row["output"])),
    }


def _cut(text: str, most: int = LONG) -> str:
    return text if len(text) <= most else f"{text[:most]} … ({len(text) - most:,} more characters)"
