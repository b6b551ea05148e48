"""The report page: what it holds, what it withstands, and how it behaves in a real browser."""

import base64
import io
import json
import math
import re
import shutil
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autophagy
from autophagy import LoopSpec
from autophagy.charts import Chart, Curve
from autophagy.charts.colours import COLOURS
from autophagy.core.errors import MissingExtra, RecordError, UsageError
from autophagy.core.files import slug
from autophagy.core.parts import Part
from autophagy.core.registry import entries
from autophagy.loop.legend import Legend
from autophagy.loop.table import tabulate
from autophagy.report import write_report
from autophagy.report.loop import tables
from autophagy.report.loop.folder import first_rows, read
from autophagy.report.loop.images import painter, tiles
from autophagy.report.plot import plot
from autophagy.report.points import thinned
from autophagy.statistics.intervals import interval

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")
pytest.importorskip("PIL")

REGIMES = ("replace", "augment", "accumulate", "fresh:fresh=0.25")
LEGEND = Legend.of([Part(name) for name in entries("metric")], {label: Part.parse(label) for label in REGIMES})
HOSTILE = '"><script>window.stolen = 1</script><img src=x onerror="window.stolen = 1">'


def scores(regime: str, generation: int, rng: np.random.Generator) -> dict[str, float | None]:
    """A made-up loss: fast under replace, slow under the others."""
    loss = {"replace": 0.16, "augment": 0.05, "accumulate": 0.03}.get(regime, 0.005) * (generation - 1)
    noise = lambda scale: float(rng.normal(0, scale))  # noqa: E731
    return {
        "precision": float(np.clip(0.79 + 0.5 * loss * np.exp(-2 * loss) - 0.3 * loss**2 + noise(0.008), 0, 1)),
        "recall": float(np.clip(0.8 * np.exp(-1.2 * loss) + noise(0.01), 0, 1)),
        "density": float(max(0, 0.95 - 0.3 * loss + noise(0.02))),
        "coverage": float(np.clip(0.9 * np.exp(-loss) + noise(0.01), 0, 1)),
        "authenticity": float(np.clip(0.6 + 0.1 * loss + noise(0.01), 0, 1)),
        "frechet": float(max(0, 2 + 40 * loss + noise(0.5))),
        "kernel": None if generation == 4 else float(0.002 + 0.05 * loss + noise(0.001)),
        "sliced_wasserstein": float(max(0, 0.1 + loss + noise(0.02))),
        "vendi": float(max(1, 22 * np.exp(-loss) + noise(0.3))),
        "lost_classes": float(np.floor(max(0, 5 * (loss - 0.3) + noise(0.2)))),
        "class_balance": float(np.clip(0.98 - 0.4 * loss + noise(0.01), 0, 1)),
    }


def blurred(x: np.ndarray, amount: float) -> np.ndarray:
    from scipy.ndimage import gaussian_filter

    return gaussian_filter(x, (0, *[amount] * (x.ndim - 1)))


