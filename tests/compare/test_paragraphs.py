"""The paragraphs of a SQuAD file among the documents: by their words, under whatever name the documents have."""

import json

import pytest

from autophagy.compare.dataset import load_dataset
from autophagy.compare.paragraphs import _held
from autophagy.compare.spec import CompareSpec

CONTEXTS = ["Employees have thirty days of leave.", "Trains are paid in the second\nclass alone."]


@pytest.fixture
def squad(tmp_path):
    """Two paragraphs with a question each."""
    answers = [{"text": "thirty"}]
    parts = [
        {"context": context, "qas": [{"id": str(place), "question": "Which?", "answers": answers}]}
        for place, context in enumerate(CONTEXTS)
    ]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"title": "rules", "paragraphs": parts}]}))
    return path


def dataset(documents, questions):
    return load_dataset(CompareSpec(documents=str(documents), questions=str(questions)))


def test_the_documents_that_hold_a_paragraph_are_the_evidence(tmp_path, squad):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "leave.md").write_text(f"# Leave\n\n{CONTEXTS[0]} It is asked for.\n")
    (folder / "travel.txt").write_text("Trains are paid in the second class alone.")
    found = dataset(folder, squad)
    assert [question.evidence for question in found.questions] == [("leave.md",), ("travel.txt",)]
    assert found.notes == ()


def test_the_file_itself_may_be_the_documents(squad):
    assert [question.evidence for question in dataset(squad, squad).questions] == [("squad.json:1",)] * 2


def test_paragraphs_in_no_document_name_no_evidence_and_it_is_told(tmp_path, squad):
    (tmp_path / "other.txt").write_text("Salaries come on Friday.")
    found = dataset(tmp_path / "other.txt", squad)
    assert [question.evidence for question in found.questions] == [(), ()]
    assert "squad.json: the paragraphs of 2 of 2 questions stand in none of the documents" in found.notes[0]


def test_a_paragraph_that_is_a_document_by_its_name_stays_one(tmp_path, squad):
    rows = [{"id": f"rules/{place}", "text": "Other words."} for place in range(2)]
    (tmp_path / "d.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert [q.evidence for q in dataset(tmp_path / "d.jsonl", squad).questions] == [("rules/0",), ("rules/1",)]


def test_evidence_that_is_a_sentence_of_a_document_is_that_document(tmp_path):
    (tmp_path / "docs").mkdir()
    for name, text in zip(("leave.md", "travel.txt"), CONTEXTS, strict=True):
        (tmp_path / "docs" / name).write_text(f"Of it:\n{text}")
    rows = [{"question": "Which?", "answer": "thirty", "evidence": text} for text in CONTEXTS]
    (tmp_path / "q.jsonl").write_text("\n".join(map(json.dumps, rows)))
    found = dataset(tmp_path / "docs", tmp_path / "q.jsonl").questions
    assert [question.evidence for question in found] == [("leave.md",), ("travel.txt",)]
    assert [question.document for question in found] == ["leave.md", "travel.txt"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("所有员工每年有三十天假期。假期要提前申请。", "假期要提前申请。"),
        ("It says: “Trains are paid in the second class.”", "Trains are paid in the second class."),
        ("Trains are paid (in the second class alone).", "in the second class alone"),
    ],
)
def test_a_sentence_is_found_behind_marks_and_where_no_blank_parts_words(text, shown):
    found = _held([shown, "is it"], {"rules.md": text, "other.md": "This is it, in no class."})
    assert found == {shown: ["rules.md"], "is it": ["other.md"]}
