"""How well machine text is found in real text, by row and by share, where length gives nothing away.

    python bench/machine_text.py DATA [--what length traces detector share] [--keep FILE] [--pairs 240]

- `length`: how well the number of words alone tells ChatGPT's answers from people's, before and after matching.
- `traces`: every false alarm on texts of people, and the share of models' answers that hold a trace.
- `detector`: for each of HC3's three domains, AUC and calibration error of detectors fitted on the other two, and on
  other generators; false alarms and texts found at the thresholds that an unseen domain gets.
- `share`: the estimated share of corpora whose share is known, 5 to 75 %, within a domain and across domains, as the
  mean error with the standard deviation over 20 corpora.

A pair of answers to one question, a person's and ChatGPT's, is cut to nine tenths of the words of the shorter, at least
20; so neither length, nor layout, nor a last full stop tells them apart. `curvature` reads 240 pairs of each domain
unless told otherwise, some 100 seconds of one core a hundred pairs; `--keep` keeps what it read.

DATA is the folder with `hc3-subset`, `halueval-general`, `tofu-logs`, `tinystories-sample`, `squad`,
`wikitext-2-valid-test` and `tinyshakespeare`.
"""

import argparse
import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from autophagy.core.samples import Array, Samples
from autophagy.curators.machine import curvature
from autophagy.curators.machine.crossing import By
from autophagy.curators.machine.evidence import TextEvidence
from autophagy.curators.machine.examples import Examples, count_words, first_words
from autophagy.curators.machine.laws import FITS, Law
from autophagy.curators.machine.mixture import share
from autophagy.curators.machine.share import ShareLaw, estimated
from autophagy.curators.machine.traces import traces
from autophagy.curators.machine.trials import tried
from autophagy.statistics.auc import auc
from autophagy.statistics.exact import exact_share

DOMAINS = ("medicine", "open_qa", "wiki_csai")
SHARES = (0.05, 0.25, 0.5, 0.75)
CORPORA, SIZE = 20, 200
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LAWS: tuple[Law, ...] = ("words", "detector", "curvature")


@dataclass(frozen=True)
class Pair:
    """Two answers to one question, as they are and cut to the same number of words."""

    domain: str
    human: str
    machine: str
    words: int

    @property
    def cut(self) -> tuple[str, str]:
        """The first words of the person's text and of ChatGPT's."""
        return _head(self.human, self.words), _head(self.machine, self.words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--what", nargs="+", choices=list(WHAT), default=list(WHAT))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--pairs", type=int, default=240)
    options = parser.parse_args()
    if options.keep:
        _keep(options.keep)
    for what in options.what:
        print(f"\n## {what}", flush=True)
        WHAT[what](options)


# --- data


def pairs(data: Path) -> dict[str, list[Pair]]:
    """The first answers of both to each question, by domain, without those of fewer than 20 words once they are cut."""
    found: dict[str, list[Pair]] = {}
    for domain in DOMAINS:
        rows = [json.loads(line) for line in _lines(data / f"hc3-subset/{domain}.jsonl.gz")]
        both = [(row["human_answers"][0], row["chatgpt_answers"][0]) for row in rows if all(_answers(row))]
        found[domain] = [Pair(domain, *each, int(0.9 * min(map(_count, each)))) for each in both]
    return found


def _answers(row: dict) -> tuple[list[str], list[str]]:
    return row["human_answers"], row["chatgpt_answers"]


def _head(text: str, words: int) -> str:
    places = list(WORD.finditer(text))
    return text[: places[words - 1].end()] if 0 < words <= len(places) else text


def _count(text: str) -> int:
    return len(WORD.findall(text))


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().splitlines()


def usable(all_pairs: dict[str, list[Pair]], law: Law, options: argparse.Namespace) -> dict[str, list[Pair]]:
    """The pairs of at least 20 words; for a law that reads slowly a random part of them."""
    found = {domain: [pair for pair in each if pair.words >= 20] for domain, each in all_pairs.items()}
    if law != "curvature":
        return found
    # one stream for all domains, so that a smaller number is a part of a larger one
    rng = np.random.default_rng(5)
    return {
        domain: [each[row] for row in rng.permutation(len(each))[: options.pairs]] for domain, each in found.items()
    }


