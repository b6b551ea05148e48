"""The page of comparisons: the verdict, quality against cost, the arms, their differences, and what they answered."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from ...compare.record import Comparison
from ...compare.rows import Rows
from ...compare.summary import summarise
from ...core.errors import RecordError
from ...core.registry import load_plugin
from ..by_hand import fill
from ..chart import Figure
from . import charts as charts
from . import examined as examined
from . import learning as learning
from . import marks as marks
from . import tables as tables
from .costs import HORIZONS, Unit, unit
from .examples import EXAMPLES, examples
from .learning import Curves
from .made import made
from .marks import Look, looks

FOOTER = "Every figure was measured in this run. Made with Autophagy; this page holds all that it shows."
Arms = Sequence[Mapping[str, Any]]


def render(folders: Sequence[Path]) -> str:
    """The page as text; raises RecordError where a folder is damaged."""
    sections = [section(f"comparison-{place}", Comparison(folder)) for place, folder in enumerate(folders, 1)]
    figures = {name: figure for _, part in sections for name, figure in part.items()}
    links = "".join(
        f'<li><a href="#comparison-{place}">{escape(folder.name)}</a></li>' for place, folder in enumerate(folders, 1)
    )
    navigation = f'<nav aria-label="Comparisons"><ol>{links}</ol></nav>' if len(folders) > 1 else ""
    title = " and ".join(dict.fromkeys(folder.resolve().name for folder in folders))
    return fill(title, "\n".join(html for html, _ in sections), figures, navigation=navigation, footer=FOOTER)


def section(key: str, record: Comparison) -> tuple[str, dict[str, Figure]]:
    """One comparison's HTML, and its figures by name, all of them named after `key`."""
    try:
        for path in record.spec().plugins:
            load_plugin(path)
        found, rows, texts = summarise(record), Rows.of(record), record.passages()
    except (KeyError, TypeError) as error:
        raise RecordError(f"{record.folder} is damaged ({error!r}): resume the run, or leave it out.") from error
    arms, seen, counted = found["arms"], looks(found["arms"]), unit(found)
    curves = learning.curves(rows, arms)
    figures = _figures(key, found, seen, counted, curves)
    parts = [
        _header(rows, found, seen),
        *(f'<p class="notice" role="status">{escape(note)}</p>' for note in _notices(record, arms)),
        _candidates(arms, seen, counted),
    ]
    if arms:
        told = examples(rows, seen, texts)
        parts += [
            _tradeoff(key, arms, seen, counted),
            _even(key, found["break_even"], seen),
            _arms(arms, seen, counted, found["questions"]),
            f"<section><h2>How arms differ</h2>{tables.pairs(found, seen)}</section>" if found["pairs"] else "",
            _learning(key, curves, found["questions"]),
            _retrieval(arms, seen, list(found["questions"])),
            examined.judge(arms, seen, str(rows.spec.judge), rows.spec.decide == "judge"),
            examined.orders(arms, seen),
            _examples(told),
        ]
    parts.append(made(record, arms, seen))
    return f'<article class="run comparison" id="{key}">{"".join(parts)}</article>', figures


def _header(rows: Rows, found: Mapping[str, Any], seen: Mapping[str, Look]) -> str:
    spec = rows.spec
    count = sum(found["questions"].values())
    counts = [
        f"{count:,} question{'s' * (count != 1)}",
        f"{len(found['arms'])} arms",
        f"{spec.seeds} training{'s' * (spec.seeds != 1)} of each arm that trains",
    ]
    about = f"{spec.documents} · {Path(spec.model).name or spec.model}"
    return (
        f'<header><p class="about">Fine-tune, or put context into the prompt? <span>{escape(about)}</span></p>'
        f'<h1 class="answer">{marks.in_words(found["verdict"], seen)}</h1><p>{" · ".join(counts)}</p></header>'
    )


def _notices(record: Comparison, arms: Arms) -> list[str]:
    """What a reader must know before the figures."""
    notes = [str(note) for note in record.environment().get("notes", [])]
    if not record.done:
        notes.insert(0, "This comparison has not finished: the page shows the arms that are done. Go on with --resume.")
    unread = sum(arm["judge"]["unread"] for arm in arms if arm["judge"])
    if unread:
        notes.append(f"The judge's verdict on {unread:,} answers could not be read: its figures leave them out.")
    return notes + [
        f"{a['arm']}: {a['errors']} questions got no answer and are not scored." for a in arms if a["errors"]
    ]


def _candidates(arms: Arms, seen: Mapping[str, Look], counted: Unit) -> str:
    """A line for each arm that could be put into service, the best first."""
    usable = [arm for arm in arms if not seen[arm["arm"]].control]
    usable.sort(key=lambda arm: -(arm["correct"]["value"] or 0))
    items = []
    for arm in usable:
        look, count = seen[arm["arm"]], arm["complexity"].get("count")
        things = "an unknown number of things" if count is None else f"{count} thing{'s' * (count != 1)}"
        items.append(
            f'<li style="--hue:{look.colour}">{look.html}<span>{marks.share(arm["correct"])} right</span>'
            f"<span>{counted.told(counted.of(arm, None))} a query</span>"
            f"<span>{counted.told(arm[counted.fixed])} set-up</span><span>{things} to look after</span></li>"
        )
    return f'<ul class="candidates">{"".join(items)}</ul>' if items else ""


