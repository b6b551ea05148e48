"""The page of comparisons: the verdict, quality against cost, the arms, their differences, and what they answered."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...compare.record import Comparison
from ...compare.rows import AnswerRows
from ...compare.spec import JUDGE
from ...compare.summary import summarise
from ...compare.verdict import pays_back
from ...core.errors import RecordError
from ...core.registry import load_plugin
from ...text.plural import plural
from ..card import Card
from ..chart import Figure
from ..page import FOOTER, fill
from . import charts, examined, learning, marks, tables
from .costs import HORIZONS, Unit, unit
from .examples import EXAMPLES, examples
from .learning import Curves
from .made import made
from .marks import Look, looks
from .terminal import unanswered

MEASURED = "Every figure was measured in this run."
UNFINISHED = "This comparison has not finished. The page shows the arms that are done; continue with --resume."
Arms = Sequence[Mapping[str, Any]]


def render(folders: Sequence[Path]) -> str:
    """The page as text; raises RecordError where a folder is damaged."""
    keys = [f"comparison-{place}" for place in range(1, len(folders) + 1)]
    sections = [section(key, Comparison(folder)) for key, folder in zip(keys, folders, strict=True)]
    return fill(
        "compare/page.html",
        title=" and ".join(dict.fromkeys(folder.resolve().name for folder in folders)),
        charts={name: figure for _, figures in sections for name, figure in figures.items()},
        footer=f"{MEASURED} {FOOTER}",
        comparisons=[values for values, _ in sections],
        links=[(key, folder.name) for key, folder in zip(keys, folders, strict=True)],
    )


def section(key: str, record: Comparison) -> tuple[dict[str, Any], dict[str, Figure]]:
    """One comparison's values for the template, and its figures by name, all of them named after `key`."""
    try:
        for path in record.spec().plugins:
            load_plugin(path)
        found, rows, texts = summarise(record), AnswerRows.of(record), record.passages()
    except (KeyError, TypeError) as error:
        raise RecordError(f"{record.folder} is damaged ({error!r}): resume the run, or leave it out.") from error
    arms, seen, counted = found["arms"], looks(found["arms"]), unit(found)
    curves = learning.curves(rows, arms)
    values = {
        "key": key,
        **_header(rows, found, seen),
        "notes": _notices(record, arms),
        "candidates": _candidates(arms, seen, counted),
        "arms": _arms(key, rows, found, seen, counted, curves, texts) if arms else None,
        "made": made(record, arms, seen),
    }
    return values, _figures(key, found, seen, counted, curves)


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
        "break_even": _even(key, found["break_even"], seen) if _both(found) else None,
        "quality": tables.quality(arms, seen, found),
        "costs": tables.costs(arms, seen, counted),
        "complexity": tables.complexity(arms, seen),
        "pairs": tables.pairs(found, seen) if found["pairs"] else None,
        "learning": _learning(key, found["questions"]) if curves else None,
        "retrieval": tables.retrieval(arms, seen, found),
        "judge": _judge(rows, arms, seen),
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


def _header(rows: AnswerRows, found: Mapping[str, Any], seen: Mapping[str, Look]) -> dict[str, Any]:
    spec, arms = rows.spec, found["arms"]
    first, *others = found["findings"]
    counts = [plural(sum(found["questions"].values()), "question"), plural(len(arms), "arm")]
    if any(arm["tuned"] for arm in arms):
        counts.append(f"{plural(spec.seeds, 'training run')} of each arm that trains")
    return {
        "about": f"{spec.documents} · {Path(spec.model).name or spec.model}",
        "diagnosis": first["id"],
        "verdict": marks.in_words(first["says"], seen),
        "next": first["next"],
        "command": first["command"],
        "others": [marks.in_words(finding["says"], seen) for finding in others],
        "support": marks.in_words(found["support"], seen),
        "counts": counts,
    }


def _notices(record: Comparison, arms: Arms) -> list[str]:
    """What a reader must know before the figures."""
    notes = [str(note) for note in record.environment().get("notes", [])]
    if not record.done:
        notes.insert(0, UNFINISHED)
    unread = sum(arm["judge"]["unread"] for arm in arms if arm["judge"])
    if unread:
        notes.append(f"The judge's verdict on {plural(unread, 'answer')} could not be read, and counts in no figure.")
    return [*notes, *unanswered(arms)]


