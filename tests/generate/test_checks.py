import pytest

from autophagy.core.recipe import PoolRow
from autophagy.generate.checks import Checks, fault
from autophagy.generate.made import MadeRow


def made(*texts):
    return [
        MadeRow(PoolRow(f"{n}/1", text, "", "An answer.", True), "alpaca", str(n), ()) for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (PoolRow("a", "Name a river.", "", "Rhine"), ""),
        (PoolRow("a", " ", "", ""), "empty"),
        (PoolRow("a", "Say it.<|im_end|>", "", "x"), "template tokens"),
        (PoolRow("a", "[INST] Say it. [/INST]", "", "x"), "template tokens"),
        (PoolRow("a", "Say it.", "", "same\n" * 40), "one line again and again"),
        (PoolRow("a", "Say it.", "", "Say it. "), "output is the instruction"),
    ],
)
def test_faults_of_a_row_by_itself(row, reason):
    assert fault(row) == reason


def test_rows_are_held_against_seeds_and_against_each_other():
    seeds = [PoolRow("s", "Name three rivers of Europe today.")]
    found = Checks(seeds, 0.7)(
        made("Name three rivers of Europe now.", "Sort a deck of cards.", "Sort a deck of cards!")
    )
    assert [reason for reason, *_ in found] == ["not new", "", "not new"]
    assert [nearest for *_, nearest in found] == ["s", found[1][2], "1/1"]


def test_rows_of_an_earlier_batch_are_remembered():
    checks = Checks([], 0.7)
    assert [reason for reason, *_ in checks(made("Sort a deck of cards."))] == [""]
    assert [reason for reason, *_ in checks(made("Sort a deck of cards, please."))] == ["not new"]


def test_rows_that_hold_an_evaluation_item_are_dropped_with_its_curator_as_the_reason(tmp_path):
    item = "Which of these three old harbours was the first to be lit by gas lamps in winter"
    (tmp_path / "test.txt").write_text(item + "\n", encoding="utf-8")
    checks = Checks([], 0.7, against=[str(tmp_path / "test.txt")])
    found = checks(made(f"Answer quickly: {item}?", "Draw a plan of a garden."))
    assert [reason for reason, *_ in found] == ["contamination", ""]