def _figures(
    key: str, found: Mapping[str, Any], seen: Mapping[str, Look], counted: Unit, curves: Curves
) -> dict[str, Figure]:
    arms = found["arms"]
    if not arms:
        return {}
    figures = {f"{key}-at-{queries}": charts.tradeoff(arms, seen, counted, queries) for queries in (None, *HORIZONS)}
    figures[f"{key}-amortised"] = charts.amortised(arms, seen, counted, found["break_even"])
    if curves:
        level = next((arm for arm in arms if arm["arm"] == found["break_even"]["context"]), None)
        for layer in (None, *found["questions"]):
            figures[f"{key}-learning-{layer}"] = learning.chart(curves, seen, _scored(layer), level)
    return figures


def _scored(layer: str | None) -> Any:
    """The share right of an arm on a layer, on all questions for None."""
    return lambda arm: arm["correct"] if layer is None else arm["layers"][layer]


def _card(name: str, title: str, said: str, label: str, kind: str = "") -> str:
    return (
        f'<figure class="card"><figcaption><h4>{escape(title)}</h4><p>{said}</p></figcaption>'
        f'<div class="chart {kind}" data-chart="{escape(name)}" role="img" aria-label="{escape(label)}"></div></figure>'
    )


def _legend(arms: Arms, seen: Mapping[str, Look]) -> str:
    items = "".join(f"<li>{seen[arm['arm']].html}</li>" for arm in arms)
    return f'<ul class="legend">{items}</ul>'


def _tradeoff(key: str, arms: Arms, seen: Mapping[str, Look], counted: Unit) -> str:
    titles = {None: "One more query"} | {queries: f"{queries:,} queries, set-up included" for queries in HORIZONS}
    cards = "".join(
        _card(f"{key}-at-{queries}", title, "", f"Share right against cost in {counted.name}: {title}", "middle")
        for queries, title in titles.items()
    )
    unpriced = [seen[arm["arm"]].name for arm in arms if counted.of(arm, 1) is None]
    missing = f" Not drawn, for their cost is unknown: {escape(', '.join(unpriced))}." if unpriced else ""
    return (
        f"<section><h2>Quality against cost</h2><p>Share right, with 95 % intervals, against cost in "
        f"{escape(counted.name)}. Above and to the left is better. The dotted line is the front: no other arm is both "
        "cheaper and right more often. Hollow letters are controls, which nobody would put into service."
        f"{missing}</p>{_legend(arms, seen)}"
        f'<div class="charts pairs">{cards}</div>{tables.totals(arms, seen, counted)}</section>'
    )


def _even(key: str, even: Mapping[str, Any], seen: Mapping[str, Look]) -> str:
    if even["tuned"] is None or even["context"] is None:
        said = "There is no break-even to tell: it takes an arm that tunes and one that looks things up."
    else:
        said = marks.in_words(f"{even['tuned']} against {even['context']}: {_when(even)}", seen)
    title = "Cost of a query, the set-up shared out over all of them"
    card = _card(f"{key}-amortised", title, said, "Cost of a query over the number of queries", "middle")
    return f"<section><h2>When preparation pays back</h2>{card}</section>"


def _when(even: Mapping[str, Any]) -> str:
    """The break-even in words; an interval that is empty, as batches make it, is left out."""
    head, _, rest = str(even["told"]).partition(" (")
    low, _, high = rest.rstrip(")").partition(" to ")
    beyond = f" 95 % interval {low} to {high}." if low != high else ""
    if head == "unknown":
        return "unknown."
    if head == "never":
        return f"what it costs to prepare never pays back.{beyond}"
    if head == "at once":
        return f"cheaper from the first query on.{beyond}"
    return f"what it costs to prepare pays back after {head} queries (dashes).{beyond}"


def _arms(arms: Arms, seen: Mapping[str, Look], counted: Unit, layers: Mapping[str, int]) -> str:
    return (
        f"<section><h2>The arms</h2><h3>How good they are</h3>{tables.quality(arms, seen, layers)}"
        f"<h3>What they cost</h3>{tables.costs(arms, seen, counted)}"
        f"<h3>What they take to run</h3>{tables.complexity(arms, seen)}</section>"
    )


def _learning(key: str, curves: Curves, layers: Mapping[str, int]) -> str:
    if not curves:
        return ""
    cards = "".join(
        _card(f"{key}-learning-{layer}", layer or "All questions", "", f"Share right by rewritings: {layer or 'all'}")
        for layer in (None, *layers)
    )
    return (
        "<section><h2>What more wordings teach</h2><p>Share right of the tuned arms by how many rewritings of each "
        "fact they have learnt. Dashes: the best arm that looks things up.</p>"
        f'<div class="charts five">{cards}</div></section>'
    )


def _examples(told: str) -> str:
    return (
        f"<section><h2>{EXAMPLES} questions</h2><p>As many of each layer, first those on which arms disagree: they "
        f"show where arms part, and not how often. Letters are struck where most trainings are wrong.</p>"
        f"{told}</section>"
    )


def _retrieval(arms: Arms, seen: Mapping[str, Look], layers: Sequence[str]) -> str:
    told = tables.retrieval(arms, seen, layers)
    if not told:
        return ""
    return (
        "<section><h2>What was found, and what was made of it</h2><p>A wrong answer where all the evidence was found "
        f"is the model's; one where some was missed is the search's.</p>{told}</section>"
    )
