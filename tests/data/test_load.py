"""Data: names and paths to real rows, and one sentence for what cannot be read.

Run: pytest tests/test_data.py
"""

import gzip
import io
import json
import struct
import sys
import types

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats

from autophagy.core.errors import AutophagyError, DataError, UsageError
from autophagy.core.samples import Samples
from autophagy.data.densities import density
from autophagy.data.load import Density, RealRows, built_in, load


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def npy(x: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, x)
    return file.getvalue()


def npz(**arrays: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def idx(x: np.ndarray) -> bytes:
    code = {"u1": 8, "i1": 9, "i2": 11, "i4": 12, "f4": 13, "f8": 14}[x.dtype.str[1:]]
    sizes, numbers = struct.pack(f">{x.ndim}I", *x.shape), x.astype(x.dtype.newbyteorder(">"))
    return bytes([0, 0, code, x.ndim]) + sizes + numbers.tobytes()


def png(x: np.ndarray) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(x).save(file, "png")
    return file.getvalue()


@pytest.fixture
def table(tmp_path):
    """A function that writes bytes under a name and loads them."""

    def write_and_load(name: str, data: bytes | str) -> RealRows:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return load(str(path))

    return write_and_load


IMAGES = rng(1).integers(0, 256, (5, 4, 3), dtype=np.uint8)
LABELS = np.array([0, 1, 2, 1, 0], dtype=np.uint8)


# Built-in names


def test_digits_are_the_real_ones():
    digits = load("digits")
    assert isinstance(digits, RealRows)
    assert (digits.name, digits.kind, digits.unreadable) == ("digits", "image", 0)
    x = digits.samples.x
    assert (x.shape, x.dtype) == ((1797, 8, 8), np.float32)
    assert (x.min(), x.max()) == (0, 1)
    assert np.bincount(digits.samples.meta["label"]).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (digits.samples.generation == 0).all()


@pytest.mark.parametrize(
    "name",
    [
        "normal",
        "normal:d=10,mean=3.0,variance=0.25",
        "ring",
        "ring:modes=1,radius=2.0,sigma=0.5",
        "spiral",
        "spiral:turns=0.3,sigma=0.1",
        "rosenbrock",
        "rosenbrock:a=-2.0,b=0.5",
    ],
)
def test_a_density_draws_what_its_truth_says(name):
    # |z| < 4.5 on at most 11 figures a case, 8 cases: false alarm below 1e-3; the seed is fixed.
    law, n = load(name), 100_000
    assert isinstance(law, Density)
    assert (law.name, law.kind) == (name, "vector")
    x = law.draw(n, rng(1)).x
    mean, variance = law.truth
    assert mean.shape == x.shape[1:]
    assert (np.abs(x.mean(axis=0) - mean) * np.sqrt(n) / x.std(axis=0)).max() < 4.5
    squares = np.square(x - mean).sum(axis=1)
    assert abs(squares.mean() - variance) * np.sqrt(n) / squares.std() < 4.5


def test_the_rosenbrock_density_is_the_one_it_names():
    # If p ~ exp(-E), then E = (a-x)^2 + b (y-x^2)^2 is exponential: both terms are squares of standard normals / 2.
    # Kolmogorov-Smirnov p > 1e-4: false alarm 1e-4; the seed is fixed.
    x, y = load("rosenbrock:a=1.5,b=7.0").draw(20_000, rng(2)).x.T
    assert stats.kstest((1.5 - x) ** 2 + 7 * (y - x**2) ** 2, "expon").pvalue > 1e-4


def test_the_rows_of_the_ring_carry_their_mode():
    ring = load("ring")
    samples = ring.draw(4000, rng(3))
    gap = np.linalg.norm(samples.x - ring.distribution.centres[samples.meta["label"]], axis=1)
    assert (gap < 5.5 * ring.distribution.sigma).all()
    assert set(samples.meta["label"].tolist()) == set(range(8))


def test_densities_draw_the_same_from_the_same_stream():
    for name in ("normal", "ring", "spiral", "rosenbrock"):
        assert load(name).draw(50, rng(4)).digest() == load(name).draw(50, rng(4)).digest()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("digts", "did you mean 'digits'"),
        ("rnig", "did you mean 'ring'"),
        ("nothing-like-it", ", ".join(built_in())),
        ("normal:dd=3", "did you mean 'd'"),
        ("normal:d=x", "int"),
        ("normal:d=0", "at least 1"),
        ("normal:variance=-1", "above 0"),
        ("ring:sigma=1e999", "finite"),
        ("ring:modes=0", "at least 1"),
        ("spiral:turns=0", "above 0"),
        ("digits:size=3", "no settings"),
        ("normal:d", "setting=value"),
    ],
)
def test_wrong_words_are_wrong_use(name, says):
    with pytest.raises(UsageError, match=r"^[^\n]+\.$") as caught:
        load(name)
    assert says in str(caught.value)


