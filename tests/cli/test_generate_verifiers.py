"""Verifiers from the command line: wrong rows are planted in what a writer says, so that every count is known."""

import json
from collections import Counter

import pyarrow.parquet as pq
import pytest

import autophagy
from autophagy.answering.language_model import Completion
from autophagy.cli.main import main
from provider import served
from writer import Answerer, Writer

SEEDS = [{"instruction": f"Work out sum {n}.", "output": f"{n} + {n + 9} = {2 * n + 9}."} for n in range(10, 30)]


class Adder(Writer):
    """Of each ten tasks three have a wrong sum and two none at all."""

    def item(self, number, rng):
        words = " ".join("".join(rng.choices(["ba", "ko", "mi", "ru", "te", "lo"], k=3)) for _ in range(6))
        a, b = rng.randrange(10, 99), rng.randrange(10, 99)
        place = number % 10
        said = "It is many." if place > 7 else f"{a} + {b} = {a + b + (place > 4)}."
        return f"{number}. Instruction: {words}.\nInput: {a}, {b}\nOutput: {said}"


@pytest.fixture
def generate(tmp_path, capsys):
    (tmp_path / "seeds.jsonl").write_text("\n".join(map(json.dumps, SEEDS)), encoding="utf-8")

    def run(*words, writer=None, out="run"):
        writer = writer or Adder(faulty=False)

        def script(handler, request, count):
            handler.say(writer.reply(request["messages"][-1]["content"], request.get("seed")).text, usage=(100, 50))

        with served(script) as server:
            address = f"http://127.0.0.1:{server.server_port}/v1"
            seeds = ["--seeds", str(tmp_path / "seeds.jsonl"), "--model", "fake", "--base-url", address]
            code = main(["generate", *seeds, "--out", str(tmp_path / out), *words])
        return code, *capsys.readouterr(), len(writer.asked)

    return run


def test_every_count_is_true(generate, tmp_path):
    code, out, _, asked = generate("--verifier", "numeric", "--rows", "1000", "--preview", "20", "--json")
    found = json.loads(out)
    assert (code, asked) == (0, 20)
    numeric = found["verified"]["numeric"]
    assert [numeric[name] for name in ("kept", "rejected", "unknown")] == [100, 60, 40]
    assert (found["kept"], found["dropped"]) == (140, {"verifier numeric": 60})
    assert found["yield"]["new"]["value"] == 0.7
    assert numeric["tried_by"] == "planted"
    assert numeric["psi_by_fault"]["a wrong result"]["value"] == 0
    dropped = pq.read_table(tmp_path / "run" / "dropped.parquet").to_pylist()
    assert all(eval(row["output"].rstrip(".").replace("=", "!=")) for row in dropped)  # no right row is among them
    kept = pq.read_table(tmp_path / "run" / "rows.parquet").to_pylist()
    assert all("=" not in row["output"] or eval(row["output"].rstrip(".").replace("=", "==")) for row in kept)


def test_rows_without_arithmetic_are_set_aside_where_that_is_asked_for(generate):
    found = json.loads(generate("--verifier", "numeric:unknown=drop", "--rows", "1000", "--preview", "20", "--json")[1])
    assert found["dropped"] == {"verifier numeric": 60, "verifier numeric cannot tell": 40}


def test_the_terminal_the_page_and_the_result_tell_of_it(generate, tmp_path):
    pytest.importorskip("jinja2")
    labels = [{"instruction": f"q{n}", "output": f"1 + 1 = {2 + n % 2}", "label": n < 30} for n in range(40)]
    (tmp_path / "labels.jsonl").write_text("\n".join(map(json.dumps, labels)), encoding="utf-8")
    words = ["--verifier", "numeric", "--verifier", "fields", "--labels", str(tmp_path / "labels.jsonl")]
    code, out, _, _ = generate(*words, "--rows", "20")
    assert code == 0
    assert "Tried on 40 labelled rows, it keeps 50 % " in out
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert "Is it right?" in page
    assert "Breakdown point" in page
    scores = {
        (each.where.get("verifier"), each.metric): each.score for each in autophagy.open(tmp_path / "run").scores()
    }
    assert scores["numeric", "right_given_kept"].value == 0.75
    assert scores["fields", "phi"].value == 1


