"""The data of a comparison from files: what belongs to which document, however documents are called."""

import json

from autophagy.compare.dataset import load_dataset
from autophagy.compare.spec import CompareSpec


def lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_rewritings_belong_to_the_document_that_they_name_whatever_it_is_called(tmp_path):
    """A name may end in brackets, as those do that tell two documents of one name apart."""
    names = ["Report (2019)", "Report", "Notes (2)"]
    documents = lines(tmp_path / "documents.jsonl", [{"id": name, "text": f"On {name}."} for name in names])
    rewritten = [{"document": name, "text": f"{name}, version {n}."} for n in range(3) for name in names]
    rewritings = lines(tmp_path / "rewritings.jsonl", rewritten)
    questions = lines(tmp_path / "questions.jsonl", [{"question": "What?", "answers": ["that"], "document": "Report"}])
    spec = CompareSpec(documents=documents, questions=questions, rewritings=rewritings, arms="closed")
    corpus = load_dataset(spec).corpus
    assert corpus.documents.meta["document"].tolist() == names
    assert corpus.rewritings.meta["document"].tolist() == [row["document"] for row in rewritten]