# Arrays


def test_npz_with_labels(table):
    found = table("a.npz", npz(x=IMAGES, y=LABELS))
    np.testing.assert_allclose(found.samples.x, IMAGES / 255, rtol=1e-6)
    assert found.samples.x.dtype == np.float32
    assert found.samples.meta["label"].tolist() == LABELS.tolist()
    assert (found.kind, found.unreadable, found.notes) == ("image", 0, [])


def test_the_first_array_is_taken_where_none_is_named_x(table):
    found = table("a.npz", npz(points=np.eye(3), other=np.zeros(5)))
    np.testing.assert_array_equal(found.samples.x, np.eye(3))
    assert found.notes == ["The array points was read as the rows.", "Left out: other (other arrays)."]


def test_of_a_run_s_own_samples_only_real_rows_are_real(table):
    x = np.arange(8.0).reshape(4, 2)
    found = table("a.npz", npz(x=x, generation=np.array([0, 2, 0, 1]), source=np.array(["fixed"] * 4)))
    np.testing.assert_array_equal(found.samples.x, x[[0, 2]])
    assert found.unreadable == 0
    assert "2 rows were left out" in found.notes[0]


def test_rows_that_a_model_made_from_real_ones_stand_for_the_real_data_and_that_is_told(table):
    x = np.arange(8.0).reshape(4, 2)
    found = table("a.npz", npz(x=x, generation=np.array([1, 1, 1, 1]), source=np.array(["writer"] * 4)))
    np.testing.assert_array_equal(found.samples.x, x)
    assert found.notes == ["No row is of generation 0: a model made all 4 rows, and here they stand for the real data."]


@pytest.mark.parametrize("name", ["a.npy", "a.npy.gz", "lies.csv", "lies.txt", "noname"])
def test_what_a_file_holds_counts_and_not_its_name(table, name):
    data = npy(np.arange(6.0).reshape(3, 2))
    found = table(name, gzip.compress(data) if name.endswith("gz") else data)
    assert found.samples.x.tolist() == [[0, 1], [2, 3], [4, 5]]


@pytest.mark.parametrize("packed", [False, True])
def test_idx_with_the_labels_beside_it(table, tmp_path, packed):
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(idx(LABELS))
    data = idx(IMAGES)
    name = "train-images-idx3-ubyte"
    found = table(name + ".gz", gzip.compress(data)) if packed else table(name, data)
    np.testing.assert_allclose(found.samples.x, IMAGES / 255, rtol=1e-6)
    assert found.samples.meta["label"].tolist() == LABELS.tolist()


@pytest.mark.parametrize("dtype", ["u1", "i1", "i2", "i4", "f4", "f8"])
def test_idx_of_every_type(table, dtype):
    x = np.arange(12).reshape(4, 3).astype(dtype)
    np.testing.assert_array_equal(table("a.idx", idx(x)).samples.x, x)


