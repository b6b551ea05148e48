"""The page: run folders in, one HTML file that needs nothing else."""

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from ..errors import RecordError, UsageError, need
from ..stats import Table, score, tabulate
from ..verdict import describe, findings
from . import chart, table
from .folder import Run, read, settings
from .slides import Slides, figures, slides
from .words import GROUPS, colours, measure, symbols

PICTURES = 1_600_000  # bytes for the pictures of all runs, so that the page stays below 8 MB
POINTS = 24_000  # points of all curves together, for the same reason


def write_report(runs: Sequence[Path], out: Path) -> Path:
    """Write one self-contained page about the run folders, finished or not, and return its path.

    Raises RecordError where a folder is no run or the page cannot be written, MissingExtra where plotly or
    pillow is not installed.
    """
    if not runs:
        raise UsageError("there is no run to report on: name one run folder or more.")
    text = render([read(Path(folder)) for folder in runs])
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise RecordError(f"{out} cannot be written ({error.strerror}): free space or choose another path.") from error
    return out


def render(runs: Sequence[Run]) -> str:
    """The page as text."""
    plotly = need("plotly.offline", "the report").get_plotlyjs()
    labels = [regime for run in runs for regime in run.regimes]
    hues, marks = colours(labels), symbols(labels)
    series = sum(len(run.regimes) * len(_metrics(run)) for run in runs)
    points = max(20, POINTS // max(1, series))
    figures_: dict[str, chart.Figure] = {}
    players: dict[str, Any] = {}
    sections = [
        _section(f"run-{index}", run, hues, marks, points, PICTURES // len(runs), figures_, players)
        for index, run in enumerate(runs, 1)
    ]
    return Template(_part("page.html")).substitute(
        title=escape(" and ".join(dict.fromkeys(run.name for run in runs))),
        css=_part("page.css"),
        navigation=_navigation(runs),
        runs="\n".join(sections),
        data=_json({"charts": figures_, "players": players}),
        plotly=plotly,
        js=_part("page.js"),
    )


def _section(
    key: str,
    run: Run,
    hues: Mapping[str, str],
    marks: Mapping[str, str],
    points: int,
    budget: int,
    charts: dict[str, chart.Figure],
    players: dict[str, Any],
) -> str:
    """One run as HTML; its charts and pictures are put into `charts` and `players` under names that begin with `key`."""
    cells = tabulate(run.lines)
    shown = slides(run, dict(hues), budget)
    players[key] = _player(run, shown, cells)
    for metric in _metrics(run):
        level = score(metric, [draw.get(metric) for draw in run.level])
        charts[f"{key}-{metric}"] = chart.curves(metric, cells, level, hues, marks, points)
    mixtures = chart.mixtures(run)
    for index, figure in enumerate(mixtures.values()):
        charts[f"{key}-mixture-{index}"] = figure
    parts = [
        _header(run),
        *(f'<p class="notice" role="status">{escape(note)}</p>' for note in run.notes),
        _verdict(run, hues),
        _slider(key, run, shown, hues),
        _curves(key, run, hues),
        _mixture(key, list(mixtures), hues),
        _tables(run, cells, hues),
    ]
    return f'<article class="run" id="{key}">{"".join(part for part in parts if part)}</article>'


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
    line = " · ".join(count for count in counts if count)
    return f"<header><h1>{escape(what)}</h1><p>{escape(line)}</p></header>"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n:,} {noun}s"


def _verdict(run: Run, hues: Mapping[str, str]) -> str:
    """The sentences: the regimes against each other first, then each regime, then how far to trust them."""
    said = findings(run.lines, run.level)
    across = [text for regime, text in said[:-1] if regime is None]
    lead = "".join(f'<p class="lead">{escape(text)}</p>' for text in across)
    items = "".join(_finding(text, hues[regime]) for regime, text in said if regime is not None)
    listed = f'<ul class="findings">{items}</ul>' if items else ""
    return f'<section class="verdict"><h2>Verdict</h2>{lead}{listed}<p class="quiet">{escape(said[-1][1])}</p></section>'


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
            "figures": [figures(cells, regime, g) for g in shown.generations],
        }
        for regime, frames in shown.frames.items()
    ]
    return {"generations": shown.generations, "panels": panels}


def _slider(key: str, run: Run, shown: Slides, hues: Mapping[str, str]) -> str:
    notes = "".join(f'<p class="quiet">{escape(note)}</p>' for note in shown.notes)
    if not shown.generations or shown.real is None:
        return f'<section><h2>Samples, generation by generation</h2>{notes}</section>'
    first, steps = shown.generations[0], len(shown.generations) - 1
    kind = "tiles" if run.data.get("kind") == "image" else "plot"
    real = (
        f'<figure class="panel {kind}"><figcaption><span class="regime"><i class="real"></i>real, held out</span>'
        f'</figcaption><img src="{shown.real.uri}" alt="Held-out real rows"><p class="figures">what all should look like</p>'
        f'<p class="note">{escape(shown.real.note)}</p></figure>'
    )
    panels = "".join(
        f'<figure class="panel {kind}" data-panel><figcaption>{table.swatch(regime, hues[regime])}</figcaption>'
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
    metrics = _metrics(run)
    if not metrics:
        return ""
    legend = "".join(f"<li>{table.swatch(regime, hues[regime])}</li>" for regime in run.regimes)
    level = '<li><span class="regime"><i class="level"></i>level of held-out real rows</span></li>' if run.level else ""
    groups = []
    for group in GROUPS:
        members = [metric for metric in metrics if measure(metric).group == group]
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


def _mixture(key: str, regimes: Sequence[str], hues: Mapping[str, str]) -> str:
    legend = "".join(
        f'<li><span class="regime"><i class="origin {origin}"></i>{words}</span></li>'
        for origin, (words, _) in chart.ORIGINS.items()
    )
    cards = "".join(
        f'<figure class="card"><figcaption><h4>{table.swatch(regime, hues[regime])}</h4></figcaption>'
        f'<div class="chart short" data-chart="{key}-mixture-{index}" role="img" '
        f'aria-label="{escape(f"Training rows of {regime} by origin")}"></div></figure>'
        for index, regime in enumerate(regimes)
    )
    if not cards:
        return ""
    return (
        "<section><h2>What each generation learnt from</h2><p>Training rows by origin, on one scale.</p>"
        f'<ul class="legend">{legend}</ul><div class="charts small">{cards}</div></section>'
    )


def _tables(run: Run, cells: Table, hues: Mapping[str, str]) -> str:
    settings_ = f"<pre>{escape(run.settings.strip())}</pre>"
    parts = [
        ("Figures", table.scores(cells, run.level, _metrics(run), hues) + table.dropped(run, hues) if cells else ""),
        ("Time and memory", table.timings(run, dict(hues))),
        ("Settings, data and machine", f'<div class="two">{settings_}{table.facts(run)}</div>'),
    ]
    return "".join(f"<section><h2>{title}</h2>{body}</section>" for title, body in parts if body)


def _navigation(runs: Sequence[Run]) -> str:
    if len(runs) < 2:
        return ""
    links = "".join(
        f'<li><a href="#run-{index}">{escape(f"{run.name} ({run.folder.name})")}</a></li>'
        for index, run in enumerate(runs, 1)
    )
    return f'<nav aria-label="Runs"><ol>{links}</ol></nav>'


def _metrics(run: Run) -> list[str]:
    """The metrics of a run, those that are known first in their groups' order."""
    return list(dict.fromkeys(metric for line in run.lines for metric in line["scores"]))


def _json(value: Any) -> str:
    """JSON that cannot end the script element that it stands in."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _part(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