def make_run(
    folder: Path,
    real: np.ndarray,
    *,
    kind: str = "image",
    name: str = "digits",
    regimes: tuple[str, ...] = REGIMES,
    generations: int = 10,
    seeds: int = 3,
    finished: bool = True,
    why: str = "the features do not vary",
) -> Path:
    """A run folder as the record writes it, of rows that lose themselves more under replace than elsewhere."""
    rng = np.random.default_rng(7)
    folder.mkdir(parents=True)
    listed = ", ".join(json.dumps(regime) for regime in regimes)
    (folder / "spec.toml").write_text(
        f'data = {json.dumps(name)}\nmodel = "vae"\nregimes = [{listed}]\n'
        f"generations = {generations}\nseeds = {seeds}\n"
    )
    environment = {
        "versions": {"python": "3.11.9", "autophagy": "0.1.0", "numpy": "2.4.0"},
        "processor": "a processor",
        "cores": 2,
        "memory_gib": 8.0,
        "commit": "0123456789abcdef",
        "started": "2026-01-02T03:04:05Z",
        "data": {
            "name": name,
            "digest": "d" * 64,
            "kind": kind,
            "shape": list(real.shape[1:]),
            "rows": {"pool": 1000, "fresh": 300, "reference": 497},
            "unreadable": 2,
            "notes": ["2 rows hold NaN and are set aside"],
        },
    } | LEGEND.json()
    (folder / "environment.json").write_text(json.dumps(environment))
    level = [scores("fresh", 1, rng) for _ in range(seeds)]
    (folder / "baseline.json").write_text(json.dumps({"scores": level}))
    samples = folder / "samples"
    samples.mkdir()
    columns = {"generation": np.zeros(64, np.int16), "source": np.array(["fixed"] * 64)}
    np.savez(samples / "real.npz", x=real[:64], **columns)
    lines, timings = [], []
    for regime in regimes:
        (samples / slug(regime)).mkdir()
        for generation in range(1, generations + 1):
            loss = (0.14 if regime == "replace" else 0.02) * (generation - 1)
            rows = np.concatenate([blurred(rng.permutation(real)[:60], loss) for _ in range(seeds)])
            np.savez(
                samples / slug(regime) / f"{generation:04d}.npz",
                x=rows.astype(np.float32),
                generation=np.full(len(rows), generation, np.int16),
                source=np.array(["vae"] * len(rows)),
                seed=np.repeat(np.arange(seeds, dtype=np.int32), 60),
            )
            for seed in range(seeds):
                line: dict[str, Any] = {
                    "regime": regime,
                    "seed": seed,
                    "generation": generation,
                    "mixture": {
                        "fixed": 1000 if generation == 1 or regime in ("augment", "accumulate") else 0,
                        "fresh": 250 if regime.startswith("fresh") and generation > 1 else 0,
                        "synthetic": 1000 * (generation - 1 if regime == "accumulate" else generation > 1),
                    },
                    "kept": 950,
                    "dropped": {"outlier": 50},
                    "scores": scores(regime, generation, rng),
                }
                if generation == 4:
                    line["unknown"] = {"kernel": why}
                lines.append(line)
            seconds = {"mix": 0.1, "fit": 12.5, "sample": 1.25, "curate": 0.0, "score": 2.0}
            timings.append({"regime": regime, "generation": generation, "seconds": seconds, "peak_mib": 812.5})
    (folder / "generations.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "timings.jsonl").write_text("".join(json.dumps(line) + "\n" for line in timings))
    if finished:
        (folder / "DONE").touch()
    return folder


def digits() -> np.ndarray:
    return pytest.importorskip("sklearn.datasets").load_digits().images


def ring(n: int = 300) -> np.ndarray:
    rng = np.random.default_rng(3)
    angle = rng.integers(0, 8, n) * np.pi / 4
    return np.stack([np.cos(angle), np.sin(angle)], axis=1) + rng.normal(0, 0.06, (n, 2))


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_run(tmp_path_factory.mktemp("runs") / "digits", digits())


@pytest.fixture(scope="session")
def page(run: Path) -> Path:
    return write_report([run], run / "report.html")


class Elements(HTMLParser):
    """The elements of a page outside its scripts, with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] not in ("script", "style"):
            self.text += data


def plain(page: Path) -> str:
    """The words of a page as a reader sees them."""
    return " ".join(Elements(page.read_text()).text.split())


def behind(page: Path, chart: str) -> dict[int, str]:
    """The figures behind a chart by generation, as they stand on the page."""
    text = page.read_text()
    table = text[text.index(f'id="{chart}"') :].split("</figure>", 1)[0]
    rows = re.findall(r'<th scope="row">(\d+)</th>(.*)</tr>', table)
    return {int(generation): cells for generation, cells in rows}


def test_the_page_is_one_small_file_that_refers_to_nothing_outside(page: Path) -> None:
    assert page.stat().st_size < 600_000
    for _, attributes in Elements(page.read_text()).found:
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            assert (attributes.get(name) or "data:").startswith(("data:", "#"))
    assert "default-src 'none'" in page.read_text()


def test_the_page_tells_what_the_run_found_and_how_it_was_made(page: Path) -> None:
    text = plain(page)
    assert "Trained only on its own output (replace): by generation 10 recall fell from" in text
    assert "One seed decides nothing" not in text
    words = [
        *("Recall", "Precision", "Fréchet distance", "Lost classes", "fresh:fresh=0.25", "generations = 10"),
        *(
            "numpy 2.4.0",
            "a processor",
            "2 rows hold NaN and are set aside",
            "pool 1,000",
            "1,500",
            "1,000 to 10,000 rows",
        ),
        *("Rows dropped by each curator", "1,500", "Fit, s", "125", "812"),
        "Unknown in 12 of 120 records: the features do not vary",
    ]
    assert [word for word in words if word not in text] == []
    assert "not finished" not in text


def test_the_page_begins_with_the_decision_and_with_what_was_kept_and_lost(page: Path) -> None:
    text = page.read_text()
    lead = text.index('<p class="lead">')
    table, chart = text.index("<caption>From the first generation to generation 10"), text.index('id="run-1-last"')
    assert text.index("<h1") < lead < table < chart < text.index('id="run-1-samples"') < text.index('id="run-1-curves"')
    assert "Trained only on its own output, the model lost" in " ".join(Elements(text[lead:table]).text.split())
    rows = [Elements(row.split("</th>")[0]).text.strip() for row in text[table:chart].split("<tr>")[2:]]
    assert rows == list(REGIMES)
    lost = Elements(text[table:chart].split('data-head="Lost">')[1].split("</td>")[0]).text
    assert "Recall" in lost


def test_one_generation_of_several_seeds_has_no_decision_but_says_why(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", ring(), kind="vector", generations=1)
    text = write_report([run], tmp_path / "page.html").read_text()
    lead = Elements(text[text.index('<p class="lead">') :].split("</p>")[0]).text
    assert lead == "Only generation 1 is recorded, so nothing can have changed yet."
    assert "Undecided:" not in text


def test_every_figure_of_every_generation_stands_on_the_page(page: Path, run: Path) -> None:
    text = plain(page)
    lines = [json.loads(line) for line in (run / "generations.jsonl").read_text().splitlines()]
    legend = read(run).legend
    figures = behind(page, "run-1-recall")
    assert list(figures) == list(range(1, 11))
    for generation in range(1, 11):
        cell = [x["scores"]["recall"] for x in lines if (x["regime"], x["generation"]) == ("replace", generation)]
        assert str(legend.score("recall", cell)) in figures[generation]
    assert "generations.jsonl holds all" not in text  # none is left out, so nothing says so
    long = tables.every({"a": {each: {"recall": {0: 0.5}} for each in range(1, 101)}}, read(run), ["recall"], {"a": ""})
    assert len(long.head) == 26
    assert "25 of 100 generations" in long.caption


def test_labels_and_names_cannot_become_markup(tmp_path: Path) -> None:
    regimes = (f"mine:{HOSTILE}", "replace")
    run = make_run(tmp_path / "run", digits()[:100], name=HOSTILE, regimes=regimes, generations=4, why=HOSTILE)
    environment = json.loads((run / "environment.json").read_text())
    environment["versions"][HOSTILE] = environment["processor"] = environment["data"]["notes"][0] = HOSTILE
    (run / "environment.json").write_text(json.dumps(environment))
    lines = [json.loads(line) for line in (run / "generations.jsonl").read_text().splitlines()]
    for line in lines:
        line["scores"][HOSTILE] = 1.0
        line["dropped"] = {HOSTILE: 3}
    (run / "generations.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    page = write_report([run], tmp_path / "page.html")
    found = Elements(page.read_text()).found
    assert [tag for tag, _ in found].count("script") == 2
    assert not any(name.startswith("on") for _, attributes in found for name in attributes)
    assert HOSTILE in Elements(page.read_text()).text


def test_an_unfinished_run_says_so_and_a_torn_line_is_counted(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", ring(), kind="vector", generations=3, finished=False)
    with (run / "generations.jsonl").open("a") as file:
        file.write('{"regime": "replace", "seed": 0, "gener')
    text = plain(write_report([run], tmp_path / "page.html"))
    assert "This run has not finished" in text
    assert f"To go on, type: autophagy loop --resume --out {run}" in text
    assert "1 recorded line(s) could not be read" in text
    assert "3 generations" in text


def test_lines_that_are_json_but_no_record_are_counted(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", ring(), kind="vector", generations=2)
    wrong = [
        "[1]",
        '{"regime": 3}',
        '{"regime": "a", "seed": 0, "generation": 1, "scores": {"recall": "high"}}',
        "\x00",
    ]
    (run / "generations.jsonl").write_text((run / "generations.jsonl").read_text() + "\n".join(wrong))
    assert len(read(run).lines) == 24
    assert "4 recorded line(s)" in read(run).notes[-1]


def test_a_run_that_has_only_begun_has_a_page(tmp_path: Path) -> None:
    (tmp_path / "spec.toml").write_text("data = 'digits'")
    text = plain(write_report([tmp_path], tmp_path / "page.html"))
    assert "Nothing is recorded yet" in text
    assert "no generation is finished yet" in text
    assert "0 regimes" not in text


def test_missing_and_damaged_samples_are_counted(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", ring(), kind="vector", regimes=("replace",), generations=4)
    (run / "samples" / "replace" / "0002.npz").unlink()
    (run / "samples" / "replace" / "0003.npz").write_bytes(b"PK\x03\x04 no archive")
    assert "The rows of 2 generation(s) are missing or damaged" in plain(write_report([run], tmp_path / "page.html"))


def test_one_seed_and_one_generation_have_a_page(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", ring(), kind="vector", generations=1, seeds=1)
    text = plain(write_report([run], tmp_path / "page.html"))
    assert "only generation 1 is recorded" in text
    assert "One seed decides nothing" in text


def test_texts_that_are_gone_are_said_to_be(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", ring(), kind="text", generations=2)
    assert "No texts were kept, so there are none to show." in plain(write_report([run], tmp_path / "page.html"))


@pytest.fixture(scope="session")
def text_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of texts that would be harmful as HTML."""
    folder = tmp_path_factory.mktemp("texts")
    lines = [f"The <script>alert({i})</script> king & the </textarea> fool {i} went to sea." for i in range(60)]
    (folder / "text.txt").write_text("\n\n".join(lines))
    spec = LoopSpec(str(folder / "text.txt"), model="ngram", regimes=["replace", "accumulate"], generations=3, seeds=2)
    autophagy.run(spec, folder / "run", workers=1)
    return write_report([folder / "run"], folder / "page.html")


def test_the_page_of_a_text_run_has_its_curves_and_its_texts(text_page: Path) -> None:
    text = plain(text_page)
    assert "Texts, generation by generation" in text
    assert "How unusual the generated text is" in text
    found = Elements(text_page.read_text()).found
    charts = [attributes["id"] for _, attributes in found if "data-plot" in attributes]
    assert "run-1-perplexity" in charts
    assert "run-1-cross_entropy_low" not in charts
    assert "run-1-surprise_histogram-1" in charts
    assert "<script>alert" not in text_page.read_text()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_texts_stand_under_the_slider_as_text(browser: Any, text_page: Path, width: int, scheme: str) -> None:
    show(browser, text_page, width=width, scheme=scheme)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    written = "return [...document.querySelectorAll('.panel.text .made')].map(e => e.textContent)"
    slider = browser.find_element("css selector", "input[type=range]")
    slider.send_keys("\ue011")  # Home: a page opens where the loop ended
    until(lambda: browser.find_element("css selector", ".where").text == "Generation 1")
    first = browser.execute_script(written)
    assert all("<script>" in text or "script" in text for text in first)
    assert browser.execute_script("return document.querySelectorAll('.panel.text script').length") == 0
    slider.send_keys("\ue014")
    until(lambda: browser.find_element("css selector", ".where").text == "Generation 2")
    assert browser.execute_script(written) != first
    assert browser.execute_script("return document.querySelectorAll('.panel.text del').length") > 0
    assert browser.get_log("browser") == []
    assert requests(browser) == []


def test_several_runs_share_a_page(run: Path, tmp_path: Path) -> None:
    other = make_run(tmp_path / "other", ring(), kind="vector", name="ring", generations=2)
    found = Elements(write_report([run, other], tmp_path / "page.html").read_text()).found
    ids = [attributes["id"] for tag, attributes in found if tag == "article"]
    assert ids == ["run-1", "run-2"]
    links = {attributes["href"] for tag, attributes in found if tag == "a"}
    assert {"#run-1", "#run-2"} <= links
    assert links <= {f"#{attributes['id']}" for _, attributes in found if "id" in attributes}
    assert [tag for tag, _ in found].count("h1") == 1
    charts = [attributes["id"] for _, attributes in found if "data-plot" in attributes]
    assert len(charts) == len(set(charts)) == 2 * (4 + 11 + 4) + 11  # each run's own, and those of both


def test_several_runs_begin_with_what_to_do_next_after_each(tmp_path: Path) -> None:
    runs = [make_run(tmp_path / name, ring(), kind="vector", name="ring", generations=2) for name in ("a", "b")]
    page = write_report(runs, tmp_path / "page.html").read_text()
    (todo,) = {each for each in autophagy.open(runs[0]).verdict if each.startswith("Next: ")}
    top = page.partition('<dl class="lead">')[2].partition("</dl>")[0]
    assert re.sub(r"</?span[^>]*>", "", top).count(todo) == 2


def test_a_long_run_of_noisy_pictures_stays_below_8_megabytes(tmp_path: Path) -> None:
    noise = np.random.default_rng(4).random((64, 28, 28), np.float32)
    run = make_run(tmp_path / "run", noise, generations=60, seeds=2)
    page = write_report([run], tmp_path / "page.html")
    assert page.stat().st_size < 8_000_000
    assert re.search(r"\d+ of 60 generations are drawn", plain(page))


def test_charts_of_a_long_run_say_how_many_generations_they_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(tmp_path / "run", ring(), kind="vector", regimes=("replace",), generations=30, seeds=2)
    monkeypatch.setattr("autophagy.report.loop.page.POINTS", 0)
    page = write_report([run], tmp_path / "page.html")
    assert "The charts and their data show 20 of 30 generations" in plain(page)
    assert len(behind(page, "run-1-recall")) == 20


def test_what_is_no_run_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"no run folder.*--out"):
        write_report([tmp_path / "nowhere"], tmp_path / "page.html")
    with pytest.raises(UsageError, match="no run to report on"):
        write_report([], tmp_path / "page.html")
    assert not (tmp_path / "page.html").exists()