@pytest.mark.parametrize(
    ("x", "expected", "noted"),
    [
        (IMAGES, IMAGES / 255, False),
        (IMAGES // 255, IMAGES // 255, False),
        (IMAGES > 100, IMAGES > 100, False),
        (IMAGES / 255, IMAGES / 255, False),
        ((IMAGES // 16).astype(np.int64), (IMAGES // 16) / (IMAGES // 16).max(), True),
        (IMAGES.astype(np.float64), IMAGES / IMAGES.max(), True),
        (np.where(IMAGES > 100, 3.0, -1.0), np.where(IMAGES > 100, 1.0, 0.0), True),
        (np.full((3, 2, 2), -2.0), np.zeros((3, 2, 2)), True),
    ],
    ids=["bytes", "binary bytes", "booleans", "unit floats", "16 levels", "large floats", "signed", "negative"],
)
def test_pixels_end_in_the_unit_interval(table, x, expected, noted):
    found = table("a.npy", npy(x))
    assert found.samples.x.dtype == np.float32
    np.testing.assert_allclose(found.samples.x, expected, atol=1e-6)
    assert any("Pixels ran from" in note for note in found.notes) == noted


def test_channels_come_last(table):
    x = rng(2).integers(0, 256, (5, 3, 8, 6), dtype=np.uint8)
    found = table("a.npy", npy(x))
    np.testing.assert_allclose(found.samples.x, np.moveaxis(x, 1, 3) / 255, rtol=1e-6)
    assert found.notes == ["The channels were moved to the last axis."]
    assert table("b.npy", npy(x[:, :1])).samples.x.shape == (5, 8, 6)


def test_rows_that_are_not_finite_are_set_aside_and_counted(table):
    x = np.ones((6, 2, 2))
    x[1, 0, 0], x[3, 1, 1], x[4, 0, 1] = np.nan, np.inf, 1e300
    found = table("a.npz", npz(x=x, label=np.arange(6)))
    assert (len(found.samples), found.unreadable) == (3, 3)
    assert (
        found.notes[0]
        == "3 of 6 rows were set aside for NaN, an infinity or a number beyond float32, the first in row 2: nan."
    )
    assert "0 = 0, 1 = 2, 2 = 5" in found.notes[1]  # the labels went with their rows


def test_labels_become_class_numbers(table):
    found = table("a.npz", npz(x=np.eye(4), label=np.array(["cat", "ant", "cat", "bee"])))
    assert found.samples.meta["label"].tolist() == [2, 0, 2, 1]
    assert found.notes == ["The 3 classes were numbered: 0 = ant, 1 = bee, 2 = cat."]


def test_labels_that_are_no_classes_are_left_out(table):
    found = table("a.npz", npz(x=np.eye(4), y=np.array([0.5, 0.1, 0.2, 0.3])))
    assert "label" not in found.samples.meta
    assert "labels were left out" in found.notes[0]


# Tables


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " "])
@pytest.mark.parametrize("header", [["width", "height", "class"], None])
def test_csv_with_any_delimiter_with_or_without_a_header(table, delimiter, header):
    rows = [["1", "2.5", "a"], ["3", "-4e1", "b"], ["5", "6", "a"], ["7", "8", "b"]]
    found = table("a.csv", "\n".join(delimiter.join(row) for row in ([header] if header else []) + rows) + "\n")
    assert found.samples.x.tolist() == [[1, 2.5], [3, -40], [5, 6], [7, 8]]
    assert found.samples.meta["label"].tolist() == [0, 1, 0, 1]
    assert found.unreadable == 0


def test_rows_of_a_csv_that_cannot_be_read_are_set_aside_and_counted(table):
    found = table("a.csv", "a,b\n1,2\n3,oops\n5,?\n7\n8,9,10\n11,nan\n12,inf\n\n13,14\n15,16\n17,18\n19,20\n")
    assert found.samples.x.tolist() == [[1, 2], [13, 14], [15, 16], [17, 18], [19, 20]]
    assert found.unreadable == 6
    assert found.notes == [
        "2 of 11 rows were set aside for too few or too many cells, the first in line 5: 7.",
        "4 of 11 rows were set aside for a cell that is missing or cannot be read, the first in line 3: b is 'oops'.",
    ]


def test_a_column_called_generation_alone_is_an_ordinary_one(table):
    found = table("a.csv", "generation,size\n1,2.5\n2,3.5\n2,4.5\n")
    assert found.samples.x.tolist() == [[1, 2.5], [2, 3.5], [2, 4.5]]


def test_columns_that_are_left_out_are_named(table):
    found = table("a.csv", "id,name,x,y,empty,class\n" + "".join(f"{i},n{i},{i},0.{i},,c{i % 2}\n" for i in range(9)))
    assert found.samples.x.shape == (9, 2)
    assert "Left out: id (numbers or names the rows), empty (holds nothing), name (words)." in found.notes
    assert "The label is class." in found.notes


def test_a_column_y_of_fractions_is_a_coordinate_and_no_label(table):
    found = table("a.csv", "x,y\n1,2.5\n3,4.5\n5,6.5\n")
    assert found.samples.x.shape == (3, 2)
    assert "label" not in found.samples.meta


def test_codes_that_look_like_an_exponent_are_words(table):
    found = table("a.csv", "a,b,grid\n" + "".join(f"{i},{i * 0.5},E{i % 3}\n" for i in range(12)))
    assert found.samples.x.shape == (12, 2)
    assert sorted(set(found.samples.meta["label"].tolist())) == [0, 1, 2]


def test_blanks_part_numbers_with_a_decimal_comma(table):
    found = table("a.csv", "0,50 1,25 north\n2,50 -3,75 south\n" * 4)
    assert found.samples.x[:2].tolist() == [[0.5, 1.25], [2.5, -3.75]]


def test_quoted_cells_and_a_byte_order_mark(table):
    found = table("a.csv", '\ufeff"a","b, or c"\n"1","2"\n"3","4"\n')
    assert found.samples.x.tolist() == [[1, 2], [3, 4]]


def test_numbers_that_turn_up_late_in_a_long_csv(table):
    # pyarrow guesses a column's type block by block: words after a megabyte of whole numbers must not break it.
    lines = ["1,2"] * 400_000 + ["word,2", "2.5,3"]
    found = table("a.csv", "\n".join(lines))
    assert (len(found.samples), found.unreadable) == (400_001, 1)


def test_parquet_that_samples_wrote(tmp_path):
    x = rng(3).random((6, 4, 3), dtype=np.float32)
    Samples.of(x, label=np.arange(6) % 2).to_parquet(tmp_path / "a.parquet")
    found = load(str(tmp_path / "a.parquet"))
    np.testing.assert_array_equal(found.samples.x, x)
    assert found.samples.meta["label"].tolist() == [0, 1] * 3


def test_parquet_of_columns_and_of_hub_images(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"a": [1, 2, None], "b": [0.5, 1.5, 2.5]}), tmp_path / "a.parquet")
    found = load(str(tmp_path / "a.parquet"))
    assert (found.samples.x.tolist(), found.unreadable) == ([[1, 0.5], [2, 1.5]], 1)
    cells = [{"bytes": png(image), "path": None} for image in IMAGES] + [{"bytes": b"no image", "path": None}]
    pq.write_table(pa.table({"image": cells, "label": [0, 1, 2, 1, 0, 0]}), tmp_path / "b.parquet")
    found = load(str(tmp_path / "b.parquet"))
    np.testing.assert_allclose(found.samples.x, IMAGES / 255, rtol=1e-6)
    assert (found.samples.meta["label"].tolist(), found.unreadable) == (LABELS.tolist(), 1)


