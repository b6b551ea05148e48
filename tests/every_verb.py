"""A small run of each verb, made once: what tests that go over all verbs hold."""

import json
import tempfile
from functools import cache
from pathlib import Path

import autophagy
from autophagy import AuditSpec, CurateSpec, DriftSpec, ForecastSpec, GenerateSpec, LoopSpec, SnapshotSpec
from provider import served
from report.compare.test_page import make as make_comparison

TEXTS = [f"The {noun} of {place} was built in {year}." for noun in ("tower", "bridge", "abbey")
         for place in ("Kesh", "Arrow", "Lund", "Vale") for year in (1650, 1720)]  # fmt: skip


@cache
def home():
    """The folder of all runs, which goes with the process."""
    place = tempfile.TemporaryDirectory(prefix="verbs-")
    home.kept = place
    return Path(place.name)


def answers(path, share, date, each=1):
    """A log of answers, such a share of them right."""
    with path.open("w") as file:
        for n in range(40):
            for sample in range(each):
                prompt, said = f"Is {n} one? Answer with [Yes] or [No].", "Yes" if n < share * 40 else "No"
                row = {"id": f"q{n}", "prompt": prompt, "reference": "Yes", "response": f"[{said}]", "model": "m"}
                row |= {"sample": sample, "date": date}
                file.write(json.dumps(row) + "\n")
    return path


def rows(name):
    """A file of texts of which three are copies."""
    path = home() / name
    path.write_text("".join(json.dumps({"text": text, "source": "web"}) + "\n" for text in [*TEXTS, *TEXTS[:3]]))
    return path


def loop(name="loop", **more):
    """A loop of three generations."""
    metrics = ["recall", "variance_ratio"]
    spec = LoopSpec("normal:d=2", samples=40, generations=3, seeds=2, metrics=metrics, **more)
    return autophagy.run(spec, home() / name, workers=1)


def forecast():
    """A forecast of a Gaussian."""
    return autophagy.run(ForecastSpec("gaussian", samples=100, generations=3), home() / "forecast")


def calibrate():
    """A forecast held against the loop."""
    return autophagy.run(ForecastSpec("gaussian", calibrate=str(made("loop").folder)), home() / "calibrate")


def compare(name="compare"):
    """A comparison as its record writes it."""
    return autophagy.open(make_comparison(home() / name))


def audit(name="audit", **more):
    """Copies found among some texts."""
    curators = more.pop("curators", ["duplicates"])
    return autophagy.run(
        AuditSpec(paths=(str(rows("rows.jsonl")),), curators=curators, **more), home() / name, workers=1
    )


def curate(name="curate"):
    """Copies taken out of some texts."""
    spec = CurateSpec(paths=(str(rows("rows.jsonl")),), curators=["duplicates"])
    return autophagy.run(spec, home() / name, workers=1)


def generate(name="generate", **more):
    """Rows that an n-gram wrote."""
    spec = GenerateSpec(seeds=str(rows("seeds.jsonl")), model="ngram:order=2", rows=4, novelty=1, **more)
    return autophagy.run(spec, home() / name)


def drift():
    """Answers before and after."""
    before, after = (answers(home() / f"{name}.jsonl", *facts) for name, *facts in BOTH)
    return autophagy.run(DriftSpec(paths=(str(before), str(after))), home() / "drift")


BOTH = (("before", 1, "2026-03-01"), ("after", 0.4, "2026-06-01"))


def snapshot(name="snapshot"):
    """A model's answers, recorded."""
    with served(lambda handler, request, count: handler.say("[Yes]")) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        spec = SnapshotSpec(suites="primes", prompts=4, repetitions=2, model="fake", base_url=address)
        return autophagy.run(spec, home() / name)


def watch(name="watched"):
    """Two looks at a recorded model."""
    baseline = answers(home() / f"{name}.jsonl", 1, "2026-03-01", each=4)
    for day, share in ((2, 1), (3, 0.3)):
        found = autophagy.watch(baseline, answers(home() / "today.jsonl", share, f"2026-04-0{day}"))
    return found


def diff():
    """Two loops side by side."""
    return autophagy.diff(made("loop"), loop("biased", bias=0.7))


MAKERS = {each.__name__: each for each in
          (loop, forecast, calibrate, compare, audit, curate, generate, drift, snapshot, watch, diff)}  # fmt: skip


@cache
def made(verb):
    """The result of a verb, made when it is first asked for."""
    return MAKERS[verb]()