def _candidates(arms: Arms, seen: Mapping[str, Look], counted: Unit) -> list[dict[str, Any]]:
    """Each arm that could be put into service, the best first."""
    usable = [arm for arm in arms if not seen[arm["arm"]].control]
    usable.sort(key=lambda arm: -(arm["correct"]["value"] or 0))
    candidates = []
    for arm in usable:
        count = arm["complexity"].get("count")
        number = "an unknown number of" if count is None else f"{count}"
        candidates.append(
            {
                "look": seen[arm["arm"]],
                "right": marks.share(arm["correct"]),
                "query": marks.quiet(counted.told(counted.of(arm, None))),
                "setup": marks.quiet(counted.told(arm[counted.fixed])),
                "parts": f"{number} moving part{'s' * (count != 1)}",
            }
        )
    return candidates


def _figures(
    key: str, found: Mapping[str, Any], seen: Mapping[str, Look], counted: Unit, curves: Curves
) -> dict[str, Figure]:
    arms = found["arms"]
    if not arms:
        return {}
    figures = {f"{key}-at-{queries}": charts.tradeoff(arms, seen, counted, queries) for queries in horizons(arms)}
    if _both(found):
        figures[f"{key}-amortised"] = charts.amortised(arms, seen, counted, found["break_even"])
    if curves:
        level = next((arm for arm in arms if arm["arm"] == found["break_even"]["context"]), None)
        for type_ in (None, *found["questions"]):
            figures[f"{key}-learning-{type_}"] = learning.chart(curves, seen, _scored(type_), level)
    return figures


def _scored(type_: str | None) -> Any:
    """The share right of an arm on a type of question, on all questions for None."""
    return lambda arm: arm["correct"] if type_ is None else arm["types"][type_]


def horizons(arms: Arms) -> tuple[int | None, ...]:
    """The numbers of queries that the trade-off is drawn for: one more alone where no arm is trained beforehand."""
    return (None, *HORIZONS) if any(arm["tuned"] for arm in arms) else (None,)


def _both(found: Mapping[str, Any]) -> bool:
    """Whether there is an arm that was fine-tuned and one that retrieves, which a break-even takes."""
    return found["break_even"]["tuned"] is not None and found["break_even"]["context"] is not None


def _tradeoff(key: str, arms: Arms, seen: Mapping[str, Look], counted: Unit) -> dict[str, Any]:
    titles = {n: f"{n:,} queries, set-up included" if n else "One more query" for n in horizons(arms)}
    cards = [
        Card(
            f"{key}-at-{queries}",
            title=title,
            label=f"Share right against cost in {counted.name}: {title}",
            size="middle",
        )
        for queries, title in titles.items()
    ]
    return {
        "unit": counted.name,
        "unpriced": [seen[arm["arm"]].name for arm in arms if counted.of(arm, 1) is None],
        "cards": cards,
        "totals": tables.totals(arms, seen, counted),
    }


def _even(key: str, even: Mapping[str, Any], seen: Mapping[str, Look]) -> Card:
    return Card(
        f"{key}-amortised",
        title="Cost per query, with the set-up spread over all queries",
        caption=marks.in_words(pays_back(even), seen),
        label="Cost per query against the number of queries",
        size="middle",
    )


def _learning(key: str, types: Mapping[str, int]) -> list[Card]:
    titles = {None: "All questions"} | {type_: type_ for type_ in types}
    return [
        Card(f"{key}-learning-{type_}", title=title, label=f"Share right by rewritings: {type_ or 'all'}")
        for type_, title in titles.items()
    ]


def _judge(rows: AnswerRows, arms: Arms, seen: Mapping[str, Look]) -> dict[str, Any] | None:
    opinions = examined.judge(arms, seen)
    if opinions is None:
        return None
    decider = "the judge" if rows.spec.decide == JUDGE else f"the grader {rows.spec.decide}"
    return {"name": str(rows.spec.judge), "decider": decider, "table": opinions}