def test_jsonl_of_arrays_numbers_and_texts(table):
    lines = [json.dumps({"x": row.tolist(), "label": int(label)}) for row, label in zip(IMAGES, LABELS, strict=True)]
    found = table("a.jsonl", "\n".join([*lines, "not json", "[1]", json.dumps({"x": [1, 2], "label": 1})]))
    np.testing.assert_allclose(found.samples.x, IMAGES / IMAGES.max(), rtol=1e-6)
    assert found.unreadable == 3
    found = table("b.jsonl.gz", gzip.compress(b'{"u": 1, "v": 2.5}\n{"u": 3}\n{"u": 5, "v": 6}\n{"v": 1, "u": 2}\n'))
    assert (found.samples.x.tolist(), found.unreadable) == ([[1, 2.5], [5, 6], [2, 1]], 1)
    found = table("c.jsonl", '{"text": "one", "n": 1}\n{"text": "two", "n": 2}\n{"text": " ", "n": 3}\n')
    assert (found.kind, found.samples.x.tolist(), found.unreadable) == ("text", ["one", "two"], 1)


def test_without_numbers_the_longest_column_of_texts_is_read_and_named(table):
    found = table("a.jsonl", '{"q": "a?", "a": "a long answer"}\n{"q": "b?", "a": "another answer"}\n')
    assert found.samples.x.tolist() == ["a long answer", "another answer"]
    assert "The texts are in the column a." in found.notes