def examples(chosen: Sequence[Pair]) -> Examples:
    """Both texts of each pair, with the domain as the source."""
    texts = [text for pair in chosen for text in pair.cut]
    return Examples.of(texts, [False, True] * len(chosen), [pair.domain for pair in chosen for _ in range(2)])


# --- length


def length(options: argparse.Namespace) -> None:
    for domain, chosen in pairs(options.data).items():
        for name, both in (
            ("as they are", [(pair.human, pair.machine) for pair in chosen]),
            ("matched", [pair.cut for pair in chosen if pair.words >= 20]),
        ):
            counts = np.array([[_count(text) for text in each] for each in both])
            score = auc(counts.T.reshape(-1), np.repeat([False, True], len(both)))
            print(f"{domain:10} {name:12} AUC of the number of words {score} ({len(both):,} pairs)")


# --- traces


def people(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Texts that people wrote."""
    for name in ("valid", "test"):
        text = "\n".join(_lines(data / f"wikitext-2-valid-test/{name}.txt.gz"))
        yield f"wikitext {name}", [line for line in text.split("\n") if len(line.split()) > 4]
    squad = json.loads("\n".join(_lines(data / "squad/squad-dev-v1.1.json.gz")))
    yield "squad contexts", [part["context"] for article in squad["data"] for part in article["paragraphs"]]
    for domain in DOMAINS:
        rows = [json.loads(line) for line in _lines(data / f"hc3-subset/{domain}.jsonl.gz")]
        yield f"HC3 {domain}, people", [text for row in rows for text in row["human_answers"]]
    plays = "\n".join(_lines(data / "tinyshakespeare/input.txt.gz")).split("\n\n")
    yield "tinyshakespeare", [speech for speech in plays if speech.strip()]


def models(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Texts that models wrote."""
    for domain in DOMAINS:
        rows = [json.loads(line) for line in _lines(data / f"hc3-subset/{domain}.jsonl.gz")]
        yield f"HC3 {domain}, ChatGPT", [text for row in rows for text in row["chatgpt_answers"]]
    rows = [json.loads(line) for line in _lines(data / "halueval-general/general_data.json.gz")]
    yield "halueval, ChatGPT", [row["chatgpt_response"] for row in rows]
    rows = [json.loads(line) for line in _lines(data / "tofu-logs/tofu_model_answers.jsonl.gz")]
    yield "tofu, Llama 2 and Phi", [row["generated"] for row in rows]
    text = "\n".join(_lines(data / "tinystories-sample/tinystories_sample.txt.gz"))
    yield "tinystories, GPT-3.5 and 4", [story.strip() for story in text.split("<|endoftext|>")[:-1]]


def find_traces(options: argparse.Namespace) -> None:
    totals = np.zeros(2, int)
    for kind, sets in (("people", people), ("models", models)):
        for name, texts in sets(options.data):
            rows = Samples.of(np.array(texts, np.dtypes.StringDType()))
            verdict = traces(rows, rows.take(slice(0, 0)), np.random.default_rng(0))
            found = ~verdict.keep
            print(f"{kind} {name:26} {found.sum():5,} of {len(texts):6,}: {exact_share(found.sum(), len(texts))}")
            if kind == "people":
                totals += [found.sum(), len(texts)]
                for detail in verdict.details[found]:
                    print(f"    false alarm: {detail}")
    share_ = exact_share(*totals.tolist())
    print(f"false alarms per 10,000: {1e4 * share_.value:.1f} [{1e4 * share_.low:.1f}, {1e4 * share_.high:.1f}]")


# --- detector


def detector(options: argparse.Namespace) -> None:
    every = pairs(options.data)
    unseen = dict(list(models(options.data))[3:])
    for law in LAWS:
        chosen = usable(every, law, options)
        for domain in DOMAINS:
            rest = examples([pair for other in DOMAINS if other != domain for pair in chosen[other]])
            test = examples(chosen[domain])
            for thresholds in ("text", "source"):
                evidence = TextEvidence.fit(rest, shortest=20, law=law, thresholds=_by(thresholds))
                trial = tried(evidence, test)
                (alarms,) = trial.alarms.values()
                print(
                    f"{law:9} fitted on two, tried on {domain:10} thresholds by {thresholds:6} AUC {trial.auc} ECE "
                    f"{trial.error} false alarms {alarms} found {trial.found} unknown {trial.unknown}",
                    flush=True,
                )
            long = np.array([count_words(text) >= 50 for text in test.texts.tolist()])
            print(f"{'':9} {domain}, texts of 50 words or more: AUC {tried(evidence, test.take(long)).auc}")
        _other_generators(law, chosen, unseen, options.pairs)


def _other_generators(law: Law, chosen: dict[str, list[Pair]], unseen: dict[str, list[str]], most: int) -> None:
    """A detector of all three domains, on texts of other generators and other domains, cut to the same lengths."""
    rng = np.random.default_rng(6)
    evidence = TextEvidence.fit(examples([pair for each in chosen.values() for pair in each]), shortest=20, law=law)
    lengths = np.array([pair.words for each in chosen.values() for pair in each])
    for name, texts in unseen.items():
        drawn = [texts[row] for row in rng.permutation(len(texts))[: most if law == "curvature" else 1_000]]
        cut = [
            first_words(text, int(count)) for text, count in zip(drawn, rng.choice(lengths, len(drawn)), strict=True)
        ]
        cut = [text for text in cut if count_words(text) >= 20]
        called = [
            not why and ratio > evidence.high
            for why, ratio in zip(evidence.unknown(cut), evidence.ratios(cut), strict=True)
        ]
        print(f"{law:9} fitted on HC3, tried on {name}: found {exact_share(sum(called), len(cut))}", flush=True)


def _by(name: str) -> By:
    return "source" if name == "source" else "text"


# --- share


def find_share(options: argparse.Namespace) -> None:
    every = pairs(options.data)
    for law in LAWS:
        chosen = usable(every, law, options)
        for domain in DOMAINS:
            rng = np.random.default_rng(1)
            own = [chosen[domain][row] for row in rng.permutation(len(chosen[domain]))]
            half = len(own) // 2
            rest = [pair for other in DOMAINS if other != domain for pair in chosen[other]]
            _report(f"{law:9} {domain:10} fitted on its own half  ", law, own[:half], own[half:])
            _report(f"{law:9} {domain:10} fitted on the other two ", law, rest, own)


def _report(name: str, law: Law, train: Sequence[Pair], test: Sequence[Pair]) -> None:
    fitted = ShareLaw.fit(examples(train), law)
    human, machine = ([pair.cut[kind] for pair in test] for kind in (0, 1))
    scores = np.stack([fitted.law.scores(texts) for texts in (human, machine)])  # (2, pairs)
    cells = []
    for truth in SHARES:
        errors = np.array([_error(fitted, scores, truth, seed) for seed in range(CORPORA)])
        cells.append(f"{100 * errors.mean():+.0f} ±{100 * errors.std(ddof=1):.0f}")
    rows = np.random.default_rng(0).permutation(len(test))
    count = min(SIZE, len(test))
    corpus = [machine[row] for row in rows[: count // 4]] + [human[row] for row in rows[count // 4 : count]]
    print(f"{name} error at {', '.join(f'{a:.0%}' for a in SHARES)}: {', '.join(cells)} points; "
          f"a corpus of {count} with 25 %: {estimated(corpus, fitted)}", flush=True)  # fmt: skip


def _error(fitted: ShareLaw, scores: Array, truth: float, seed: int) -> float:
    """The error of the estimate on one corpus, of different questions."""
    rows = np.random.default_rng(seed).permutation(scores.shape[1])[:SIZE]
    count = round(truth * len(rows))
    drawn = np.concatenate([scores[1, rows[:count]], scores[0, rows[count:]]])
    return float(share(fitted.calibration.ratios(drawn[:, None]))[0] - count / len(rows))


# --- what the small language model read, kept from one run to the next


def _keep(path: Path) -> None:
    """Let the reader look into a file before it reads, and write there what it read."""
    known: dict[str, float] = json.loads(path.read_text()) if path.exists() else {}
    read = curvature._curvature

    def kept(reader: str, text: str) -> float:
        if text not in known:
            known[text] = read(reader, text)
            if len(known) % 50 == 0:
                path.write_text(json.dumps(known))
        return known[text]

    curvature._curvature = kept  # type: ignore[assignment]


WHAT: dict[str, Callable[[argparse.Namespace], None]] = {
    "length": length,
    "traces": find_traces,
    "detector": detector,
    "share": find_share,
}
assert set(LAWS) == set(FITS)

if __name__ == "__main__":
    main()