def test_a_page_that_cannot_be_written_leaves_what_was_there(run: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(RecordError, match="cannot be written"):
        write_report([run], tmp_path / "file" / "page.html")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(RecordError, match="cannot be written"):
        write_report([run], tmp_path / "folder.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.html"]


def test_a_damaged_environment_is_named(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", ring(), kind="vector", generations=1)
    (run / "environment.json").write_text("{")
    with pytest.raises(RecordError, match=r"environment\.json is damaged"):
        write_report([run], tmp_path / "page.html")


def test_without_matplotlib_the_install_line_is_told(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r"pip install 'autophagy\[report\]'"):
        write_report([run], tmp_path / "page.html")


def test_the_first_rows_are_those_of_the_first_seed(tmp_path: Path) -> None:
    x = np.arange(60, dtype=np.float32).reshape(12, 5)
    for save in (np.savez, np.savez_compressed):
        save(tmp_path / "rows.npz", x=x, seed=np.repeat([3, 4], 6))
        np.testing.assert_array_equal(first_rows(tmp_path / "rows.npz", 4), x[:4])
        np.testing.assert_array_equal(first_rows(tmp_path / "rows.npz", 100), x[:6])
    np.savez(tmp_path / "rows.npz", x=np.asfortranarray(x))
    assert first_rows(tmp_path / "rows.npz", 4) is None
    np.savez(tmp_path / "rows.npz", x=np.array(["a", "b"]))
    assert first_rows(tmp_path / "rows.npz", 4) is None
    assert first_rows(tmp_path / "nothing.npz", 4) is None


def pixels(uri: str) -> np.ndarray:
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))
    return np.asarray(image.convert("RGBA") if image.mode == "P" else image)