# Texts


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("one\ntwo\nthree\n", ["one", "two", "three"]),
        ("one\nmore\n\ntwo\n \n\r\n\nthree", ["one\nmore", "two", "three"]),
        ("a\n\nb\n<|endoftext|>\nc\n<|endoftext|>", ["a\n\nb", "c"]),
        ("\ufeffgrüße\r\nzwei\r\n", ["grüße", "zwei"]),
    ],
    ids=["lines", "paragraphs", "marked", "mark and umlaut"],
)
def test_documents_of_a_text_file(table, data, expected):
    found = table("a.txt", data)
    assert (found.kind, found.samples.x.tolist()) == ("text", expected)
    assert found.notes[0].startswith("One document is")


def test_documents_that_are_not_utf_8_are_set_aside(table):
    found = table("a.txt", b"good\nb\xffd\nfine\n")
    assert (found.samples.x.tolist(), found.unreadable) == (["good", "fine"], 1)


# Folders


def test_a_folder_of_images_of_one_size(tmp_path):
    for i, image in enumerate(IMAGES):
        (tmp_path / f"{i}.png").write_bytes(png(image))
    (tmp_path / "odd.png").write_bytes(png(np.zeros((2, 2), np.uint8)))
    (tmp_path / "broken.png").write_bytes(png(IMAGES[0])[:40])
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "README.md").write_text("not an image")
    found = load(str(tmp_path))
    np.testing.assert_allclose(found.samples.x, IMAGES / 255, rtol=1e-6)
    assert (found.kind, found.unreadable) == ("image", 3)
    assert found.notes == [
        "2 of 8 image files were set aside: broken.png (is cut off or damaged), empty.jpg (is empty).",
        "1 of 6 images was set aside for not being 3 x 4 pixels: odd.png (2 x 2).",
        "1 of 9 files was left out as no image: README.md.",
    ]


def test_a_folder_a_class(tmp_path):
    for i, image in enumerate(IMAGES[:4]):
        (tmp_path / "ab"[i % 2]).mkdir(exist_ok=True)
        (tmp_path / "ab"[i % 2] / f"{i}.png").write_bytes(png(image))
    found = load(str(tmp_path))
    assert found.samples.meta["label"].tolist() == [0, 0, 1, 1]
    np.testing.assert_allclose(found.samples.x, IMAGES[[0, 2, 1, 3]] / 255, rtol=1e-6)


def test_grey_images_among_coloured_ones_take_three_channels(tmp_path):
    (tmp_path / "a.png").write_bytes(png(IMAGES[0]))
    (tmp_path / "b.png").write_bytes(png(np.stack([IMAGES[1]] * 3, axis=2)))
    found = load(str(tmp_path))
    assert found.samples.x.shape == (2, 4, 3, 3)
    told = "1 of 2 images was in colour, so that the 1 in grey took three equal channels: b.png."
    assert found.notes == [told]


def test_a_folder_of_texts_and_one_of_idx_files(tmp_path):
    texts, arrays = tmp_path / "texts", tmp_path / "arrays"
    texts.mkdir()
    arrays.mkdir()
    for name, data in {"a.txt": b"one\n\nstill one", "b.md": b"two", "c.txt": b"", "d.txt": b"\xff"}.items():
        (texts / name).write_bytes(data)
    found = load(str(texts))
    assert (found.samples.x.tolist(), found.unreadable) == (["one\n\nstill one", "two"], 2)
    (arrays / "t10k-images-idx3-ubyte").write_bytes(idx(IMAGES[:2]))
    (arrays / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx(IMAGES)))
    (arrays / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(LABELS)))
    found = load(str(arrays))
    assert (found.samples.x.shape, found.samples.meta["label"].tolist()) == ((5, 4, 3), LABELS.tolist())
    assert found.notes == [
        "Of the folder, train-images-idx3-ubyte.gz was read; left out: t10k-images-idx3-ubyte.",
        *found.notes[1:],
    ]


def test_of_an_archive_of_arrays_what_is_left_out_is_told(tmp_path):
    np.savez(tmp_path / "a.npz", x_train=IMAGES, y_train=LABELS, x_test=IMAGES[:2], y_test=LABELS[:2])
    found = load(str(tmp_path / "a.npz"))
    assert found.samples.x.shape == (5, 4, 3)
    assert "Left out: x_test, y_test (other arrays)." in found.notes
    np.savez(tmp_path / "b.npz", x=IMAGES, label=LABELS)
    assert not load(str(tmp_path / "b.npz")).notes


