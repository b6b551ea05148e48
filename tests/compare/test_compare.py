"""A comparison through the command line, on a model with random weights: every arm is tuned, asked, graded and kept.

What the model says is noise here; which arm is shown what, paid for when, and told how, is not.
"""

import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("qdrant_edge", reason="a comparison needs the extra context")
pytest.importorskip("inspect_ai", reason="a comparison needs the extra context")
pytest.importorskip("peft", reason="a comparison needs the extra text")

import autophagy
from autophagy import CompareSpec
from autophagy.cli.main import main
from autophagy.compare.dataset import load_dataset

TUNING = "rewritings=1,exposures=2,learning_rate=0.001,context=64,batch=4"
LONG = ["closed", "context", "oracle", "random", f"full:{TUNING}", f"full+context:{TUNING}", f"lora:{TUNING}",
        f"format:{TUNING}"]  # fmt: skip
READS = {"context", "oracle", "random", "full+context"}
SEEDED = {"random", "full", "full+context", "lora", "format"}
SEEDS = 2
TYPES = {"one-fact", "paraphrased", "two-hop", "unanswerable"}
MARKS = (
    *("correct", "exact", "f1", "numeric", "choice", "code", "instructions"),
    *("refused", "toxicity", "abstained", "recall", "reciprocal_rank", "ndcg"),
)


def words(folder, arms, model, *more):
    """The words of a comparison on a world of four people, by words alone."""
    flags = ["--documents", "world:people=4", "--questions", "world", "--model", str(model), "--embedder", "none"]
    chosen = [word for arm in arms for word in ("--arm", arm)]
    return ["compare", *flags, *chosen, "--seeds", str(SEEDS), "--out", str(folder), *map(str, more)]


def lines(folder, name):
    path = folder / name
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def said(rows):
    """What stays the same however often a comparison is run: all but the clock and the meter."""
    kept = ("arm", "seed", "question", "type", "text", "passages", "tokens_in", "tokens_out", "error", "marks")
    return [{name: row[name] for name in kept} for row in rows]


def name(arm):
    return arm.partition(":")[0]


def printed(capsys, arguments):
    assert main(arguments) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture(scope="module")
def finished(tmp_path_factory, tiny_model):
    """The folder of a whole comparison of every kind of arm; two questions are asked alone, for the latency."""
    folder = tmp_path_factory.mktemp("runs") / "whole"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autophagy.compare.compare.LATENCY_SAMPLE", 2)
        assert main(words(folder, LONG, tiny_model, "--json")) == 0
    return folder


@pytest.fixture
def handbook(tmp_path):
    """Three documents of a user, and questions about them."""
    folder = tmp_path / "handbook"
    folder.mkdir()
    for title, text in {"leave": "Everybody has thirty days of leave.", "pay": "Pay comes on the last day.",
                        "travel": "Trains are paid in second class."}.items():  # fmt: skip
        (folder / f"{title}.md").write_text(text)
    rows = [
        {"question": "How many days of leave?", "answers": ["thirty"], "document": "leave.md"},
        {"question": "When does pay come?", "answers": ["the last day"], "document": "pay.md"},
        {"question": "Which class is paid?", "answers": ["second"], "document": "travel.md", "type": "mine"},
        {"question": "Who is the director?", "answers": []},
    ]
    questions = tmp_path / "questions.jsonl"
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return {"documents": folder, "questions": questions}


def own(handbook, folder, model, arms=("closed", "context"), **other):
    """The words of a comparison on a user's own files."""
    flags = {**handbook, "model": model, "embedder": "none", "seeds": 1, "out": folder, **other}
    given = [word for flag, value in flags.items() for word in (f"--{flag.replace('_', '-')}", str(value))]
    return ["compare", *given, *(word for arm in arms for word in ("--arm", arm))]


def refused(capsys, arguments):
    """The one sentence that a comparison ends with."""
    capsys.readouterr()
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    sentence = told.err.splitlines()[-1]
    assert sentence.startswith("autophagy: ")
    assert "Traceback" not in told.err
    return sentence


