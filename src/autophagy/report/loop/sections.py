"""A run as sections of the page: the verdict, the slider, the curves, the mixture, the tables."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from ...loop.table import Table, by_amount, tabulate
from ...loop.verdict import findings
from ...statistics.intervals import Score, score
from .. import chart
from . import charts, imitation, tables, texts
from .folder import Run, settings
from .slides import Slides, figures, slides
from .words import GROUPS, MEASURES, measure


@dataclass(frozen=True)
class Section:
    """A run's HTML, and by name the charts and the slider's contents that the page's script puts into it."""

    html: str
    charts: dict[str, chart.Figure]
    players: dict[str, Any]


def section(
    key: str, run: Run, hues: Mapping[str, str], marks: Mapping[str, str], *, points: int, pictures: int
) -> Section:
    """One run, its elements named after `key`; curves have at most `points` points, pictures that many bytes."""
    cells, level = tabulate(run.lines), _level(run)
    text = run.data.get("kind") == "text"
    shown = Slides([], None, {}, []) if text else slides(run, hues, pictures)
    written = texts.player(run) if text else None
    mixtures, taught = charts.mixtures(run), by_amount(run.lines)
    plots = {
        f"{key}-{metric}": charts.curves(metric, cells, level.get(metric), hues, marks, points)
        for metric in _charted(run)
    }
    plots |= {f"{key}-mixture-{index}": figure for index, (figure, _) in enumerate(mixtures.values())}
    drawn = {name: charts.histograms(run, name, hues) for name in run.histograms}
    plots |= {
        f"{key}-{name}-{index}": figure
        for name, figures_ in drawn.items()
        for index, figure in enumerate(figures_.values())
    }
    if taught:
        plots[f"{key}-by-amount"] = imitation.chart(taught)
    parts = [
        _header(run),
        *(f'<p class="notice" role="status">{escape(note)}</p>' for note in run.notes),
        _verdict(run, hues),
        texts.slider(key, written, hues) if text else _slider(key, run, shown, hues),
        imitation.section(f"{key}-by-amount", taught),
        _curves(key, run, hues),
        _histograms(key, run, drawn, hues),
        _mixture(key, run, {regime: told for regime, (_, told) in mixtures.items()}, hues),
        _tables(run, cells, hues),
    ]
    html = f'<article class="run" id="{key}">{"".join(parts)}</article>'
    return Section(html, plots, {key: written or _player(run, shown, cells)})


def metrics(run: Run) -> list[str]:
    """The metrics of a run, those that the page has words for first."""
    found = list(dict.fromkeys(metric for line in run.lines for metric in line["scores"]))
    return [metric for metric in MEASURES if metric in found] + [metric for metric in found if metric not in MEASURES]


def _charted(run: Run) -> list[str]:
    """The metrics that get a chart: not the ends of intervals, nor quantiles, which stand in the table."""
    return [metric for metric in metrics(run) if not metric.endswith(("_low", "_high", "_q05", "_q50", "_q95"))]


def _header(run: Run) -> str:
    spec = settings(run)
    model = spec.get("model")
    what = f"{run.name} · {model}" if model else run.name
    counts = [
        _count(len(run.regimes), "regime"),
        _count(len(run.generations), "generation"),
        _count(run.seeds, "seed"),
        str(run.environment.get("started") or "")[:10],
    ]
    line = " · ".join(f"<span>{escape(count)}</span>" for count in counts if count)
    return f"<header><h1>{escape(what)}</h1><p>{line}</p></header>"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n:,} {noun}s"


def _verdict(run: Run, hues: Mapping[str, str]) -> str:
    """The sentences: the regimes against each other first, then each regime, then how far to trust them."""
    said = findings(run.lines, run.level)
    across = [text for regime, text in said[:-1] if regime is None]
    lead = "".join(f'<p class="lead">{escape(text)}</p>' for text in across)
    items = "".join(_finding(text, hues[regime]) for regime, text in said if regime is not None)
    listed = f'<ul class="findings">{items}</ul>' if items else ""
    return (
        f'<section class="verdict"><h2>Verdict</h2>{lead}{listed}<p class="quiet">{escape(said[-1][1])}</p></section>'
    )


def _finding(text: str, colour: str) -> str:
    name, colon, rest = text.partition(": ")
    return f'<li style="--hue:{escape(colour)}"><b>{escape(name)}</b>{colon}{escape(rest)}</li>'


def _player(run: Run, shown: Slides, cells: Table) -> dict[str, Any]:
    """What the slider shows: by regime the pictures, notes and headline scores of each drawn generation."""
    panels = [
        {
            "label": regime,
            "frames": [frames[g].uri if g in frames else None for g in shown.generations],
            "notes": [frames[g].note if g in frames else "" for g in shown.generations],
            "figures": [figures(_scores(cells.get(regime, {}).get(g, {}))) for g in shown.generations],
        }
        for regime, frames in shown.frames.items()
    ]
    return {"generations": shown.generations, "panels": panels}


