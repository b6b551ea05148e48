"""A run as sections of the page, as plain values: the verdict, the slider, the curves, the mixture, the tables."""

import shlex
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...loop.table import Table, by_amount, tabulate
from ...loop.verdict import findings
from ...statistics.intervals import Score
from ...text.plural import plural
from .. import chart
from ..card import Card
from ..table import Swatch
from . import charts, imitation, tables, texts
from .folder import Run, settings
from .slider import picture_player, picture_slider, text_slider
from .slides import Slides, slides
from .words import good

AGAIN = "another-folder"  # of the command that makes a run once more
Drawn = Mapping[str, Mapping[str, chart.Figure]]  # histograms by name and regime


@dataclass(frozen=True)
class Section:
    """A run's values for the template, and by name the charts and the players that the page's script shows."""

    values: dict[str, Any]
    charts: dict[str, chart.Figure]
    players: dict[str, Any]


def section(
    key: str, run: Run, hues: Mapping[str, str], marks: Mapping[str, str], *, points: int, pictures: int
) -> Section:
    """One run, its elements named after `key`; curves have at most `points` points, pictures that many bytes."""
    cells, baseline = tabulate(run.lines), _baseline(run)
    mixtures, taught = charts.mixtures(run), by_amount(run.lines)
    drawn = {name: charts.histograms(run, name, hues) for name in run.histograms}
    plots = {
        f"{key}-{name}": charts.curves(
            name, run.legend.figure(name).limits, cells, baseline.get(name), hues, marks, points
        )
        for name in _charted(run)
    }
    plots |= {f"{key}-mixture-{index}": figure for index, (figure, _) in enumerate(mixtures.values())}
    plots |= {
        f"{key}-{name}-{index}": figure
        for name, figures in drawn.items()
        for index, figure in enumerate(figures.values())
    }
    if taught:
        plots[f"{key}-by-amount"] = imitation.chart(taught, run.legend)
    slider, player = _slider(key, run, hues, cells, baseline, pictures)
    values = {
        "key": key,
        **_header(run),
        "notes": run.notes,
        "verdict": _verdict(run, hues),
        **slider,
        "imitation": imitation.section(f"{key}-by-amount", taught, run.legend),
        "curves": _curves(key, run, hues),
        "histograms": _histograms(key, run, drawn, hues),
        "mixture": _mixture(key, run, {regime: counts for regime, (_, counts) in mixtures.items()}, hues),
        "tables": _tables(run, cells, hues),
        "every": tables.every(cells, run, metrics(run), hues) if cells else None,
        "command": f"autophagy loop --spec {shlex.quote(str(run.folder / 'spec.toml'))} --out {AGAIN}",
        "settings": run.settings.strip(),
        "facts": tables.facts(run),
    }
    return Section(values, plots, {key: player})


def metrics(run: Run) -> list[str]:
    """The figures of a run, group by group, those of the headline first."""
    return run.legend.ordered(name for line in run.lines for name in line["scores"])


def _charted(run: Run) -> list[str]:
    """The figures that get a chart: not the ends of intervals, nor quantiles, which stand in the table."""
    return [name for name in metrics(run) if run.legend.figure(name).chart]


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


def _verdict(run: Run, hues: Mapping[str, str]) -> dict[str, Any]:
    """The sentences: the short one first, then each regime, then how far to trust them."""
    every = findings(run.lines, run.baseline, run.legend)
    return {
        "lead": [finding.text for finding in every if finding.about == "all"],
        "findings": [
            {"name": finding.name, "text": f": {finding.text}", "hue": hues[finding.regime]}
            for finding in every
            if finding.about == "regime"
        ],
        "caution": " ".join(finding.text for finding in every if finding.about == "caution"),
    }


