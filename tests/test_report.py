"""The report page: what it holds, what it withstands, and how it behaves in a real browser."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autophagy.errors import MissingExtra, RecordError, UsageError
from autophagy.report import write_report
from autophagy.report.chart import curves
from autophagy.report.folder import first_rows, read
from autophagy.report.images import painter, tiles
from autophagy.report.slides import thinned
from autophagy.report.words import COLOURS, measure
from autophagy.stats import Score, tabulate

pytest.importorskip("plotly")
pytest.importorskip("PIL")

REGIMES = ("replace", "augment", "accumulate", "fresh:fresh=0.25")
HOSTILE = '"><script>window.stolen = 1</script><img src=x onerror="window.stolen = 1">'


def slug(label: str) -> str:
    return "".join(char if char.isalnum() or char in "-_=." else "-" for char in label)


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
) -> Path:
    """A run folder as the record writes it, of rows that lose themselves more under replace than elsewhere."""
    rng = np.random.default_rng(7)
    folder.mkdir(parents=True)
    listed = ", ".join(json.dumps(regime) for regime in regimes)
    (folder / "spec.toml").write_text(
        f'data = {json.dumps(name)}\nmodel = "vae"\nregimes = [{listed}]\ngenerations = {generations}\nseeds = {seeds}\n'
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
    }
    (folder / "environment.json").write_text(json.dumps(environment))
    level = [{key: value for key, value in scores("fresh", 1, rng).items()} for _ in range(seeds)]
    (folder / "level.json").write_text(json.dumps({"scores": level}))
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
                    line["unknown"] = {"kernel": "the features do not vary"}
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
