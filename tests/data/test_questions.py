"""Question files: every format says the same, what cannot be read is counted, and real files read whole."""

import csv
import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError
from autophagy.core.questions import Question
from autophagy.data.questions import read_prompts, read_questions, read_squad

ROWS = [
    {"id": "q1", "question": "Who?", "answers": ["Ada", "Ada Lovelace"], "evidence": ["a.md"], "type": "one-fact"},
    {"id": "q2", "question": "When?", "answers": ["1843"], "evidence": ["b.md", "a.md"], "type": "two-hop"},
    {"id": "q3", "question": "Where was it lost?", "answers": [], "evidence": [], "type": None},
]  # fmt: skip
WANTED = (
    Question("q1", "Who?", ("Ada", "Ada Lovelace"), ("a.md",), "one-fact", (), "a.md"),
    Question("q2", "When?", ("1843",), ("b.md", "a.md"), "two-hop", (), "b.md"),
    Question("q3", "Where was it lost?", (), (), "unanswerable", (), "q3"),
)


def lines(path, rows):
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path


def test_every_format_says_the_same(tmp_path):
    lines(tmp_path / "q.jsonl", ROWS)
    (tmp_path / "q.json").write_text(json.dumps(ROWS, indent=2))
    (tmp_path / "q.jsonl.gz").write_bytes(gzip.compress((tmp_path / "q.jsonl").read_bytes()))
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "q.parquet")
    with (tmp_path / "q.csv").open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, list(ROWS[0]))
        writer.writeheader()
        writer.writerows([{**row, "answers": json.dumps(row["answers"]),
                           "evidence": json.dumps(row["evidence"])} for row in ROWS])  # fmt: skip
    for path in sorted(tmp_path.iterdir()):
        assert read_questions(path) == (
            WANTED,
            ["1 question has no answer and counts as one that the documents do not answer: Where was it lost?"],
        )


def test_the_other_names_of_the_columns(tmp_path):
    path = lines(
        tmp_path / "q.jsonl", [{"Text": "How many?", "answer": 12, "document": "a.md"}, {"text": "?", "answer": ""}]
    )
    (one, two), _ = read_questions(path)
    assert one == Question("1", "How many?", ("12",), ("a.md",))
    assert (two.id, two.answers, two.type) == ("2", (), "unanswerable")


@pytest.mark.parametrize(
    ("answer", "wanted"), [("Lyon", "Lyon"), ("B", "Lyon"), (1, "Lyon"), (["A", "Lyon"], ("Paris", "Lyon")), ("C", "A")]
)
def test_an_answer_may_be_a_choice_its_letter_or_its_place(tmp_path, answer, wanted):
    choices = ["Paris", "Lyon", "A"] if answer == "C" else ["Paris", "Lyon", "Nice"]
    ((question,), _) = read_questions(
        lines(tmp_path / "q.jsonl", [{"text": "?", "answer": answer, "choices": choices}])
    )
    assert question.answers == (wanted if isinstance(wanted, tuple) else (wanted,))


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])  # the first as Excel for the Mac writes them
def test_lines_may_end_in_any_way_and_cells_be_long(tmp_path, end):
    (tmp_path / "q.csv").write_bytes(end.join(["question,answers,context", "2 + 2?,4," + "why " * 50_000]).encode())
    (tmp_path / "mmlu.csv").write_bytes(end.join(["2 + 2?,1,2,3,4,D", "1 + 1?,1,2,3,4,B"]).encode())
    assert [each.answers for each in read_questions(tmp_path / "q.csv")[0]] == [("4",)]
    assert [each.answers for each in read_questions(tmp_path / "mmlu.csv")[0]] == [("4",), ("2",)]


def test_rows_that_hold_no_question_are_set_aside_and_counted(tmp_path):
    bad = ["{broken", "[1, 2]", {"id": "x", "answers": ["y"]}, {"question": "   ", "answers": ["y"]},
           {"question": "?", "answers": {"txet": "y"}}, {"question": "?", "answers": ["y", {}]},
           {"question": "?", "answer": "y", "evidence": [{}]},
           {"question": "?", "answer": "E", "choices": ["a", "b"]}]  # fmt: skip
    questions, notes = read_questions(lines(tmp_path / "q.jsonl", [*ROWS[:2], *bad]))
    assert questions == WANTED[:2]
    assert notes[0] == (
        "8 of 10 rows were set aside for holding no readable question; the first is row 3: "
        "it is no row of columns ({broken)."
    )