@pytest.mark.slow
def test_every_arm_has_a_graded_row_for_every_seed_and_question(finished):
    dataset = json.loads((finished / "dataset.json").read_text())
    rows = [row for row in lines(finished, "answers.jsonl") if row["type"] != "general"]
    asked = {row["question"] for row in rows}
    assert {row["type"] for row in rows} == TYPES
    assert asked < dataset["questions"].keys()
    for arm in LONG:
        seeds = SEEDS if name(arm) in SEEDED else 1
        for seed in range(seeds):
            mine = [row for row in rows if (row["arm"], row["seed"]) == (arm, seed)]
            assert [row["question"] for row in mine] == [q for q in dataset["questions"] if q in asked]
            for row in mine:
                assert row["error"] == ""
                assert row["tokens_in"] > 0
                assert row["seconds"] > 0
                assert row["marks"].keys() == set(MARKS)
                assert row["marks"]["correct"] in (0, 1)
                assert name(arm) in READS or not row["passages"]
    assert (finished / "DONE").exists()
    done = [(line["arm"], line["seed"]) for line in lines(finished, "arms.jsonl")]
    assert done == [(arm, seed) for arm in LONG for seed in range(SEEDS if name(arm) in SEEDED else 1)]


@pytest.mark.slow
def test_the_oracle_shows_the_evidence_and_nothing_else_and_random_never_does(finished):
    dataset = json.loads((finished / "dataset.json").read_text())
    seen = {"oracle": 0, "random": 0}
    for row in lines(finished, "answers.jsonl"):
        evidence = set(dataset["questions"][row["question"]]["evidence"])
        shown = {passage.rpartition("#")[0] for passage in row["passages"]}
        if row["arm"] == "oracle":
            assert shown == evidence or (not evidence and len(shown) == 1)
            assert shown <= dataset["documents"].keys()
            seen["oracle"] += bool(evidence)
        elif row["arm"] == "random":
            assert shown
            assert not shown & evidence
            seen["random"] += 1
    assert min(seen.values()) > 20


@pytest.mark.slow
def test_two_seeds_of_random_show_other_passages(finished):
    shown = [[row["passages"] for row in lines(finished, "answers.jsonl") if (row["arm"], row["seed"]) == ("random", s)]
             for s in range(SEEDS)]  # fmt: skip
    assert shown[0] != shown[1]


@pytest.mark.slow
def test_what_is_tuned_alike_is_tuned_once(finished):
    preparations = {(name(line["arm"]), line["seed"]): line["preparation"] for line in lines(finished, "arms.jsonl")}
    folders = sorted(path.name for path in (finished / "work" / "tuned").iterdir())
    assert len(folders) == 3 * SEEDS  # full with full+context, lora, and format
    for seed in range(SEEDS):
        alone, both = preparations["full", seed], preparations["full+context", seed]
        assert both["tokens_trained"] == alone["tokens_trained"] > 0
        assert both["seconds"] > alone["seconds"] > 0  # the same training, and an index beside it
        assert preparations["lora", seed]["bytes"] < alone["bytes"] < both["bytes"]
        assert preparations["format", seed]["tokens_trained"] > 0
    assert preparations["closed", 0]["tokens_trained"] == preparations["context", 0]["tokens_trained"] == 0
    assert preparations["context", 0]["details"]["passages"] == 5


@pytest.mark.slow
def test_what_the_model_knew_before_is_asked_of_closed_books_alone(finished):
    general = {name(row["arm"]) for row in lines(finished, "answers.jsonl") if row["type"] == "general"}
    assert general == {"closed", "full", "lora", "format"}


def finite(value):
    """Whether a JSON document holds numbers alone where it holds numbers."""
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, list):
        return all(map(finite, value))
    return not isinstance(value, float) or math.isfinite(value)


