import json

import pandas as pd
import pytest

import autophagy
from autophagy.cli.main import main
from autophagy.core.errors import AutophagyError, RecordError

BEFORE = [
    {"prompt": f"Is {n} even?", "answer": gold, "expected": gold}
    for n in range(40)
    for gold in ("yes", "no")[n % 2 :][:1]
]
AFTER = [{**row, "answer": "no"} for row in BEFORE]


@pytest.mark.parametrize("kind", [list, pd.DataFrame])
def test_lists_and_frames_go_in(kind):
    found = autophagy.drift(kind(BEFORE), kind(AFTER))
    (task,) = found.tasks
    assert (task["before"]["value"], task["after"]["value"], task["down"]) == (1.0, 0.5, 20)
    assert "does not answer as it did" in found.verdict[0]


def test_answers_that_can_be_read_in_no_format_are_told_apart_from_wrong_ones():
    before = [{"prompt": f"{n}: A) red B) green?", "answer": "ANSWER: B", "expected": "B"} for n in range(40)]
    lost = [{**row, "answer": "It depends on the light." if n % 2 else ""} for n, row in enumerate(before)]
    wrong = [{**row, "answer": "ANSWER: A"} for row in before]
    unread = "; 0 answers before and 40 after can be read in no format"
    assert unread in " ".join(autophagy.drift(before, lost).verdict)
    assert "can be read in no format" not in " ".join(autophagy.drift(before, wrong).verdict)


def test_a_log_of_two_models_goes_in_alone():
    rows = [{**row, "model": name} for name, rows in (("m-0301", BEFORE), ("m-0613", AFTER)) for row in rows]
    assert autophagy.drift(rows).pairs == [("m-0301", "m-0613")]


def test_the_same_answers_give_the_same_document(tmp_path):
    for name in ("a", "b"):
        autophagy.drift(BEFORE, AFTER, out=tmp_path / name)
    assert (tmp_path / "a" / "drift.json").read_bytes() == (tmp_path / "b" / "drift.json").read_bytes()


def test_a_recorded_comparison_opens_again(tmp_path):
    found = autophagy.drift(BEFORE, AFTER, out=tmp_path / "run")
    again = autophagy.open(tmp_path / "run")
    assert again.verdict == found.verdict
    assert again.headline_score == found.headline_score
    assert set(again.summary()["metric"]) == {"strict", "lenient", "refused"}
    assert len(list(again.flips())) == 20
    again.save(tmp_path / "right.svg")


def test_rows_of_the_frame_are_the_rates_of_both_sides():
    frame = autophagy.drift(BEFORE, AFTER).frame()
    strict = frame[frame.metric == "strict"].set_index("side").value
    assert (strict["before"], strict["after"]) == (1.0, 0.5)


def test_a_damaged_record_is_a_sentence(tmp_path):
    autophagy.drift(BEFORE, AFTER, out=tmp_path / "run")
    path = tmp_path / "run" / "drift.json"
    path.write_text(json.dumps({"tasks": []}), encoding="utf-8")
    with pytest.raises(AutophagyError, match=r"lacks alone, notes"):
        autophagy.open(tmp_path / "run").verdict  # noqa: B018


def test_wrong_settings_are_sentences():
    for settings, words in (
        ({"tolerance": 2}, "below 1"),
        ({"rules": ["exakt"]}, "exact"),
        ({"from_model": "x"}, "model"),
    ):
        with pytest.raises(AutophagyError, match=words):
            autophagy.drift(BEFORE, AFTER, **settings)


@pytest.mark.parametrize("name", ["flips.jsonl", "judged.jsonl"])
def test_a_line_without_its_fields_is_a_sentence(tmp_path, name):
    from autophagy.drift.record import DriftRecord

    (tmp_path / name).write_text('{"prompt": "a"}\n')
    record = DriftRecord(tmp_path)
    with pytest.raises(RecordError, match=f"{name} line 1 lacks .*: compare the logs once more"):
        list(record.flips() if name == "flips.jsonl" else record.judged())


def test_prompts_of_a_cluster_count_as_one_source(tmp_path, capsys):
    """After fixest 438: of two clusters one got worse, which is no evidence beyond chance."""
    for name, wrong in (("before", 0), ("after", 20)):
        rows = [
            {
                "prompt": f"What is {i} + 1?",
                "expected": str(i + 1),
                "response": str(i + 1 + (i < wrong)),
                "cluster": i // 40,
            }
            for i in range(80)
        ]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    files = [str(tmp_path / f"{name}.jsonl") for name in ("before", "after")]
    assert main(["drift", *files, "--json", "--out", str(tmp_path / "run")]) == 0
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    (task,) = document["tasks"]
    assert (task["prompts"], task["sources"]) == (80, 2)
    assert not task["seen"]["lenient"]
    assert "80 prompts of 2 sources cannot show any change" in str(document["verdict"])
    assert "the column 'cluster' was read as the source that prompts share of 80 rows" in printed.err


def test_prompts_that_one_side_lacks_are_told():
    found = autophagy.drift(BEFORE, [*AFTER[:10], {**AFTER[0], "prompt": "Is 99 even?"}])
    assert "Prompts: 30 prompts asked before alone, so not compared." in found.verdict
    assert "Prompts: 1 prompt asked after alone, so not compared." in found.verdict
