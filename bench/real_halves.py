"""How often autophagy diff finds a difference between two halves of one real corpus, whose rows come in groups.

`python bench/real_halves.py DATA [PAIRS] [FOLDER]`, where DATA is the folder of shared data sets. Each corpus is halved
PAIRS times in two ways: row by row, and group by group (an article, a question with its answers), so that no group is
in both halves. Each half is audited and curated with the group as the source of a row. Printed is in how many pairs
diff finds anything, by Holm over the figures of a pair, and the same of audits with each row taken as drawn on its own.
Runs that are in FOLDER already are not made again.
"""

import csv
import gzip
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import autophagy
from autophagy import AuditSpec, CurateSpec
from autophagy.diff.compared import LEVEL
from autophagy.diff.diff import diff
from autophagy.results.result import Result
from autophagy.statistics.contrasts import of_figures
from autophagy.statistics.paired import proportion
from autophagy.statistics.significance import holm

ROWS = 400  # of each corpus
CURATORS = (
    *("duplicates:similarity=0.5", "passages:words=12", "novelty:threshold=0.5", "personal", "language"),
    *("verified", "hidden", "traces"),
)

Row = tuple[str, str]  # a text, and the group that it comes from


def opened(path: Path) -> str:
    """A packed file as text."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read()


def squad(data: Path) -> Iterator[Row]:
    """A question before its paragraph; a group is an article."""
    for article in json.loads(opened(data / "squad" / "squad-dev-v1.1.json.gz"))["data"]:
        for paragraph in article["paragraphs"]:
            for question in paragraph["qas"]:
                yield f"{question['question']} {paragraph['context']}", article["title"]


def answers(data: Path) -> Iterator[Row]:
    """A question before each of its answers, by people and a model; a group is a question."""
    for line in opened(data / "hc3-subset" / "open_qa.jsonl.gz").splitlines():
        row = json.loads(line)
        for answer in [*row["human_answers"], *row["chatgpt_answers"]]:
            yield f"{row['question']} {answer}", row["question"]


def solutions(data: Path) -> Iterator[Row]:
    """What four models answered to a problem, some of it with equations that do not hold; a group is a problem."""
    for line in opened(data / "gsm8k" / "example_model_solutions.jsonl.gz").splitlines():
        row = json.loads(line)
        for answer in row.values():
            if isinstance(answer, dict):
                yield answer["solution"], row["question"]


def refusals(data: Path) -> Iterator[Row]:
    """What four models answered to a question that they should refuse; a group is a question."""
    for row in csv.DictReader(opened(data / "llmdrift" / "SENSITIVEQ_EVAL.csv.gz").splitlines(keepends=True)):
        yield row["answer"], row["query"]


def mirrors(data: Path) -> Iterator[Row]:
    """Real answers on 40 sites of ten, of which every fourth holds each of its texts twice: groups that were made."""
    lines = opened(data / "hc3-subset" / "wiki_csai.jsonl.gz").splitlines()
    texts = [json.loads(line)["human_answers"][0] for line in lines]
    for site in range(40):
        own = texts[10 * site : 10 * site + 10]
        for text in own[:5] * 2 if site % 4 == 0 else own:
            yield text, f"site {site:02}"


CORPORA = {each.__name__: each for each in (squad, answers, solutions, refusals, mirrors)}


def corpus(name: str, data: Path) -> list[Row]:
    """Some rows of a corpus: whole groups in an order of chance, until there are enough."""
    by_group: dict[str, list[str]] = {}
    for text, group in CORPORA[name](data):
        by_group.setdefault(group, []).append(text)
    found: list[Row] = []
    most = ROWS // len(by_group) + 4  # so that many groups are there
    for group in np.random.default_rng(0).permutation(sorted(by_group)):
        if len(found) < ROWS:
            found += [(text, str(group)) for text in by_group[group][:most]]
    return found


def halves(rows: list[Row], pair: int, whole_groups: bool) -> tuple[list[Row], list[Row]]:
    """Two halves of the rows, or of the groups."""
    rng = np.random.default_rng(pair)
    if not whole_groups:
        order = rng.permutation(len(rows))
        return [rows[n] for n in order[::2]], [rows[n] for n in order[1::2]]
    groups = rng.permutation(sorted({group for _, group in rows}))
    first = set(groups[::2])
    return [row for row in rows if row[1] in first], [row for row in rows if row[1] not in first]


def audited(place: Path, rows: list[Row]) -> Result:
    """The audit of rows, with their groups as sources."""
    if not (place / "run" / "DONE").exists():
        place.mkdir(parents=True, exist_ok=True)
        path = place / "rows.jsonl"
        path.write_text("".join(json.dumps({"text": text, "source": group}) + "\n" for text, group in rows))
        autophagy.run(AuditSpec(paths=(str(path),), curators=list(CURATORS)), place / "run", workers=1)
    return autophagy.open(place / "run")


def curated(place: Path) -> Result:
    """The curation of the rows of an audit: what is kept and what goes."""
    if not (place / "curated" / "DONE").exists():
        spec = CurateSpec(paths=(str(place / "rows.jsonl"),), curators=list(CURATORS[:2]))
        autophagy.run(spec, place / "curated", workers=1)
    return autophagy.open(place / "curated")


def found_in(a: Result, b: Result) -> bool:
    """Whether diff finds anything."""
    return any(each.differs for each in diff(a, b).comparable.figures)


def row_by_row(a: Result, b: Result) -> bool:
    """Whether anything is found if each row is taken as drawn on its own."""
    mine, other = ({each.metric: each.score for each in run.scores()} for run in (a, b))
    shares = [[proportion(round(s.value * s.n), s.n) for s in (mine[name], other[name])] for name in mine]
    return bool(min(holm([of_figures(*two).p for two in shares])) < LEVEL)


def main(data: Path, pairs: int, folder: Path) -> None:
    """Print the table."""
    print("| corpus | groups | halves by | pairs | audits that differ | row by row | curations that differ |")
    for name in CORPORA:
        rows = corpus(name, data)
        groups = len({group for _, group in rows})
        for by in ("row", "group"):
            found = plain = dropped = 0
            for pair in range(pairs):
                sides = zip("ab", halves(rows, pair, by == "group"), strict=True)
                two = [audited(folder / f"{name}-{by}-{pair}{side}", half) for side, half in sides]
                found += found_in(*two)
                plain += row_by_row(*two)
                dropped += found_in(*(curated(folder / f"{name}-{by}-{pair}{side}") for side in "ab"))
            print(f"| {name} | {groups} | {by} | {pairs} | {found} | {plain} | {dropped} |", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        words = sys.argv[1:]
        main(Path(words[0]), int(words[1]) if words[1:] else 20, Path(words[2] if words[2:] else temporary))