@pytest.mark.slow
def test_the_document_has_the_fields_of_the_contract(finished, tiny_model, capsys):
    before = (finished / "answers.jsonl").read_bytes()
    found = printed(capsys, words(finished, LONG, tiny_model, "--json", "--resume"))
    assert (finished / "answers.jsonl").read_bytes() == before  # a finished comparison is only told again
    assert finite(found)
    assert found.keys() >= {"arms", "pairs", "break_even", "verdict"}
    assert [arm["arm"] for arm in found["arms"]] == LONG
    for arm in found["arms"]:
        wanted = {"arm", "correct", "seconds_per_query", "tokens_per_query", "setup_seconds", "joules", "money"}
        assert arm.keys() >= wanted
        score = arm["correct"]
        assert score.keys() == {"value", "low", "high", "n"}
        assert 0 <= score["low"] <= score["value"] <= score["high"] <= 1
        assert arm["types"].keys() == TYPES
        assert arm["money"] is None  # there is no price file
        assert arm["seeds"] == (SEEDS if name(arm["arm"]) in SEEDED else 1)
    assert len(found["pairs"]) == len(LONG) * (len(LONG) - 1) / 2
    for pair in found["pairs"]:
        assert pair.keys() >= {"a", "b", "difference", "p"}
        values = {arm["arm"]: arm["correct"]["value"] for arm in found["arms"]}
        assert pair["difference"]["value"] == pytest.approx(values[pair["a"]] - values[pair["b"]])
        assert pair["p"] is None or 0 <= pair["p"] <= 1
    assert found["break_even"].keys() >= {"queries", "low", "high"}
    assert found["verdict"].endswith(".")