def test_tiles_hold_the_rows_in_order_on_the_scale_of_the_real_rows() -> None:
    x = np.zeros((40, 3, 3))
    x[0], x[1], x[7], x[2, 0, 0] = 16, 8, 99, np.nan
    grid = pixels(tiles(x, 0, 16).uri)
    assert grid.shape == (23, 23, 2)
    assert (grid[0, 0, 0], grid[0, 4, 0], grid[4, 4, 0], grid[0, 8, 0]) == (255, 128, 255, 0)
    assert (grid[..., 1] == 0).sum() == 23 * 23 - 36 * 9


@pytest.mark.parametrize("shape", [(40, 3, 5, 4), (40, 5, 4, 3)])
def test_colours_may_come_first_or_last(shape: tuple[int, ...]) -> None:
    assert pixels(tiles(np.ones(shape), 0, 2).uri).shape == (35, 29, 4)


def test_few_rows_leave_empty_places_and_say_so() -> None:
    picture = tiles(np.ones((2, 8, 8)), 0, 1)
    assert picture.note == "only 2 rows"
    assert (pixels(picture.uri)[..., 1] > 0).sum() == 2 * 64


@pytest.mark.parametrize("columns", [1, 2, 7])
def test_rows_outside_the_frame_are_counted(columns: int) -> None:
    rng = np.random.default_rng(8)
    real = rng.normal(size=(200, columns))
    draw, _ = painter("vector", real) or pytest.fail("vectors can be drawn")
    made = rng.normal(size=(50, columns)) * 0.1
    assert draw(made, "#0a7cc4").note == ""
    made[:7] *= 1e4
    made[7] = np.nan
    assert draw(made, "#0a7cc4").note == "8 of 50 rows outside the frame"
    assert draw(made[:0], "#0a7cc4").note == ""