def _slider(
    key: str, run: Run, hues: Mapping[str, str], cells: Table, baseline: Mapping[str, Score], pictures: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The slider for the template, by what it shows, and for the script."""
    if run.data.get("kind") == "text":
        player = texts.player(run)
        slider = {"texts": text_slider(key, player, hues), "pictures": None}
        return slider, player or picture_player(run, Slides([], None, {}, []), cells)
    shown = slides(run, hues, pictures)
    slider = {"texts": None, "pictures": picture_slider(key, run, shown, baseline, hues)}
    return slider, picture_player(run, shown, cells)


def _curves(key: str, run: Run, hues: Mapping[str, str]) -> dict[str, Any] | None:
    names = _charted(run)
    if not names:
        return None
    groups: dict[str, list[Card]] = {}
    for name in names:
        groups.setdefault(run.legend.figure(name).group, []).append(_card(key, name, run))
    real = [Swatch("held-out real rows", mark="level")] if run.baseline else []
    return {
        "legend": _swatches(run, hues) + real,
        "groups": [{"title": title, "cards": cards} for title, cards in groups.items()],
    }


def _swatches(run: Run, hues: Mapping[str, str]) -> list[Swatch]:
    return [Swatch(regime, hues[regime]) for regime in run.regimes]


def _card(key: str, name: str, run: Run) -> Card:
    figure = run.legend.figure(name)
    return Card(
        chart=f"{key}-{name}",
        title=figure.heading,
        caption=figure.caption,
        good=good(figure),
        label=f"{figure.heading} over the generations; every figure is in the table Generation by generation",
        note=_unknown(name, run),
    )


def _unknown(metric: str, run: Run) -> str:
    """Why figures are missing, as the record says."""
    count = sum(metric in line["scores"] and line["scores"][metric] is None for line in run.lines)
    if not count:
        return ""
    reasons = Counter(
        str(line["unknown"][metric])
        for line in run.lines
        if isinstance(line.get("unknown"), dict) and metric in line["unknown"]
    )
    why = f": {reasons.most_common(1)[0][0]}" if reasons else ""
    return f"Unknown in {count} of {len(run.lines)} records{why}"


def _histograms(key: str, run: Run, drawn: Drawn, hues: Mapping[str, str]) -> list[dict[str, Any]]:
    """For each histogram that a metric makes, one chart a regime: a line a generation, the later the darker."""
    sections = []
    for name, figures in drawn.items():
        histogram = run.legend.figure(name)
        cards = [
            Card(
                chart=f"{key}-{name}-{index}",
                title=Swatch(regime, hues[regime]),
                label=f"{histogram.heading} of {regime}, one line a generation",
            )
            for index, regime in enumerate(figures)
        ]
        sections.append({"title": histogram.heading, "caption": histogram.caption, "cards": cards})
    return sections


def _mixture(key: str, run: Run, counts: Mapping[str, str], hues: Mapping[str, str]) -> dict[str, Any] | None:
    if not counts:
        return None
    cards = [
        Card(
            chart=f"{key}-mixture-{index}",
            title=Swatch(regime, hues[regime]),
            caption=rows,
            label=f"Training rows of {regime} by origin",
            size="short",
        )
        for index, (regime, rows) in enumerate(counts.items())
    ]
    origins = [Swatch(words, mark=f"origin {origin}") for origin, (words, _) in charts.origins(run).items()]
    return {"legend": origins, "cards": cards}


def _tables(run: Run, cells: Table, hues: Mapping[str, str]) -> list[tuple[str, list[Any]]]:
    """The tables under their headings, those that there are."""
    figures = [tables.scores(cells, run, metrics(run), hues), tables.dropped(run, hues)] if cells else []
    parts = [("Figures", figures), ("Time and memory", [tables.timings(run, hues)])]
    shown = [(title, [table for table in several if table]) for title, several in parts]
    return [(title, several) for title, several in shown if several]


def _baseline(run: Run) -> dict[str, Score]:
    """What held-out real rows score, by figure."""
    names = metrics(run) if run.baseline else []
    return {name: run.legend.score(name, [draw.get(name) for draw in run.baseline]) for name in names}
