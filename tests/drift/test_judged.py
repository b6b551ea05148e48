import csv
import json

import pytest

from autophagy.answering.language_model import Completion
from autophagy.cli.main import main
from autophagy.drift.judged import bench
from autophagy.drift.labelled import _own
from drifting import log, said
from provider import served


class Judge:
    """Calls an answer correct where the accepted one stands in it; odd ones by their place, or not at all."""

    name = "judge"

    def __init__(self):
        self.prompts = []

    def complete(self, prompts, *, max_tokens=0, temperature=0.0, seed=None):
        self.prompts += prompts
        return [Completion(self.say(prompt)) for prompt in prompts]

    def say(self, prompt):
        first, second = prompt.index("<candidate>"), prompt.index("<reference>")
        answer = prompt.partition("<candidate>\n")[2].partition("\n</candidate>")[0]
        if answer == "first":
            return "Verdict: CORRECT" if first < second else "Verdict: INCORRECT"
        return "Hm." if answer == "odd" else f"Verdict: {'CORRECT' if 'yes' in answer else 'INCORRECT'}"


def test_equal_answers_are_judged_once_and_each_in_both_orders():
    judge = Judge()
    found = bench([log([said("yes", 1), said("yes", 1, sample=1), said("no", 1, sample=2)])], judge, ["m"])
    assert len(judge.prompts) == 4 == found.asked
    assert [row.marks["judge"] for row in found.marked(log([said("yes", 1), said("no", 1)])).rows] == [1.0, 0.0]


def test_a_judge_that_looks_at_the_place_is_not_consistent_and_gives_halves():
    found = bench([log([said("first", n) for n in range(4)])], Judge(), ["m"])
    assert found.consistency.value == 0
    assert found.marked(log([said("first", 1)])).rows[0].marks["judge"] == 0.5


def test_replies_without_a_verdict_are_counted_and_no_mark():
    found = bench([log([said("odd", 1), said("yes", 2), said("", 3, error="503")])], Judge(), ["m"])
    assert (found.asked, found.failures) == (4, 2)
    marks = [row.marks.get("judge") for row in found.marked(log([said("odd", 1), said("yes", 2)])).rows]
    assert marks[0] != marks[0]
    assert marks[1] == 1.0


def test_an_answer_that_was_cut_is_not_sent_and_has_no_mark_of_an_equal_one_that_was_not():
    judge = Judge()
    answers = log([said("no", 1), said("no", 1, sample=1, stop="length")])
    found = bench([answers], judge, ["m"])
    assert (found.asked, found.cut, found.json()["cut"]) == (2, 1, 1)
    assert [row.marks.get("judge") for row in found.marked(answers).rows] == [0.0, None]
    sides = [line["side"] for line in found.lines([answers, answers], ("m", "m"))]
    assert sides == ["before", "after"], "a sheet for people holds whole answers alone"