@pytest.mark.parametrize("columns", [1, 2, 7])
def test_constant_rows_can_be_drawn(columns: int) -> None:
    real = np.ones((30, columns))
    draw, _ = painter("vector", real) or pytest.fail("vectors can be drawn")
    assert draw(real, "#0a7cc4").note == ""


@given(st.integers(0, 300), st.integers(2, 50))
def test_thinning_keeps_the_ends_and_the_order(n: int, most: int) -> None:
    kept = thinned(list(range(n)), most)
    assert kept == sorted(set(kept))
    assert len(kept) == min(n, most)
    assert kept[:1] == list(range(n))[:1]
    assert kept[-1:] == list(range(n))[-1:]


def test_unknown_figures_are_gaps_in_line_and_band() -> None:
    lines = [
        {"regime": "r", "seed": seed, "generation": g, "scores": {"recall": None if g == 3 else g / 10 + seed / 100}}
        for g in range(1, 6)
        for seed in range(3)
    ]
    (curve,) = tabulated_curve(lines)
    values = [score.value for score in curve.scores]
    np.testing.assert_allclose(values, [0.11, 0.21, math.nan, 0.41, 0.51])
    shown = plot("recall", Chart("recall", "Recall", "generation", "", [curve]))
    (line,) = re.findall(r'<path fill="none" stroke="#0a7cc4" stroke-width="2" d="([^"]*)"', shown.svg)
    assert [part.count("L") for part in line.split("M")[1:]] == [1, 1]
    assert shown.data["curves"][0]["value"] == [0.11, 0.21, None, 0.41, 0.51]
    assert "unknown" in str(shown.table.groups[0].rows[2])


