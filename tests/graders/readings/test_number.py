"""The reading of numbers: 5,276 recorded solutions that people marked, and one form for every way of writing one."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.questions import Answer, Question
from autophagy.graders.numeric import same_number
from autophagy.graders.readings.number import number
from autophagy.statistics.significance import mcnemar

ASKED = Question("q", "How many?")
MODELS = [f"{size}_{way}" for size in ("6b", "175b") for way in ("finetuning", "verification")]


def read(text, lenient=True):
    return number(ASKED, Answer("q", text), lenient=lenient)


@pytest.fixture(scope="module")
def marks():
    """Model -> whether each of its solutions ends in the number of the worked one, and the marks of the data set."""
    from conftest import DATA

    path = DATA / "gsm8k" / "example_model_solutions.jsonl.gz"
    if not path.exists():
        pytest.skip("the recorded solutions of GSM8K are not here: set AUTOPHAGY_DATA to the folder that holds them")
    rows = list(map(json.loads, gzip.decompress(path.read_bytes()).splitlines()))
    golds = [read(row["ground_truth"]) for row in rows]
    ours = {
        model: [read(row[model]["solution"]) == gold for row, gold in zip(rows, golds, strict=True)] for model in MODELS
    }
    return ours, {model: [row[model]["is_correct"] for row in rows] for model in MODELS}


def test_every_recorded_solution_of_gsm8k_is_read_as_it_was_marked(marks):
    ours, theirs = marks
    assert sum(map(len, ours.values())) == 5276
    assert ours == theirs


def test_the_published_models_of_gsm8k_compare_as_they_were_found_to(marks):
    """Cobbe et al. (2021): a verifier is worth more than thirty times the size."""
    ours, _ = marks
    assert {model: sum(right) for model, right in ours.items()} == dict(zip(MODELS, (286, 515, 458, 742), strict=True))
    assert sum(map(any, zip(*ours.values(), strict=True))) == 887
    small, verified, large, best = ours.values()
    assert mcnemar(verified, small) == (293, 64, pytest.approx(3.9e-36, rel=0.02))
    assert mcnemar(best, large) == (360, 76, pytest.approx(2.9e-45, rel=0.02))
    assert mcnemar(large, verified) == (152, 209, pytest.approx(0.00315, abs=5e-6))


@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        ("So she has 18 left.\n#### 18", "18", "18"),
        ("#### $1,250.50 a day", "1250.5", "1250.5"),
        ("#### 18\nor perhaps 20", "18", "18"),
        ("#### Step 1\nAdd 2 and 3.", None, "3"),
        ("####\n18", "18", "18"),
        ("####18", "18", "18"),
        ("It is 18.", None, "18"),
        ("It is **18**.", None, "18"),
        ("It costs $-5.", None, "-5"),
        ("5 - 3", None, "3"),
        ("- 5", None, "5"),
        ("−5 °C", None, "-5"),
        ("-0", None, "0"),
        ("about 1.8 billion", None, "1800000000"),
        (r"\$1{,}000", None, "1000"),
        (r"$2\,500$", None, "2500"),
        ("007", None, "7"),
        ("1e3", None, "1000"),
        ("123456789012345678901234567890.125", None, "123456789012345678901234567890.125"),
        ("12345678901234567890123456789 billion", None, "12345678901234567890123456789000000000"),
        ("5km", None, "5"),
        ("8: 1² + 12² + 3.5²", None, "8"),
        ("1e9999999", None, "1e9999999"),
        ("GPT4", None, None),
        ("no number", None, None),
        ("####", None, None),
    ],
)
def test_what_is_read(text, strict, lenient):
    assert (read(text, lenient=False), read(text)) == (strict, lenient)


@given(st.decimals(-(10**12), 10**12, places=3), st.sampled_from(["{}", "{:,}", "${:,}", "#### {}", "so {:.5f}."]))
def test_one_number_is_read_alike_however_it_is_written(value, form):
    """What is read differs only where the number does, and the grader of numbers agrees."""
    text = form.format(value).replace("$-", "-$")
    assert read(text) == read(str(value)) != read(str(value + 1))
    assert same_number(text, [read(text)]) == 1


@given(st.text())
def test_what_is_read_strictly_is_read_leniently_too(text):
    assert read(text, lenient=False) in (None, read(text))
