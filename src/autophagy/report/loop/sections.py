"""A run as sections of the page, as plain values: the opening, the slider, the curves, the mixture, the tables."""

import shlex
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...charts.colours import colour
from ...loop.table import Table, by_amount, tabulate
from ...statistics.intervals import Score
from ...text.plural import plural
from ..plot import MIDDLE, TINY, Plot, plot, plots_in
from ..table import Swatch
from . import charts, imitation, tables, texts
from .folder import Run, settings
from .slider import picture_player, picture_slider, text_slider
from .slides import slides
from .summary import opening
from .words import good

AGAIN = "another-folder"  # of the command that makes a run once more


@dataclass(frozen=True)
class Section:
    """A run's values for the template, and what the page's script moves: its charts, and its slider by name."""

    values: dict[str, Any]
    plots: list[Plot]
    players: dict[str, Any]


def section(key: str, run: Run, hues: charts.Hues, *, points: int, pictures: int) -> Section:
    """One run, its elements named after `key`; curves have at most `points` points, pictures that many bytes."""
    cells, baseline = tabulate(run.lines), _baseline(run)
    slider, player = _slider(key, run, hues, cells, baseline, pictures)
    values = {
        "key": key,
        **_header(run),
        "notes": run.notes,
        "resume": run.resume,
        **opening(key, run, cells, baseline, hues),
        **slider,
        "imitation": imitation.section(f"{key}-by-amount", by_amount(run.lines), run.legend),
        "swatches": _swatches(run, hues),
        **_curves(key, run, hues, points),
        "thinned": _thinned(run, points),
        "histograms": _histograms(key, run, hues),
        "mixture": _mixture(key, run, hues),
        "tables": _tables(run, cells, hues),
        "every": _every(run, cells, hues),
        "command": f"autophagy loop --spec {shlex.quote(str(run.folder / 'spec.toml'))} --out {AGAIN}",
        "settings": run.settings.strip(),
        "facts": tables.facts(run),
    }
    return Section(values, [*plots_in(values)], {key: player} if player else {})


def metrics(run: Run) -> list[str]:
    """The figures of a run, group by group, those of the headline first."""
    return run.legend.ordered(name for line in run.lines for name in line["scores"])


def _header(run: Run) -> dict[str, Any]:
    model = settings(run).get("model")
    counts = [
        *(_counts(run) if run.lines else ["no generation is finished yet"]),
        str(run.environment.get("started") or "")[:10],
    ]
    return {"title": f"{run.name} · {model}" if model else run.name, "counts": [count for count in counts if count]}


def _counts(run: Run) -> list[str]:
    counted = {"regime": len(run.regimes), "generation": len(run.generations), "seed": run.seeds}
    return [plural(n, noun) for noun, n in counted.items()]