@pytest.mark.slow
def test_the_table_names_every_arm(finished, tiny_model, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert main(words(finished, LONG, tiny_model, "--resume")) == 0
    shown = capsys.readouterr().out
    assert all(name(arm) in shown for arm in LONG)
    assert "complexity" in shown


@pytest.mark.slow
def test_a_killed_comparison_pays_only_for_what_is_missing(finished, tiny_model, tmp_path):
    folder = tmp_path / "killed"
    arms = [f"full:{TUNING}", "closed", "context", f"full+context:{TUNING}"]
    environment = {**os.environ, "PYTHONPATH": str(Path(autophagy.__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, "-m", "autophagy", *words(folder, arms, tiny_model)],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        until = time.monotonic() + 300
        while len(lines(folder, "arms.jsonl")) < 2 and running.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        running.send_signal(signal.SIGKILL)
    paid = lines(folder, "arms.jsonl")
    assert len(paid) >= 2
    assert not (folder / "DONE").exists(), "it was over before it could be killed"
    with (folder / "answers.jsonl").open("a") as file:
        file.write('{"arm": "context", "seed": 0, "que')  # as a kill may leave it
    tuned = {path: path.stat().st_mtime_ns for path in (folder / "work" / "tuned").rglob("preparation.json")}

    assert main(words(folder, arms, tiny_model, "--resume")) == 0
    assert lines(folder, "arms.jsonl")[: len(paid)] == paid
    assert {path: path.stat().st_mtime_ns for path in tuned} == tuned
    assert (folder / "DONE").exists()
    whole = {(r["arm"], r["seed"], r["question"]): r for r in said(lines(finished, "answers.jsonl"))}
    rows = said(lines(folder, "answers.jsonl"))
    assert len(rows) == len({(r["arm"], r["seed"], r["question"]) for r in rows})
    assert rows == [whole[r["arm"], r["seed"], r["question"]] for r in rows]  # as if it had never stopped
    assert {r["arm"] for r in rows} == set(arms)


def test_an_arm_that_was_stopped_in_its_middle_goes_on_with_the_same_answers(
    handbook, tiny_model, tmp_path, monkeypatch
):
    from autophagy.answering import local

    monkeypatch.setattr(local._batches, "__defaults__", (2,))  # prompts at once
    asked, follow = [], local.LocalModel._follow

    def counted(model, rows, new, draw):
        if len(asked) == 5 and not (tmp_path / "stopped").exists():
            (tmp_path / "stopped").touch()
            raise KeyboardInterrupt
        asked.append(rows)
        return follow(model, rows, new, draw)

    assert main(own(handbook, tmp_path / "whole", tiny_model)) == 0
    monkeypatch.setattr(local.LocalModel, "_follow", counted)
    assert main(own(handbook, tmp_path / "run", tiny_model)) == 130
    assert main([*own(handbook, tmp_path / "run", tiny_model), "--resume"]) == 0
    rows = lines(tmp_path / "run", "answers.jsonl")
    assert said(rows) == said(lines(tmp_path / "whole", "answers.jsonl"))
    assert not (tmp_path / "run" / "asked.jsonl").exists()
    batches = [json.dumps(batch) for batch in asked]
    again = [batch for batch in set(batches) if batches.count(batch) > 1]
    assert len(again) <= 1  # "?", which warms the model up


def test_a_users_own_documents_and_questions(handbook, tiny_model, tmp_path, capsys):
    (handbook["documents"] / "scan.pdf").write_bytes(b"%PDF-1.7 and then nothing of the kind")
    (tmp_path / "prices.toml").write_text("date = 2026-07-01\n[machines.desk]\nhour = 3600.0\n")
    found = printed(capsys, [
        *own(handbook, tmp_path / "run", tiny_model, prices=tmp_path / "prices.toml", machine="desk"), "--json",
    ])  # fmt: skip
    assert found["questions"] == {"one-fact": 2, "mine": 1, "unanswerable": 1}
    assert any("scan.pdf" in note for note in found["notes"])
    assert any("do not answer" in note for note in found["notes"])
    closed, context = found["arms"]
    assert closed["money_per_query"] == pytest.approx(closed["seconds_per_query"])
    assert (context["marks"]["recall"]["value"], context["marks"]["recall"]["n"]) == (1.0, 3)
    assert closed["marks"]["recall"]["value"] is None
    assert context["money"] > closed["money"] == 0


def test_a_question_of_which_no_word_is_in_the_documents_is_one_whose_evidence_was_not_found(
    handbook, tiny_model, tmp_path, capsys
):
    rows = [
        {"question": "How many days of leave?", "answers": ["thirty"], "document": "leave.md"},
        {"question": "Wieviel Urlaub?", "answers": ["thirty"], "document": "leave.md"},
    ]
    handbook["questions"].write_text("".join(json.dumps(row) + "\n" for row in rows))
    closed, context = printed(capsys, [*own(handbook, tmp_path / "run", tiny_model), "--json"])["arms"]
    assert (context["marks"]["recall"]["value"], context["marks"]["recall"]["n"]) == (0.5, 2)
    assert closed["marks"]["recall"]["value"] is None
    assert "searched" not in lines(tmp_path / "run", "answers.jsonl")[0]


def test_copies_of_a_document_are_shown_once_and_told(handbook, tiny_model, tmp_path, capsys):
    for number in range(4):
        (handbook["documents"] / f"copy {number}.md").write_text("Everybody has  thirty days of leave.")
    found = printed(
        capsys, [*own(handbook, tmp_path / "run", tiny_model, arms=("closed", "context:passages=2")), "--json"]
    )
    closed, context = found["arms"]
    assert (closed["copied"], context["copied"]) == (0, 1)
    assert context["marks"]["recall"]["value"] == 1.0
    (row,) = [row for row in lines(tmp_path / "run", "answers.jsonl") if any(row["copies"])]
    assert len({row["passages"][0], *row["copies"][0]}) == 5
    assert main(["report", str(tmp_path / "run")]) == 0
    told = "more than once is shown once, and counts as found wherever it stands: context:passages=2 in 1 prompt."
    assert told in (tmp_path / "run" / "report.html").read_text()
    assert main([*own(handbook, tmp_path / "run", tiny_model, arms=("closed", "context:passages=2")), "--resume"]) == 0
    assert told in " ".join(capsys.readouterr().out.split())


@pytest.mark.slow
def test_each_arm_is_named_before_it_is_prepared_which_may_take_long(handbook, tiny_model, tmp_path, capsys):
    assert main(own(handbook, tmp_path / "run", tiny_model, arms=("closed", "oracle"))) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "preparing" in line or "of 2" in line]
    assert [line.partition(" (")[0] for line in told] == [
        "closed, seed 0: preparing", "closed, seed 0", "oracle, seed 0: preparing", "oracle, seed 0",
    ]  # fmt: skip


def test_a_folder_of_another_comparison_is_left_alone(handbook, tiny_model, tmp_path, capsys):
    folder = tmp_path / "run"
    assert main(own(handbook, folder, tiny_model, ["closed"])) == 0
    before = (folder / "answers.jsonl").read_bytes()
    assert "arms differ" in refused(capsys, [*own(handbook, folder, tiny_model), "--resume"])
    assert "add --resume" in refused(capsys, own(handbook, folder, tiny_model, ["closed"]))
    (handbook["documents"] / "leave.md").write_text("Nobody has any leave.")
    assert "the set of documents and questions changed after" in refused(
        capsys, [*own(handbook, folder, tiny_model, ["closed"]), "--resume"]
    )
    assert (folder / "answers.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"model": "./nowhere"}, "./nowhere"),
        ({"arms": ["closed", "psychic"]}, "psychic"),
        ({"arms": ["closed", "closed"]}, "named twice"),
        ({"arms": ["context:passages=0"]}, "passages"),
        ({"arms": ["full:rewritings=-1"]}, "rewritings"),
        ({"arms": ["format:exposures=1"]}, "--style"),
        ({"arms": ["full:rewritings=1,writer=given"]}, "rewritings"),
        ({"arms": ["full:rewritings=0,exposures=1"], "base_url": "http://127.0.0.1:9/v1"}, "cannot be tuned"),
        ({"arms": ["closed"], "base_url": "not-an-address"}, "address"),
        ({"questions": "world"}, "world"),
        ({"documents": "./nothing"}, "nothing"),
        ({"questions": "./nothing.jsonl"}, "nothing.jsonl"),
        ({"seeds": 0}, "seeds"),
        ({"embedder": "magic"}, "magic"),
        ({"prices": "./nothing.toml"}, "nothing.toml"),
    ],
)
def test_wrong_words_are_one_sentence_and_leave_nothing_behind(handbook, tiny_model, tmp_path, capsys, other, told):
    folder = tmp_path / "run"
    given = {"model": tiny_model, **other}
    arguments = own(handbook, folder, given.pop("model"), given.pop("arms", ["closed", "context"]), **given)
    assert told in refused(capsys, arguments)
    assert not folder.exists()


def test_a_model_folder_that_holds_no_model(handbook, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    sentence = refused(capsys, own(handbook, tmp_path / "run", tmp_path / "empty"))
    assert str(tmp_path / "empty") in sentence
    assert not (tmp_path / "run").exists()


def test_questions_without_answers_and_evidence_that_names_no_document(handbook, tiny_model, tmp_path, capsys):
    path = handbook["questions"]
    path.write_text('{"question": "How many days of leave?"}\n')
    assert "questions without answers" in refused(capsys, own(handbook, tmp_path / "run", tiny_model))
    path.write_text('{"question": "How many days of leave?", "answers": ["thirty"], "evidence": ["leave"]}\n')
    assert "names no document" in refused(capsys, own(handbook, tmp_path / "run", tiny_model))
    assert not (tmp_path / "run").exists()


def test_questions_that_name_no_document_are_told_where_oracle_is_asked(handbook):
    path = handbook["questions"]
    path.write_text(path.read_text().replace('"document": "pay.md"', '"document": null'))
    words = {"documents": str(handbook["documents"]), "questions": str(path), "model": "m"}
    told = load_dataset(CompareSpec(**words, arms=["oracle"])).notes
    assert any("1 of 3 questions with an answer name no document that holds it" in note for note in told)
    path.write_text(path.read_text().replace('"document": null', '"document": "pay.m"'))
    (told,) = (note for note in load_dataset(CompareSpec(**words, arms=["closed"])).notes if "pay" in note)
    assert told.endswith("1 document that a question names is not there, such as 'pay.m' (did you mean 'pay.md'?).")


def test_an_address_with_arms_that_tune_is_refused_before_anything_is_asked(handbook, tmp_path, capsys):
    arms = ["closed", f"full:{TUNING}"]
    sentence = refused(capsys, own(handbook, tmp_path / "run", "served", arms, base_url="http://127.0.0.1:9/v1"))
    assert "cannot be tuned" in sentence
    assert not (tmp_path / "run").exists()


def test_a_question_that_stands_in_the_documents_is_told(handbook, tiny_model, tmp_path, capsys):
    clean = printed(capsys, [*own(handbook, tmp_path / "clean", tiny_model, ["closed"]), "--json"])
    assert (clean["contamination"]["words"], clean["contamination"]["questions"]) == ([], 4)
    (handbook["documents"] / "faq.md").write_text("Some ask: How many days of leave? Thirty.")
    found = printed(capsys, [*own(handbook, tmp_path / "run", tiny_model, ["closed"]), "--json"])
    assert [leak["document"] for leak in found["contamination"]["words"]] == ["faq.md"]
    assert any("word for word" in note for note in found["notes"])


def test_questions_on_what_was_known_before_count_for_nothing_else(handbook, tiny_model, tmp_path, capsys):
    """They have the user's own kind here, and are asked of no arm that reads passages."""
    general = tmp_path / "general.jsonl"
    general.write_text('{"question": "Who is Ann?", "answers": ["a"], "type": "mine"}\n')
    found = printed(
        capsys, [*own(handbook, tmp_path / "run", tiny_model, ["context", "closed"], general=general), "--json"]
    )
    assert found["questions"] == {"one-fact": 2, "mine": 1, "unanswerable": 1}
    context, closed = found["arms"]
    assert (context["general"]["n"], closed["general"]["n"]) == (0, 1)
    assert context["types"]["mine"]["n"] == 1


@pytest.mark.parametrize(("arms", "tuned"), [(("closed", "context"), False), (("closed", "lora"), True)])
def test_one_library_runs_the_model_for_all_arms(arms, tuned, monkeypatch):
    """A GGUF file is run by llama.cpp, and by the library that tunes it where an arm does."""
    from autophagy.compare import compare
    from autophagy.compare.spec import CompareSpec

    found = []
    monkeypatch.setattr("autophagy.arms.arm.find_model", lambda *_, **words: found.append(words))
    compare._shared(CompareSpec(model="smollm2", arms=arms), Path()).language_model()
    assert found == [{"tuned": tuned, "begins": ""}]


@pytest.mark.slow
def test_a_real_model_is_compared_by_its_name(smollm2, handbook, tmp_path):
    assert main(own(handbook, tmp_path / "run", smollm2)) == 0
    rows = {(row["arm"], row["question"]): row for row in lines(tmp_path / "run", "answers.jsonl")}
    assert len(rows) == 8
    for number in "1234":
        alone, reading = rows["closed", number], rows["context", number]
        assert alone["error"] == reading["error"] == ""
        assert reading["tokens_in"] > alone["tokens_in"] > 0


@pytest.mark.slow
def test_a_real_model_judges_by_its_name(smollm2, handbook, tmp_path, capsys):
    """What it says is hardly a verdict: those that cannot be read are left out, and counted."""
    folder = tmp_path / "run"
    few = handbook["questions"].read_text().splitlines()[:2]
    handbook["questions"].write_text("\n".join(few))
    assert (
        main([*own(handbook, folder, smollm2, arms=("closed", "oracle"), judge=smollm2, max_tokens=32), "--json"]) == 0
    )
    rows = lines(folder, "answers.jsonl")
    assert all(row["marks"]["judge"] in (None, 0, 0.5, 1) for row in rows)
    told = json.loads(capsys.readouterr().out)
    facts = json.loads((folder / "environment.json").read_text())
    assert facts["judge"]["model"] == smollm2
    assert facts["prompt"] == "begun"
    for arm in told["arms"]:
        mine = [row["marks"]["judge"] for row in rows if row["arm"] == arm["arm"]]
        assert arm["judge"]["unread"] == mine.count(None)


@pytest.mark.slow
def test_a_real_model_writes_rewritings_by_its_name(smollm2, handbook, tiny_model, tmp_path):
    folder = tmp_path / "run"
    writes = f"lora:writer={smollm2},rewritings=1,exposures=2,learning_rate=0.001,patience=0"
    assert main(own(handbook, folder, tiny_model, arms=("closed", writes))) == 0
    (arm,) = [row for row in lines(folder, "arms.jsonl") if row["arm"].startswith("lora")]
    made = arm["preparation"]
    assert made["details"]["writer"] == smollm2
    assert made["tokens_read"] > 0
    assert made["tokens_written"] > 0


def test_an_answer_is_read_before_any_is_asked_for_so_that_none_waits_for_what_is_read_at_the_first(
    tmp_path, monkeypatch
):
    """What marks an answer reads its tables once, for a second, and answers that wait for it would seem slow."""
    from autophagy.compare import compare as room

    read = []
    monkeypatch.setattr(room, "correct", lambda question, answer: read.append((question, answer)))
    assert list(room.compare(CompareSpec(), SimpleNamespace(), tmp_path, [])) == []
    assert read == [room.WARM]