def test_the_command_line_compares_by_a_judge_and_says_how_it_fared(tmp_path, capsys):
    for name, answer in (("before", "Surely yes"), ("after", "Surely not")):
        rows = [json.dumps({"prompt": f"Is {n} so?", "answer": answer, "expected": "affirmative"}) for n in range(20)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    judge = Judge()
    script = lambda handler, request, count: handler.say(judge.say(request["messages"][-1]["content"]))  # noqa: E731
    with served(script) as server:
        words = ["drift", str(tmp_path / "before.jsonl"), str(tmp_path / "after.jsonl"), "--out", str(tmp_path / "run")]
        words += ["--judge", "judge", "--judge-url", f"http://127.0.0.1:{server.server_port}/v1", "--json"]
        assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    (task,) = found["tasks"]
    assert (task["before"]["value"], task["after"]["value"], task["down"]) == (1.0, 0.0, 20)
    assert found["judge"]["asked"] == 80
    assert found["verdict"][-1] == "The judge judge gives the same verdict in both orders for 100.0 % of the answers."


def test_a_judge_whose_account_is_spent_is_asked_for_the_rest_alone(tmp_path, capsys):
    for name in ("before", "after"):
        rows = [json.dumps({"prompt": f"Is {n} so?", "answer": name, "expected": "affirmative"}) for n in range(10)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(rows), encoding="utf-8")

    def script(handler, request, count):
        if server.asked.total() == 25:
            handler.send({"error": {"message": "no credits", "code": "insufficient_quota"}}, 429)
        else:
            handler.say("Verdict: CORRECT")

    with served(script) as server:
        words = ["drift", str(tmp_path / "before.jsonl"), str(tmp_path / "after.jsonl"), "--out", str(tmp_path / "run")]
        words += ["--judge", "judge", "--judge-url", f"http://127.0.0.1:{server.server_port}/v1", "--json"]
        assert main(words) == 2
        assert "is spent" in capsys.readouterr().err
        came = len((tmp_path / "run" / "asked.jsonl").read_text().splitlines())
        asked = server.asked.total()
        assert main(words) == 0
        assert server.asked.total() - asked == 40 - came
        assert json.loads(capsys.readouterr().out)["judge"]["asked"] == 40
        assert not (tmp_path / "run" / "asked.jsonl").exists()


def test_people_s_labels_correct_the_judge_of_both_sides(tmp_path, capsys):
    """The judge calls "yes" right; people, who know better, call every answer after the change right, too."""
    for name, answer in (("before", "Surely yes"), ("after", "Surely not")):
        rows = [
            json.dumps({"prompt": f"Is {n} so?", "answer": f"{answer}: {n}", "expected": "true"}) for n in range(40)
        ]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    judge, folder = Judge(), tmp_path / "run"
    script = lambda handler, request, count: handler.say(judge.say(request["messages"][-1]["content"]))  # noqa: E731
    with served(script) as server:
        words = ["drift", str(tmp_path / "before.jsonl"), str(tmp_path / "after.jsonl"), "--out", str(folder)]
        assert main([*words, "--judge", "judge", "--judge-url", f"http://127.0.0.1:{server.server_port}/v1"]) == 0
    assert main(["labels", str(folder), "--n", "60"]) == 0
    with (folder / "labels" / "sheet.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 60
    assert not {"side", "arm", "mark", "judge"} & lines[0].keys()
    filled = tmp_path / "filled.csv"
    filled.write_text("id,label\n" + "".join(f"{line['id']},1\n" for line in lines), encoding="utf-8")
    capsys.readouterr()
    assert main(["labels", str(folder), "--read", str(filled), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    before, after = found["arms"]
    assert (before["arm"], before["judge"]["value"], before["people"]["value"]) == ("before", 1.0, 1.0)
    assert (after["judge"]["value"], after["people"]["value"], after["people"]["n"]) == (0.0, 1.0, 30)
    assert found["errors"]["specificity"]["n"] == 0  # people called nothing wrong
    assert main(["report", str(folder)]) == 0


def test_how_much_a_judge_prefers_its_own_family_is_told_where_one_side_is_of_it():
    task = {"before_model": "openai/gpt-4-0314", "model": "other-7b"}
    assert _own("gpt-4-0613", task, [2, 3]).tolist() == [True, True, False, False, False]
    assert _own("third", task, [2, 3]) is None
    assert _own("gpt-4", {**task, "model": "gpt-4-0613"}, [2, 3]) is None


def test_a_comparison_by_rules_has_nothing_to_label(tmp_path, capsys):
    row = '{"prompt": "a", "answer": "b", "expected": "b"}\n'
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        path.write_text(row, encoding="utf-8")
    assert main(["drift", *map(str, paths), "--out", str(tmp_path / "run")]) == 0
    assert main(["labels", str(tmp_path / "run")]) == 2
    assert "run drift with --judge first" in capsys.readouterr().err


@pytest.mark.parametrize("flag", [("--judge", "no/such-model")])
def test_a_judge_that_is_not_there_is_one_sentence(tmp_path, capsys, flag):
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        path.write_text('{"prompt": "a", "answer": "b", "expected": "b"}\n', encoding="utf-8")
    assert main(["drift", *map(str, paths), *flag, "--out", str(tmp_path / "run")]) == 2
    assert "no/such-model" in capsys.readouterr().err