def tabulated_curve(lines: list[dict[str, Any]]) -> list[Curve]:
    cells = tabulate(lines)["r"]
    return [Curve("r", list(cells), [interval(cell["recall"].values(), bounds=(0, 1)) for cell in cells.values()])]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", COLOURS)
def test_regime_colours_stand_out_on_both_grounds(colour: str) -> None:
    """Graphics need a contrast of 3:1 (WCAG 1.4.11)."""
    assert 1.05 / (luminance(colour) + 0.05) >= 3
    assert (luminance(colour) + 0.05) / (luminance("#1b1f24") + 0.05) >= 3


def test_a_metric_that_has_no_words_is_shown_under_its_own_name(run: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(run, tmp_path / "mine")
    (mine / "generations.jsonl").write_text((mine / "generations.jsonl").read_text().replace('"vendi"', '"my_metric"'))
    text = plain(write_report([mine], tmp_path / "page.html"))
    assert "Further metrics My metric" in text
    assert "Vendi score" not in text


def show(browser: Any, page: Path, *, width: int = 1280, scheme: str = "light") -> None:
    """Open a page, at a width and in a colour scheme, and wait until it is there."""
    for kind in ("browser", "performance"):
        browser.get_log(kind)
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    emulate(browser, scheme)
    browser.get(page.resolve().as_uri())
    ready = "return document.readyState === 'complete'"
    until(lambda: browser.execute_script(ready))
    assert browser.execute_script("return document.querySelectorAll('[data-plot] svg.plot').length")


def emulate(browser: Any, scheme: str) -> None:
    """Say that the reader prefers the light or the dark scheme."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def until(true: Callable[[], bool]) -> None:
    """Wait for something that the browser does in its own time; half a minute is as good as never."""
    for _ in range(300):
        if true():
            return
        time.sleep(0.1)
    pytest.fail("the browser never got there")


def requests(browser: Any) -> list[str]:
    """Every address that a page of ours asked for, but its own."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    urls = [each["request"]["url"] for each in asked if each["documentURL"].startswith("file:")]
    assert urls
    return [url for url in urls if not url.startswith(("file:", "data:"))]


def brightness(browser: Any, selector: str, style: str) -> float:
    """How bright an element's colour is, 0 to 255."""
    script = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    return float(
        np.mean([int(part) for part in re.findall(r"\d+", browser.execute_script(script, selector, style))[:3]])
    )


@pytest.mark.slow
@pytest.mark.parametrize(("width", "schemes"), [(1280, ("light", "dark")), (390, ("dark", "light"))])
def test_the_page_works_at_every_width_and_in_both_schemes(
    browser: Any, page: Path, width: int, schemes: tuple[str, str]
) -> None:
    show(browser, page, width=width, scheme=schemes[0])
    for scheme in schemes:
        emulate(browser, scheme)
        until(lambda light=scheme == "light": (brightness(browser, ".xt", "fill") < 128) == light)
        assert (brightness(browser, "body", "backgroundColor") > 200) == (scheme == "light")
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert browser.get_log("browser") == []
    assert requests(browser) == []


@pytest.mark.slow
def test_paper_is_white_keeps_its_colours_and_shows_how_the_run_ended(browser: Any, page: Path) -> None:
    show(browser, page, scheme="dark")
    browser.find_element("css selector", "input[type=range]").send_keys("\ue011")  # Home
    assert brightness(browser, ".xt", "fill") > 128
    text, drawn = paper(browser)
    colours = [f"{int(hue[i : i + 2], 16) / 255:.3f}"[:4].rstrip("0") for hue in COLOURS[:4] for i in (1, 3, 5)]
    assert [part for part in colours if part[1:] not in drawn] == []
    assert "Generation 10" in text
    assert "by generation 10 recall fell from" in text  # what is folded on the screen
    assert brightness(browser, ".xt", "fill") > 128
    assert browser.find_element("css selector", ".where").text == "Generation 1"


def paper(browser: Any) -> tuple[str, str]:
    """The words of a page as printed without background graphics, and what its pages draw."""
    pypdf = pytest.importorskip("pypdf")
    file = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})["data"]
    pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(file))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    return text, " ".join(page.get_contents().get_data().decode("latin-1") for page in pages)