# What cannot be used

OBJECTS = npy(np.array([{"a": 1}, None], dtype=object))
BROKEN = {
    "empty.csv": b"",
    "blank.csv": b"\n \n",
    "header.csv": b"a,b\n",
    "one.csv": b"a,b\n1,2\n",
    "words.csv": b"a,b\n,\n,\n",
    "ragged.csv": b"1,2\n3\n4,5,6\n7\n",
    "binary.csv": bytes(range(256)) * 4,
    "quote.csv": b'a,b\n"1,2\n3,4\n',
    "empty.npz": b"",
    "cut.npz": npz(x=np.ones((50, 50)))[:300],
    "none.npz": npz(),
    "objects.npz": npz(x=np.array([{"a": 1}, None], dtype=object)),
    "labels.npz": npz(x=np.eye(3), y=np.arange(4)),
    "scalar.npz": npz(x=np.float64(3)),
    "scalars.npz": npz(x=np.float64(3), y=np.float64(3)),
    "generation.npz": npz(x=np.eye(3), generation=np.array([1, 2, 3]), source=np.array(["a"] * 3)),
    "generations.npz": npz(x=np.eye(3), generation=np.array([0, 0]), source=np.array(["a"] * 3)),
    "archive.npz": b"PK\x03\x04" + b"\0" * 50,
    "cut.npy": npy(np.ones((50, 50)))[:400],
    "header.npy": npy(np.ones(3))[:20],
    "objects.npy": OBJECTS,
    "huge.npy": npy(np.ones((3, 2))).replace(b"(3, 2)", b"(9**9,"),
    "large.npy": npy(np.ones((30000, 2)))[:128].replace(b"30000", b"99999"),
    "complex.npy": npy(np.ones((3, 2), complex)),
    "dates.npy": npy(np.array(["2020-01-01", "2020-01-02"], "M8[D]")),
    "five.npy": npy(np.zeros((2, 2, 2, 2, 2))),
    "channels.npy": npy(np.zeros((2, 9, 9, 9))),
    "flat.npy": npy(np.zeros((3, 0))),
    "none.npy": npy(np.zeros((0, 4))),
    "one.npy": npy(np.zeros((1, 4))),
    "nan.npy": npy(np.full((5, 2, 2), np.nan)),
    "cut.npy.gz": gzip.compress(npy(np.ones((50, 50))))[:60],
    "damaged.npy.gz": b"\x1f\x8b\x08\x00" + b"junk" * 9,
    "not.npy": b"hello",
    "not.parquet": b"hello",
    "cut.parquet": b"PAR1 and no more",
    "train-images-idx3-ubyte": idx(IMAGES)[:-3],
    "magic-images-idx3-ubyte": b"\1\2\3\4" * 20,
    "more-images-idx3-ubyte": idx(IMAGES) + b"\0",
    "vast-images-idx3-ubyte": bytes([0, 0, 8, 3]) + b"\xff" * 12,
    "labels-idx1-ubyte": idx(LABELS),
    "one.png": png(IMAGES[0]),
    "empty.jsonl": b"\n\n",
    "not.jsonl": b"hello\n[1, 2]\n",
    "cut.jsonl": b'{"a": 1',
    "deep.jsonl": b"[" * 100_000,
    "lists.jsonl": b'{"x": []}\n{"x": [[1], 2]}\n',
    "one.txt": b"one line",
    "unknown.bin": b"\7\0\1\2" * 9,
    "unknown": b"\xff\xfe\0\0",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_used_is_one_sentence_that_names_the_file(table, tmp_path, name):
    with pytest.raises(DataError, match=r"^[^\n]+\.$") as caught:
        table(name, BROKEN[name])
    assert name in str(caught.value)


def test_labels_of_another_count_are_refused(table, tmp_path):
    (tmp_path / "a-labels-idx1-ubyte").write_bytes(idx(LABELS[:3]))
    with pytest.raises(DataError, match="one entry a row"):
        table("a-images-idx3-ubyte", idx(IMAGES))


@pytest.mark.parametrize("name", ["/no/such/file.csv", "no-such.npz", "a\0b.csv", "x" * 5000 + ".csv", "", "./digits"])
def test_a_missing_file_is_one_sentence(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match="no file or folder"):
        load(name) if name else load(str(tmp_path / "gone"))


@pytest.mark.parametrize("files", [{}, {"a.xyz": b"?"}, {"a.png": b"no image"}, {"a.txt": b""}])
def test_a_folder_without_rows_is_one_sentence(tmp_path, files):
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match=r"^[^\n]+\.$"):
        load(str(tmp_path))