def test_a_csv_row_with_too_many_cells_or_of_other_bytes_is_set_aside(tmp_path):
    (tmp_path / "q.csv").write_bytes(b"question,answer\nWho?,Ada\nWhen?,1843,spare\nWh\xff?,x\n")
    questions, notes = read_questions(tmp_path / "q.csv")
    assert [question.text for question in questions] == ["Who?"]
    assert any(note.startswith("2 of 3 rows were set aside") for note in notes)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "none.jsonl",
            '{"question": "Who?"}\n{"question": "When?", "answers": []}\n',
            "holds questions without answers",
        ),
        ("twice.jsonl", '{"id": 1, "text": "a", "answer": "b"}\n' * 3, "3 questions with the id '1'"),
        ("empty.jsonl", "", "is empty"),
        ("prose.jsonl", "Dear all,\nhere are the questions.\n", "holds no question"),
        ("broken.parquet", "PAR1 and then nothing", "cannot be read as parquet"),
        ("scan.pdf", "%PDF-1.7", "give .jsonl, .json, .csv, .xlsx or .parquet"),
        ("squad.json", '{"data": [{"paragraphs": 3}, 7, {"paragraphs": [8]}]}', "holds no question"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, name, content, says):
    (tmp_path / name).write_text(content)
    with pytest.raises(DataError, match=says) as caught:
        read_questions(tmp_path / name)
    assert name in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DataError, match="there is no file of questions"):
        read_questions(tmp_path / "absent.csv")


@given(st.binary(max_size=300), st.sampled_from(["csv", "json", "jsonl", "parquet"]))
def test_no_bytes_break_the_reader(tmp_path_factory, content, name):
    path = tmp_path_factory.mktemp("fuzz") / f"q.{name}"
    path.write_bytes(content)
    with pytest.raises(DataError):  # that random bytes hold a question with an answer is beyond chance
        read_questions(path)


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=4, unique_by=str.strip))
def test_what_was_written_is_read(tmp_path_factory, answers):
    path = lines(tmp_path_factory.mktemp("round") / "q.jsonl", [{"question": "?", "answers": answers}])
    ((question,), _) = read_questions(path)
    assert question.answers == tuple(answer.strip() for answer in answers)


@pytest.mark.parametrize(
    ("version", "articles", "paragraphs", "asked", "empty"),
    [("1.1", 48, 2067, 10570, 0), ("2.0", 35, 1204, 11873, 5945)],
)
def test_squad_reads_whole(real_data, version, articles, paragraphs, asked, empty):
    """The published counts; each answer stands in the paragraph that is its evidence."""
    documents, questions, notes = read_squad(real_data(f"squad/squad-dev-v{version}.json.gz"))
    assert (len(documents), len(questions)) == (paragraphs, asked)
    assert len(set(documents.meta["title"].tolist())) == articles == len({question.document for question in questions})
    assert (
        sum(question.type == "unanswerable" for question in questions) == empty == sum(not q.answers for q in questions)
    )
    texts = dict(zip(documents.meta["document"].tolist(), documents.x.tolist(), strict=True))
    assert len(texts) == paragraphs
    assert all(answer in texts[question.evidence[0]] for question in questions for answer in question.answers)
    assert bool(notes) == bool(empty)


def test_what_is_not_squad_is_no_squad(tmp_path):
    with pytest.raises(DataError, match="not in the format of SQuAD"):
        read_squad(lines(tmp_path / "q.jsonl", ROWS))


