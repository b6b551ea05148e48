"""The page of comparisons: the verdict, quality against cost, the arms, their differences, and what they answered."""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...charts.colours import colour
from ...compare.record import Comparison
from ...compare.rows import AnswerRows
from ...compare.spec import JUDGE
from ...compare.summary import summarise
from ...compare.verdict import pays_back
from ...core.errors import RecordError
from ...core.places import shown
from ...core.registry import load_plugin
from ...text.plural import plural
from ..page import FOOTER, fill
from ..plot import MIDDLE, Plot, plot, plots_in
from ..table import Swatch
from . import charts, examined, labelled, learning, marks, tables
from .costs import HORIZONS, Unit, unit
from .examples import EXAMPLES, examples
from .learning import Curves
from .made import made
from .marks import Look, looks
from .summary import opening
from .terminal import copied, unanswered

MEASURED = "Every figure was measured in this run."
Arms = Sequence[Mapping[str, Any]]


def render(folders: Sequence[Path]) -> str:
    """The page as text; raises RecordError where a folder is damaged."""
    keys = [f"comparison-{place}" for place in range(1, len(folders) + 1)]
    comparisons = [section(key, Comparison(folder)) for key, folder in zip(keys, folders, strict=True)]
    title = " and ".join(dict.fromkeys(folder.resolve().name for folder in folders))
    return fill(
        "compare/page.html",
        title=title,
        command=f"autophagy report {shlex.join(str(folder) for folder in folders)}",
        plots=plots_in(comparisons),
        footer=f"{MEASURED} {FOOTER}",
        comparisons=comparisons,
        several={"title": title, "about": plural(len(folders), "comparison")} if len(folders) > 1 else None,
        links=[(key, folder.name) for key, folder in zip(keys, folders, strict=True)],
    )


def section(key: str, record: Comparison) -> dict[str, Any]:
    """One comparison's values for the template, its elements named after `key`."""
    try:
        for path in record.spec().plugins:
            load_plugin(path)
        found, rows, texts = summarise(record), AnswerRows.of(record), record.passages()
    except (KeyError, TypeError) as error:
        raise RecordError(f"{record.folder} is damaged ({error!r}): resume the run, or leave it out.") from error
    arms, seen, counted = found["arms"], looks(found["arms"]), unit(found)
    curves = learning.curves(rows, arms)
    return {
        "key": key,
        **_header(rows, found),
        "notes": _notices(record, arms),
        "resume": "" if record.done else f"autophagy compare --resume --out {shlex.quote(str(record.folder))}",
        **opening(key, found, seen, counted),
        "arms": _arms(key, rows, found, seen, counted, curves, texts) if arms else None,
        "made": made(record, arms, seen),
    }


def _arms(
    key: str,
    rows: AnswerRows,
    found: Mapping[str, Any],
    seen: Mapping[str, Look],
    counted: Unit,
    curves: Curves,
    texts: Mapping[str, str],
) -> dict[str, Any]:
    """What there is to show as soon as an arm has answered."""
    arms = found["arms"]
    return {
        "looks": [seen[arm["arm"]] for arm in arms],
        "tradeoff": _tradeoff(key, arms, seen, counted),
        "break_even": _even(key, arms, found["break_even"], seen, counted),
        "quality": tables.quality(arms, seen, found),
        "costs": tables.costs(arms, seen, counted),
        "complexity": tables.complexity(arms, seen),
        "pairs": tables.pairs(found, seen) if found["pairs"] else None,
        "learning": _learning(key, found, seen, curves) if curves else None,
        "retrieval": tables.retrieval(arms, seen, found),
        "judge": _judge(rows, arms, seen),
        "labelled": labelled.section(found["labels"], seen),
        "injections": examined.injections(arms, seen),
        "examples": examples(rows, seen, texts),
        "trained": any(arm["tuned"] for arm in arms),
        "examples_title": _examples_title(sum(found["questions"].values())),
    }


def _examples_title(asked: int) -> str:
    """What the section of answers is called: all questions, or some of them."""
    if asked > EXAMPLES:
        return f"{EXAMPLES} of {asked:,} questions"
    return "The question" if asked == 1 else f"All {asked} questions"