SEEDS = [npz(x=IMAGES, y=LABELS), npy(IMAGES), idx(IMAGES), b"a,b\n1,2\n3,4\n5,6\n", b'{"x": [1, 2]}\n{"x": [3, 4]}\n']


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.sampled_from(SEEDS),
    suffix=st.sampled_from([".npz", ".npy", "-idx3-ubyte", ".csv", ".jsonl", ".parquet", ".txt", ""]),
    at=st.floats(0, 1),
    noise=st.binary(max_size=8),
    cut=st.booleans(),
)
def test_a_damaged_file_gives_rows_or_one_sentence(tmp_path, data, suffix, at, noise, cut):
    place = int(at * len(data))
    path = tmp_path / f"damaged{suffix}"
    path.write_bytes(data[:place] + noise + (b"" if cut else data[place + len(noise) :]))
    found, sentence = None, ""
    try:
        found = load(str(path))
    except AutophagyError as error:
        sentence = str(error)
    assert "\n" not in sentence
    assert found is None or len(found.samples) >= 2
    assert found is None or found.kind == "text" or np.isfinite(found.samples.x).all()


# The hub


def test_a_hub_id_without_the_package_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(DataError, match="pip install datasets"):
        load("ylecun/mnist")


def test_a_hub_id_is_read_through_the_package(monkeypatch):
    import pyarrow as pa

    class Split:
        def with_format(self, kind: str) -> dict:
            assert kind == "arrow"
            return self

        def __getitem__(self, rows: slice) -> pa.Table:
            return pa.table({"x": [[1.0, 2.0], [3.0, 4.0]], "label": [0, 1]})

    def load_dataset(name: str, split: str) -> Split:
        if name != "owner/name":
            raise FileNotFoundError(f"no {name}\non the hub")
        return Split()

    fake = types.ModuleType("datasets")
    fake.load_dataset = load_dataset
    fake.__spec__ = types.SimpleNamespace(name="datasets")
    monkeypatch.setitem(sys.modules, "datasets", fake)
    found = load("owner/name")
    assert found.samples.x.tolist() == [[1, 2], [3, 4]]
    with pytest.raises(DataError, match=r"^other/name cannot be loaded from the hub \(no other/name on the hub\)"):
        load("other/name")


# Real files, where they are


@pytest.mark.parametrize(
    ("name", "shape", "classes", "unreadable"),
    [
        ("mnist", (60000, 28, 28), 10, 0),
        ("mnist/t10k-images-idx3-ubyte.gz", (10000, 28, 28), 10, 0),
        ("tabular-uci/abalone.csv", (4177, 8), None, 0),
        ("tabular-uci/banknote_authentication.csv", (1372, 5), None, 0),
        ("tabular-uci/pima-indians-diabetes.csv", (768, 9), None, 0),
        ("tabular-uci/winequality-red.csv", (1599, 12), None, 0),
        ("tabular-uci/winequality-white.csv.gz", (4898, 12), None, 0),
        ("tabular-uci/adult-train.csv.gz", (32561, 6), 2, 0),
        ("tabular-uci/mammography.csv.gz", (11183, 6), 2, 0),
        ("tabular-uci/Telco-Customer-Churn.csv.gz", (7032, 4), 2, 11),
        ("tinystories-sample/tinystories_sample.txt.gz", (2317,), None, 0),
        ("wikitext-2-valid-test/valid.txt.gz", (60,), None, 0),
        ("gsm8k/train.jsonl.gz", (7473,), None, 0),
        ("chunking-eval/corpora", (5,), None, 0),
    ],
)
def test_real_files(real_data, name, shape, classes, unreadable):
    found = load(str(real_data(name)))
    assert found.samples.x.shape == shape
    label = found.samples.meta.get("label")
    assert (None if label is None else len(np.unique(label))) == classes
    assert found.unreadable == unreadable
    if found.kind == "image":
        assert found.samples.x.dtype == np.float32
        assert (found.samples.x.min(), found.samples.x.max()) == (0, 1)