@pytest.mark.slow
def test_the_slider_shows_other_pictures_by_mouse_by_key_and_by_itself(browser: Any, page: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    show(browser, page)
    images = "return [...document.querySelectorAll('[data-panel] img')].map(image => image.src)"
    slider = browser.find_element("css selector", "input[type=range]")
    assert slider.get_attribute("aria-valuetext") == "generation 10"  # a page opens where the loop ended
    slider.send_keys(Keys.HOME)
    first = browser.execute_script(images)
    assert len(set(first)) == 4
    assert all(source.startswith("data:image/png") for source in first)
    slider.send_keys(Keys.ARROW_RIGHT)
    second = browser.execute_script(images)
    assert all(a != b for a, b in zip(first, second, strict=True))
    assert slider.get_attribute("aria-valuetext") == "generation 2"
    assert slider.get_attribute("aria-label") == "Generation"
    slider.send_keys(Keys.END)
    assert browser.find_element("css selector", ".where").text == "Generation 10"
    assert "recall" in browser.find_element("css selector", "[data-panel] .figures").text
    play = browser.find_element("css selector", ".play")
    play.send_keys(Keys.SPACE)
    assert play.get_attribute("aria-pressed") == "true"
    assert browser.execute_script(images) == first
    until(lambda: browser.execute_script(images) == second)
    play.click()
    assert play.get_attribute("aria-pressed") == "false"
    assert browser.get_log("browser") == []


@pytest.mark.slow
def test_each_regime_has_one_colour_everywhere(browser: Any, page: Path) -> None:
    show(browser, page)
    lines = browser.execute_script(
        "return JSON.parse(document.getElementById('data').textContent).plots['run-1-recall'].curves"
        ".map(c => [c.label, c.colour])"
    )
    swatches = browser.execute_script(
        "return [...document.querySelectorAll('.regime')].filter(r => r.querySelector('path'))"
        ".map(r => [r.textContent, r.querySelector('path').getAttribute('fill')])"
    )
    strokes = browser.execute_script(
        "return [...document.querySelectorAll('#run-1-recall .line path[fill=none]')]"
        ".map(p => p.getAttribute('stroke'))"
    )
    for label, colour in lines:
        assert {shade for name, shade in swatches if name == label} == {colour}
    assert [label for label, _ in lines] == list(REGIMES)
    assert strokes == [colour for _, colour in lines]


@pytest.mark.slow
def test_hostile_labels_run_nothing_in_a_browser(browser: Any, tmp_path: Path) -> None:
    regimes = (f"mine:{HOSTILE}", '<a href="https://example.invalid/">link</a>')
    run = make_run(tmp_path / "run", digits()[:100], name=HOSTILE, regimes=regimes, generations=3, why=HOSTILE)
    show(browser, write_report([run], tmp_path / "page.html"), width=390)
    drawing = browser.find_element("css selector", "#run-1-recall .drawing")
    drawing.send_keys("\ue014")  # an arrow key reads the chart
    assert '<a href="https' in browser.find_element("css selector", "#run-1-recall .tip").text
    assert browser.execute_script("return window.stolen === undefined")
    assert browser.execute_script("return document.querySelectorAll('.drawing a, .tip a, li a').length") == 0
    assert browser.get_log("browser") == []
    assert requests(browser) == []
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
def test_a_page_of_vectors_and_of_gaps_has_no_error(browser: Any, tmp_path: Path) -> None:
    runs = [
        make_run(tmp_path / "plane", ring(), kind="vector", name="ring", generations=3, finished=False),
        make_run(tmp_path / "line", ring()[:, :1], kind="vector", name="line", generations=1, seeds=1),
        make_run(tmp_path / "text", ring(), kind="text", name="text", generations=2),
    ]
    show(browser, write_report(runs, tmp_path / "page.html"), width=390)
    assert browser.get_log("browser") == []
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("scales", "square"), [((1000, 1, 5), True), ((3, 1, 1), False)])
def test_columns_of_many_units_fill_the_picture_and_those_of_one_keep_their_shape(scales, square) -> None:
    real = np.random.default_rng(9).normal(size=(300, 3)) * scales
    draw, _ = painter("vector", real) or pytest.fail("vectors can be drawn")
    painted = pixels(draw(real, "#0a7cc4").uri)[..., 3] > 0
    across, up = (np.ptp(np.flatnonzero(painted.any(axis=axis))) for axis in (0, 1))
    assert bool(up > 0.6 * across) is square
    assert across > 0.3 * painted.shape[1]