def test_prompts_need_no_answers_and_may_have_instructions_and_tests(tmp_path):
    path = tmp_path / "mine.jsonl"
    rows = [
        {"prompt": "Tell a story.", "instructions": ["no_comma", "words:least=100"]},
        {"prompt": "Write f.", "tests": "assert f() == 1"},
        {"prompt": "What is 2 + 2?", "answers": ["4"]},
        {"prompt": "Say something."},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found, notes = read_prompts(path)
    assert [each.text for each in found] == [row["prompt"] for row in rows]
    assert found[0].instructions == ("no_comma", "words:least=100")
    assert found[1].tests == "assert f() == 1"
    assert [each.type for each in found] == ["prompt", "prompt", "one-fact", "prompt"]
    assert notes == ["1 of 4 prompts have no accepted answer: nothing says what is right there."]
    path.write_text(json.dumps(rows[3]) + "\n")
    with pytest.raises(DataError, match="questions without answers"):
        read_questions(path)


def test_instructions_stand_in_a_column_of_their_own(tmp_path):
    rows = [
        {"question": "Greet me.", "instructions": "no_comma"},
        {"question": "Greet me.", "instructions": ["no_comma", "end:phrase=Yes\\, sir."], "type": "greeting"},
        {"question": "Who?", "answers": ["Ada"], "instructions": ["words:most=3"]},
        {"question": "Greet me.", "attach": ["no_comma", "words:least=5"]},
        {"question": "Who?", "answers": ["Ada"], "instructions": "Answer in the words of the text."},
    ]
    (one, two, three, four, five), notes = read_questions(lines(tmp_path / "q.jsonl", rows))
    assert (one.instructions, one.type, one.text) == (("no_comma",), "prompt", "Greet me.")
    assert (two.instructions, two.type) == (("no_comma", "end:phrase=Yes\\, sir."), "greeting")
    assert (three.instructions, three.type, three.answers) == (("words:most=3",), "one-fact", ("Ada",))
    assert four.text == "Greet me.\nDo not use any commas.\nAnswer in at least 5 words."
    assert four.instructions == ("no_comma", "words:least=5")
    assert five.instructions == ()  # a column of that name in somebody's own file
    assert notes == []


def test_ifevals_own_file(tmp_path):
    """Its ids and arguments, with and without the empty arguments that the hub's parquet file has."""
    ids, given = (
        ["length_constraints:number_words", "punctuation:no_comma"],
        [{"relation": "less than", "num_words": 50}, {}],
    )
    row = {"key": 1000, "prompt": "Write a letter.", "instruction_id_list": ids, "kwargs": given}
    full = {"relation": None, "num_words": None, "keywords": None}
    pq.write_table(
        pa.Table.from_pylist([{**row, "kwargs": [{**full, **each} for each in given]}]), tmp_path / "q.parquet"
    )
    lines(tmp_path / "q.jsonl", [row])
    for path in sorted(tmp_path.iterdir()):
        (question,), notes = read_questions(path)
        assert question.id == "1000"
        assert question.instructions == ("words:most=49", "no_comma")
        assert question.ruled
        assert not [note for note in notes if "no answer" in note]


def test_an_instruction_that_is_none_sets_its_row_aside(tmp_path):
    good = {"question": "Greet me.", "instructions": "no_comma"}
    for bad in (
        {"question": "Greet me.", "instructions": "no_coma"},
        {"question": "Greet me.", "instruction_id_list": ["punctuation:no_comma"], "kwargs": []},
    ):
        questions, notes = read_questions(lines(tmp_path / "q.jsonl", [bad, good]))
        assert len(questions) == 1
        assert "1 of 2 rows was set aside" in notes[0]


def test_a_german_sheet_names_its_documents_and_answers_with_a_bar_are_told(tmp_path):
    sheet = "Frage;Antwort;Dokument\nWie lange?;10 Jahre|zehn Jahre;garantie.txt\nWie schwer?;38 kg;maße.md\n"
    (tmp_path / "q.csv").write_text(sheet)
    questions, notes = read_questions(tmp_path / "q.csv")
    assert [each.evidence for each in questions] == [("garantie.txt",), ("maße.md",)]
    assert "the column 'dokument' was read as the document of 2 rows." in notes
    assert '1 answer with a | was read as one: write several as a list, ["a", "b"].' in notes


@pytest.mark.parametrize("count", [1, 3])
def test_columns_of_lists_are_rows_be_it_one(tmp_path, count):
    """As `Dataset.from_dict` has them."""
    asked = [f"Who came as number {n}?" for n in range(count)]
    (tmp_path / "q.json").write_text(
        json.dumps({"question": asked, "ground_truth": [f"Ada {n}" for n in range(count)]})
    )
    found, _ = read_questions(tmp_path / "q.json")
    assert [(each.text, each.answers) for each in found] == [(text, (f"Ada {n}",)) for n, text in enumerate(asked)]