def _slider(
    key: str, run: Run, hues: charts.Hues, cells: Table, baseline: Mapping[str, Score], pictures: int
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The slider for the template, by what it shows, and for the script."""
    if not run.lines:
        return {"texts": None, "pictures": None}, None
    if run.data.get("kind") == "text":
        told = texts.player(run)
        return {"texts": text_slider(key, told, hues), "pictures": None}, told
    shown = slides(run, hues, pictures)
    player = picture_player(run, shown, cells)
    return {"texts": None, "pictures": picture_slider(key, run, shown, player, baseline, hues)}, player


def _swatches(run: Run, hues: charts.Hues) -> list[Swatch]:
    real = [Swatch(charts.REAL, mark="level")] if run.baseline else []
    return [*(Swatch(regime, colour(hues[regime])) for regime in run.regimes), *real]


def _curves(key: str, run: Run, hues: charts.Hues, points: int) -> dict[str, Any]:
    """The charts of the figures over the generations, group by group, and which have none since no record has one."""
    groups: dict[str, list[Plot]] = {}
    undrawn = []
    for name, chart in charts.curves(run, hues, points).items():
        figure = run.legend.figure(name)
        if not chart.is_known:
            why = _reason(name, run)
            undrawn.append(f"{figure.heading} ({why})" if why else figure.heading)
            continue
        each = plot(
            f"{key}-{name}",
            chart,
            label=f"{figure.heading} over the generations",
            caption=figure.caption,
            good=good(figure),
            note=_unknown(name, run),
        )
        groups.setdefault(figure.group, []).append(each)
    return {
        "groups": [{"title": title, "plots": plots} for title, plots in groups.items()],
        "undrawn": f"Without a curve, since no record has a value: {'; '.join(undrawn)}." if undrawn else "",
    }


def _thinned(run: Run, points: int) -> str:
    """What is not drawn of a long run."""
    longest = max((len(generations) for generations in tabulate(run.lines).values()), default=0)
    if longest <= points:
        return ""
    return f"The charts and their data show {points} of {longest} generations; generations.jsonl holds all."


def _unknown(metric: str, run: Run) -> str:
    """Why figures are missing, as the record says."""
    count = sum(metric in line["scores"] and line["scores"][metric] is None for line in run.lines)
    if not count:
        return ""
    why = _reason(metric, run)
    return f"Unknown in {count} of {len(run.lines)} records{': ' if why else ''}{why}"


def _reason(metric: str, run: Run) -> str:
    """The reason that most records give; "" where none gives one."""
    reasons = Counter(
        str(line["unknown"][metric])
        for line in run.lines
        if isinstance(line.get("unknown"), dict) and metric in line["unknown"]
    )
    return reasons.most_common(1)[0][0] if reasons else ""


def _histograms(key: str, run: Run, hues: charts.Hues) -> list[dict[str, Any]]:
    """For each histogram that a metric makes, one chart of where the regimes ended, and one a regime of the way."""
    sections = []
    for name in run.histograms:
        figure, last = run.legend.figure(name), charts.histogram(run, name, hues)
        if last is None:
            continue
        plots = [
            plot(
                f"{key}-{name}-{index}",
                chart,
                title=Swatch(regime, colour(hues[regime])),
                label=f"{figure.heading} of {regime}, one line a generation",
                size=TINY,
            )
            for index, (regime, chart) in enumerate(charts.histograms(run, name, hues).items())
        ]
        title = "At the last generation of each regime"
        ends = plot(f"{key}-{name}-last", last, title=title, label=f"{figure.heading}, {title.lower()}", size=MIDDLE)
        sections.append(
            {"key": f"{key}-{name}", "title": figure.heading, "caption": figure.caption, "last": ends, "plots": plots}
        )
    return sections


def _mixture(key: str, run: Run, hues: charts.Hues) -> dict[str, Any] | None:
    plots = [
        plot(f"{key}-mixture-{index}", bars, title=Swatch(regime, colour(hues[regime])), caption=rows, size=TINY)
        for index, (regime, (bars, rows)) in enumerate(charts.mixtures(run).items())
    ]
    origins = [Swatch(words, mark=f"origin {origin}") for origin, words in charts.origins(run).items()]
    return {"legend": origins, "plots": plots} if plots else None


def _tables(run: Run, cells: Table, hues: charts.Hues) -> list[tuple[str, list[Any]]]:
    """The tables under their headings, those that there are."""
    shades = {regime: colour(hues[regime]) for regime in run.regimes}
    figures = [tables.scores(cells, run, metrics(run), shades), tables.dropped(run, shades)] if cells else []
    parts = [("Figures", figures), ("Time and memory", [tables.timings(run, shades)])]
    shown = [(title, [table for table in several if table]) for title, several in parts]
    return [(title, several) for title, several in shown if several]


def _every(run: Run, cells: Table, hues: charts.Hues) -> Any:
    """The figures of every generation that no chart has: the ends of intervals, and quantiles."""
    names = [name for name in metrics(run) if not run.legend.figure(name).chart]
    shades = {regime: colour(hues[regime]) for regime in run.regimes}
    return tables.every(cells, run, names, shades) if cells and names else None


def _baseline(run: Run) -> dict[str, Score]:
    """What held-out real rows score, by figure."""
    names = metrics(run) if run.baseline else []
    return {name: run.legend.score(name, [draw.get(name) for draw in run.baseline]) for name in names}