def _header(rows: AnswerRows, found: Mapping[str, Any]) -> dict[str, Any]:
    spec, arms = rows.spec, found["arms"]
    counts = [plural(sum(found["questions"].values()), "question"), plural(len(arms), "arm")]
    if any(arm["tuned"] for arm in arms):
        counts.append(f"{plural(spec.seeds, 'training run')} of each arm that trains")
    return {"title": f"{shown(str(spec.documents))} · {Path(spec.model).name or spec.model}", "counts": counts}


def _notices(record: Comparison, arms: Arms) -> list[str]:
    """What a reader must know before the figures."""
    notes = [str(note) for note in record.environment().get("notes", [])]
    unread = sum(arm["judge"]["unread"] for arm in arms if arm["judge"])
    if unread:
        notes.append(f"The judge's verdict on {plural(unread, 'answer')} could not be read, and counts in no figure.")
    return [*notes, *unanswered(arms), *copied(arms)]


def horizons(arms: Arms) -> tuple[int | None, ...]:
    """The numbers of queries that the trade-off is drawn for: one more alone where no arm is trained beforehand."""
    return (None, *HORIZONS) if any(arm["tuned"] for arm in arms) else (None,)


def _tradeoff(key: str, arms: Arms, seen: Mapping[str, Look], counted: Unit) -> dict[str, Any]:
    plots = []
    for queries in horizons(arms):
        chart = charts.tradeoff(arms, seen, counted, queries)
        label = f"Share right against cost in {counted.name}: {chart.title}"
        plots.append(plot(f"{key}-at-{queries or 1}", chart, label=label, size=MIDDLE))
    return {
        "unit": counted.name,
        "unpriced": [seen[arm["arm"]].name for arm in arms if counted.of(arm, 1) is None],
        "plots": plots,
        "totals": tables.totals(arms, seen, counted),
    }


def _even(
    key: str, arms: Arms, even: Mapping[str, Any], seen: Mapping[str, Look], counted: Unit
) -> dict[str, Any] | None:
    """When fine-tuning pays back; None without an arm that was fine-tuned and one that retrieves, which it takes."""
    if even["tuned"] is None or even["context"] is None:
        return None
    chart = charts.amortised(arms, seen, counted, even)
    dashed = " The upright line is the break-even, in its interval." if chart.spans else ""
    shown = plot(
        f"{key}-amortised",
        chart,
        label="Cost per query against the number of queries",
        caption=[*marks.in_words(pays_back(even), seen), dashed],
        size=MIDDLE,
    )
    looks_shown = [seen[curve.label] for curve in chart.curves]
    return {"plots": [shown], "legend": [Swatch(look.arm, look.colour) for look in looks_shown]}


def _learning(key: str, found: Mapping[str, Any], seen: Mapping[str, Look], curves: Curves) -> dict[str, Any]:
    """A chart of all questions and one of each type: what more wordings teach."""
    level = next((arm for arm in found["arms"] if arm["arm"] == found["break_even"]["context"]), None)
    plots: list[Plot] = []
    for place, (type_, title) in enumerate(
        [(None, "All questions"), *((type_, type_) for type_ in found["questions"])]
    ):
        chart = learning.chart(curves, seen, _scored(type_), level, title)
        label = f"Share right by rewritings: {type_ or 'all'}"
        plots.append(plot(f"{key}-learning-{place}", chart, label=label))
    legend = [Swatch(name, colour(learning.hue_of(curve, seen))) for name, curve in curves.items()]
    return {"plots": plots, "legend": legend + ([Swatch(level["arm"], mark="level")] if level else [])}


def _scored(type_: str | None) -> Any:
    """The share right of an arm on a type of question, on all questions for None."""
    return lambda arm: arm["correct"] if type_ is None else arm["types"][type_]


def _judge(rows: AnswerRows, arms: Arms, seen: Mapping[str, Look]) -> dict[str, Any] | None:
    opinions = examined.judge(arms, seen)
    if opinions is None:
        return None
    decider = "the judge" if rows.spec.decide == JUDGE else f"the grader {rows.spec.decide}"
    return {"name": str(rows.spec.judge), "decider": decider, "table": opinions}