def _slider(key: str, run: Run, shown: Slides, hues: Mapping[str, str]) -> str:
    notes = "".join(f'<p class="quiet">{escape(note)}</p>' for note in shown.notes)
    if not shown.generations or shown.real is None:
        return f"<section><h2>Samples, generation by generation</h2>{notes}</section>"
    first, steps = shown.generations[0], len(shown.generations) - 1
    kind = "tiles" if run.data.get("kind") == "image" else "plot"
    real = (
        f'<figure class="panel {kind}"><figcaption><span class="regime"><i class="real"></i>real, held out</span>'
        f'</figcaption><img src="{shown.real.uri}" alt="Held-out real rows">'
        f'<p class="figures">{escape(figures(_level(run)))}</p>'
        f'<p class="note">{escape(shown.real.note)}</p></figure>'
    )
    panels = "".join(
        f'<figure class="panel {kind}" data-panel><figcaption>{tables.swatch(regime, hues[regime])}</figcaption>'
        f'<img alt="{escape(f"Rows of {regime} at generation {first}")}">'
        '<p class="figures"></p><p class="note"></p></figure>'
        for regime in shown.frames
    )
    return (
        f'<section class="player" data-player="{key}"><h2>Samples, generation by generation</h2>'
        '<div class="controls"><button type="button" class="play" aria-pressed="false">Play</button>'
        f'<input type="range" min="0" max="{steps}" value="0" step="1" aria-label="Generation" '
        f'aria-valuetext="generation {first}"{"" if steps else " disabled"}>'
        f'<output aria-live="polite">Generation <b>{first}</b></output></div>'
        f'<div class="panels">{real}{panels}</div>{notes}</section>'
    )


def _curves(key: str, run: Run, hues: Mapping[str, str]) -> str:
    names = _charted(run)
    if not names:
        return ""
    legend = "".join(f"<li>{tables.swatch(regime, hues[regime])}</li>" for regime in run.regimes)
    level = '<li><span class="regime"><i class="level"></i>held-out real rows</span></li>' if run.level else ""
    groups = []
    for group in GROUPS:
        members = [metric for metric in names if measure(metric).group == group]
        cards = "".join(_card(f"{key}-{metric}", metric, run) for metric in members)
        if cards:
            groups.append(f'<h3>{group}</h3><div class="charts">{cards}</div>')
    return (
        "<section><h2>Curves</h2><p>Means over seeds; the bands are 95 % intervals, gaps are figures that could not be "
        f'computed.</p><ul class="legend">{legend}{level}</ul>{"".join(groups)}</section>'
    )


def _card(key: str, metric: str, run: Run) -> str:
    words = measure(metric)
    return (
        f'<figure class="card"><figcaption><h4>{escape(words.title)}</h4><p>{escape(words.caption)} '
        f'<span class="good">{escape(words.good)}</span></p></figcaption>'
        f'<div class="chart" data-chart="{escape(key)}" role="img" '
        f'aria-label="{escape(words.title)} over the generations; the figures are in the table below"></div>'
        f"{_unknown(metric, run)}</figure>"
    )


def _unknown(metric: str, run: Run) -> str:
    """Why figures are missing, as the lines say."""
    count = sum(metric in line["scores"] and line["scores"][metric] is None for line in run.lines)
    if not count:
        return ""
    reasons = Counter(
        str(line["unknown"][metric])
        for line in run.lines
        if isinstance(line.get("unknown"), dict) and metric in line["unknown"]
    )
    why = f": {reasons.most_common(1)[0][0]}" if reasons else ""
    return f'<p class="quiet">Unknown in {count} of {len(run.lines)} lines{escape(why)}</p>'


def _histograms(key: str, run: Run, drawn: Mapping[str, Mapping[str, chart.Figure]], hues: Mapping[str, str]) -> str:
    """For each histogram that a metric makes, one chart a regime: a line a generation, the later the darker."""
    sections = []
    for name, figures_ in drawn.items():
        words = measure(name)
        cards = "".join(
            f'<figure class="card"><figcaption><h4>{tables.swatch(regime, hues[regime])}</h4></figcaption>'
            f'<div class="chart" data-chart="{escape(f"{key}-{name}-{index}")}" role="img" '
            f'aria-label="{escape(f"{words.title} of {regime}, one line a generation")}"></div></figure>'
            for index, regime in enumerate(figures_)
        )
        sections.append(
            f"<section><h2>{escape(words.title)}</h2><p>{escape(words.caption)} Thin lines are early generations, "
            f'thick ones late; the dashes are held-out real rows.</p><div class="charts small">{cards}</div></section>'
        )
    return "".join(sections)


def _mixture(key: str, run: Run, told: Mapping[str, str], hues: Mapping[str, str]) -> str:
    legend = "".join(
        f'<li><span class="regime"><i class="origin {origin}"></i>{words}</span></li>'
        for origin, (words, _) in charts.origins(run).items()
    )
    cards = "".join(
        f'<figure class="card"><figcaption><h4>{tables.swatch(regime, hues[regime])}</h4>'
        f"<p>{told[regime]}</p></figcaption>"
        f'<div class="chart short" data-chart="{key}-mixture-{index}" role="img" '
        f'aria-label="{escape(f"Training rows of {regime} by origin")}"></div></figure>'
        for index, regime in enumerate(told)
    )
    if not cards:
        return ""
    return (
        "<section><h2>What each generation learnt from</h2><p>The origins of the training rows, as shares.</p>"
        f'<ul class="legend">{legend}</ul><div class="charts small">{cards}</div></section>'
    )


def _tables(run: Run, cells: Table, hues: Mapping[str, str]) -> str:
    settings_ = f"<pre>{escape(run.settings.strip())}</pre>"
    parts = [
        ("Figures", tables.scores(cells, run.level, metrics(run), hues) + tables.dropped(run, hues) if cells else ""),
        ("Time and memory", tables.timings(run, hues)),
        ("Settings, data and machine", f'<div class="two">{settings_}{tables.facts(run)}</div>'),
    ]
    return "".join(f"<section><h2>{title}</h2>{body}</section>" for title, body in parts if body)


def _scores(cell: Mapping[str, Mapping[int, float]]) -> dict[str, Score]:
    return {metric: score(metric, seeds.values()) for metric, seeds in cell.items()}


def _level(run: Run) -> dict[str, Score]:
    return (
        {metric: score(metric, [draw.get(metric) for draw in run.level]) for metric in metrics(run)}
        if run.level
        else {}
    )