def test_a_density_built_by_hand_has_its_settings_in_its_name():
    assert density("normal", {"d": 3}).name == "normal:d=3"


@pytest.mark.parametrize(
    "line", ["{:.18e} {:.18e}", "{:.3f}\t{:.3f}", "  {:8.4f}   {:8.4f}", "{:.3f};{:.3f}", "{:.2f},{:.2f}"]
)
def test_a_text_of_numbers_alone_is_a_table(line, tmp_path):
    path = tmp_path / "numbers.txt"
    truth = np.random.default_rng(0).standard_normal((30, 2))
    path.write_text("# saved by a program\n" + "".join(f"{line.format(*row)}\n" for row in truth))
    found = load(str(path))
    assert found.kind == "vector"
    np.testing.assert_allclose(found.samples.x, truth, atol=0.006)
    assert found.notes[0] == "It was read as a table, since its lines hold numbers alone."


R = '"x" "y" "group"\n' + "".join(f'"{i}" {i / 10} {-i / 20} "{"ab"[i % 2]}"\n' for i in range(1, 31))
FIXED = "      x       y\n" + "".join(f"{i / 10:7.3f} {-i / 20:7.3f}\n" for i in range(1, 31))
TABBED = "x\ty\n" + "".join(f"{i / 10}\t{-i / 20}\n" for i in range(1, 31))


@pytest.mark.parametrize("text", [R, FIXED, TABBED])
def test_a_text_of_numbers_below_a_line_of_names_is_a_table(text, tmp_path):
    path = tmp_path / "table.txt"
    path.write_text(text)
    found = load(str(path))
    np.testing.assert_allclose(found.samples.x, [[i / 10, -i / 20] for i in range(1, 31)])
    assert found.notes[0] == "It was read as a table, since its lines hold numbers below a line of names."


@pytest.mark.parametrize("text", ['He said\n"no" 1\n"yes" 2\n', "Scores\n1\n2\n3\n", "one two\n1 2\n"])
def test_a_text_with_a_heading_over_few_numbers_stays_a_text(text, tmp_path):
    path = tmp_path / "words.txt"
    path.write_text(text)
    assert load(str(path)).kind == "text"


def test_a_title_that_a_spreadsheet_filled_up_with_empty_cells_is_passed_over(tmp_path):
    path = tmp_path / "sales.csv"
    rows = "".join(f"{i / 7:.2f},{-i - 0.5},{i * i + 0.1}\n" for i in range(9))
    path.write_text(f"Report of sales,,\nMade in 2024,,\n,,\nx,y,z\n{rows}")
    found = load(str(path))
    np.testing.assert_allclose(found.samples.x, [[round(i / 7, 2), -i - 0.5, i * i + 0.1] for i in range(9)])
    assert found.notes == ["3 lines were passed over as a title, the first is line 1: Report of sales,,."]


def test_rows_with_gaps_at_the_top_are_no_title(tmp_path):
    path = tmp_path / "gaps.csv"
    path.write_text("x,y,z\n1.5,,\n2.5,,\n" + "".join(f"{i / 7:.2f},{-i - 0.5},{i * i + 0.1}\n" for i in range(9)))
    assert "title" not in " ".join(load(str(path)).notes)
    path.write_text("1.5,,\n" + "".join(f"{i / 7:.2f},{-i - 0.5},{i * i + 0.1}\n" for i in range(9)))
    assert "title" not in " ".join(load(str(path)).notes)


@pytest.mark.parametrize("text", ["1 2\n3 4\nfive six\n" * 5, "1\n2 3\n" * 5, "chapter 1\nchapter 2\n" * 5])
def test_a_text_with_words_or_ragged_lines_stays_a_text(text, tmp_path):
    path = tmp_path / "words.txt"
    path.write_text(text)
    assert load(str(path)).kind == "text"


def test_an_empty_cell_between_marks_of_two_characters(tmp_path):
    path = tmp_path / "movies.dat"
    rows = "".join(f"{place}::{'' if place == 3 else place / 10}::{place * 2}\n" for place in range(20))
    path.write_text(f"row::a::b\n{rows}")
    found = load(str(path))
    assert found.kind == "vector"
    assert found.samples.x.shape[0] == 19
    assert found.unreadable == 1