def test_code_is_run_against_the_tests_that_the_instruction_holds(generate):
    class Coder(Writer):
        """Of each five tasks one is right, one wrong, one prints PASS, one reads the key, and one is no code."""

        def item(self, number, rng):
            words = " ".join("".join(rng.choices(["ba", "ko", "mi", "ru", "te", "lo"], k=3)) for _ in range(6))
            k = rng.randrange(2, 99)
            cheat = (
                "import sys; frame = sys._getframe()\nwhile 'texts' not in frame.f_locals: frame = frame.f_back\n"
                f"def f(x): return int(frame.f_locals['texts']['tests'].split('== ')[1])  # {k}"
            )
            code = [f"def f(x): return x + {k}", f"def f(x): return x - {k}", f"print('PASS {k}')", cheat, "I cannot."]
            return f"{number}. Instruction: {words}.\nInput: assert f(1) == {k + 1}\nOutput: {code[number % 5]}"

    words = ["--verifier", "tests", "--rows", "1000", "--preview", "2", "--json"]
    found = json.loads(generate(*words, writer=Coder(items=10, faulty=False))[1])
    assert [found["verified"]["tests"][name] for name in ("kept", "rejected", "unknown")] == [4, 12, 4]


def test_answers_from_documents_must_stand_in_their_passage(tmp_path, capsys):
    """Of each three questions one is answered from the passage, one from elsewhere, and one by yes."""
    (tmp_path / "mills").mkdir()
    for n in range(4):
        text = f"The mill of Arn{n} was built in 18{n}0 by Ada Berg{n}. It has {n + 2} wheels and grinds rye."
        (tmp_path / "mills" / f"{n}.txt").write_text(text, encoding="utf-8")

    def script(handler, request, count):
        passage = request["messages"][-1]["content"].partition("<passage>")[2]
        n = passage.partition("Arn")[2][:1]
        said = [("Who built the mill of Arn", f"Ada Berg{n}"), ("Whose is the mill at Arn", "Otto Lohr"),
                ("Is there any rye in Arn", "Yes")]  # fmt: skip
        quote = f"The mill of Arn{n} was built"
        rows = [{"question": f"{asked}{n}, call {count}?", "answer": answer, "quote": quote} for asked, answer in said]
        handler.say(json.dumps(rows), usage=(100, 50))

    with served(script) as server:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        words = ["generate", "--documents", str(tmp_path / "mills"), "--recipe", "questions", "--model", "fake"]
        words += ["--base-url", address, "--verifier", "cites", "--novelty", "1", "--preview", "5", "--rows", "99"]
        assert main([*words, "--out", str(tmp_path / "run"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["verified"]["cites"]
    assert [found[name] for name in ("kept", "rejected", "unknown")] == [5, 5, 5]
    assert (found["phi"]["n"], found["tried_by"]) == (0, "none")


def test_chosen_answers_are_the_ones_that_are_verified(generate, tmp_path):
    """Which rows stay follows from the answers that were planted: half of them, and two, come to the output."""
    writer = Answerer(kinds=("same", "own", "own"), faulty=False)
    words = ["--answers", "4", "--verifier", "agrees", "--rows", "20", "--json", "--format", "pairs"]
    found = json.loads(generate(*words, writer=writer)[1])
    most = {
        prompt: Counter(text.rpartition("is ")[2] for _, text in some).most_common(1)[0][1]
        for prompt, some in writer.planted.items()
    }
    rows = {name: pq.read_table(tmp_path / "run" / f"{name}.parquet").to_pylist() for name in ("rows", "dropped")}
    wrong = [row for row in rows["dropped"] if row["reason"] == "verifier agrees"]
    assert len(wrong) > 0
    assert all(most[row["instruction"]] >= 2 for row in rows["rows"])
    assert all(most[row["instruction"]] < 2 for row in wrong)
    agrees = found["verified"]["agrees"]
    agreed = sum(len(json.loads(row["answers"])) for row in rows["rows"])
    assert agrees["unknown"] == 0
    assert agrees["kept"] >= agreed
    assert agrees["kept"] + agrees["rejected"] == 4 * (20 + len(wrong))  # what is not wanted is not answered
    assert agrees["phi"]["n"] == 0  # seeds have no answers
    lines = (tmp_path / "run" / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == found["answers"]["pairs"]["kept"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--verifier", "numerik"), "did you mean 'numeric'"),
        (("--verifier", "novelty"), "give it as --curator"),
        (("--curator", "numeric"), "give it as --verifier numeric"),
        (("--verifier", "numeric", "--labels", "nowhere.jsonl"), "nowhere.jsonl"),
        (("--labels", "nowhere.jsonl"), "nowhere.jsonl"),
    ],
)
def test_wrong_words_are_one_sentence_and_nothing_is_asked(generate, words, sentence):
    code, out, err, asked = generate(*words)
    assert (code, out, asked) == (2, "", 0)
    assert sentence in err


def test_a_resumed_run_gives_the_same_rows_and_counts(tmp_path, capsys):
    (tmp_path / "seeds.jsonl").write_text("\n".join(map(json.dumps, SEEDS)), encoding="utf-8")
    writer = Adder(faulty=False)

    def script(handler, request, count):
        handler.say(writer.reply(request["messages"][-1]["content"], request.get("seed")).text, usage=(100, 50))

    with served(script) as server:
        words = ["generate", "--seeds", str(tmp_path / "seeds.jsonl"), "--model", "fake", "--verifier", "numeric"]
        words += ["--base-url", f"http://127.0.0.1:{server.server_port}/v1", "--rows", "150", "--json"]
        found = []
        for more in (["--out", "whole"], ["--out", "begun", "--preview", "7"], ["--out", "begun", "--resume"]):
            assert main([*words, "--out", str(tmp_path / more[1]), *more[2:]]) == 0
            found.append(json.loads(capsys.readouterr().out))
    assert found[1]["verified"]["numeric"] != found[0]["verified"]["numeric"]
    assert found[2]["verified"] == found[0]["verified"]
    kept = [pq.read_table(tmp_path / name / "rows.parquet") for name in ("whole", "begun")]
    assert kept[0].equals(kept[1])


def test_an_estimate_counts_what_verifiers_ask_and_what_they_were_tried_with(generate):
    class Agreeing(Adder):
        """Finds every answer correct, too."""

        def reply(self, prompt, seed):
            judging = "<candidate>" in prompt
            self.verdicts = getattr(self, "verdicts", 0) + judging
            return Completion("Verdict: CORRECT", 100.0, 50.0) if judging else super().reply(prompt, seed)

    writer = Agreeing(items=5, faulty=False)
    words = ["--verifier", "judge", "--rows", "200"]
    pilot = json.loads(generate(*words, "--estimate", "--json", writer=writer)[1])
    tried = pilot["verified"]["judge"]["tried_on"]
    assert (len(writer.asked), pilot["kept"]) == (20, 100)
    assert writer.verdicts == 2 * (100 + tried)
    assert tried > 20
    writer = Agreeing(items=5, faulty=False)
    whole = json.loads(generate(*words, "--json", writer=writer, out="whole")[1])
    calls = len(writer.asked) + writer.verdicts
    assert sum(whole["calls"].values()) == calls == 40 + 2 * (200 + tried)
    for name, cost in (("calls", calls), ("tokens_in", whole["tokens"][0]), ("tokens_out", whole["tokens"][1])):
        assert pilot["estimate"][name]["low"] <= cost <= pilot["estimate"][name]["high"]
