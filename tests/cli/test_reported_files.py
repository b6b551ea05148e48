"""Files after public reports of bugs, from the command line: what was asked for and cannot be had is told."""

import json

import pytest

from autophagy.cli.main import main
from pdfs import drawn, spelt
from provider import served

ROWS = "".join(f"{'on' if i % 2 else 'off'},{i * 7 % 11},{i * 5 % 13}\n" for i in range(60))
LOOP = ("loop", "a.csv", "--model", "gaussian", "--generations", "1", "--seeds", "1", "--out", "run")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("names", "metrics", "told"),
    [
        ("flag,u,v", ["classes", "drift"], "The figures of the metric classes are unknown, since a.csv has no classes"),
        ("flag,u,v", ["lost_classes"], "The figures of the metric lost_classes are unknown"),
        ("flag,u,v", ["drift"], ""),
        ("label,u,v", ["classes"], ""),
    ],
)
def test_metrics_of_classes_say_where_there_are_none(tmp_path, capsys, names, metrics, told):
    (tmp_path / "a.csv").write_text(f"{names}\n{ROWS}")
    asked = [word for metric in metrics for word in ("--metric", metric)]
    assert main([*LOOP, *asked]) == 0
    notes = capsys.readouterr().err
    assert told in notes
    assert ("unknown, since" in notes) == bool(told)


def test_metrics_of_classes_say_where_there_are_too_few_rows_of_each(tmp_path, capsys):
    (tmp_path / "a.csv").write_text(
        "label,u,v\n" + "".join(f"k{i % 20},{i * 7 % 11},{i * 5 % 13}\n" for i in range(60))
    )
    assert main([*LOOP, "--metric", "classes"]) == 0
    told = "a.csv has 48 rows to learn its classes from, fewer than five of each: give it more."
    assert told in " ".join(capsys.readouterr().err.split())


def test_texts_of_white_space_are_told_by_audit_and_curate(tmp_path, capsys):
    texts = ["cat", "dog", "cat", "", "猫", " \t ", "a b", "\u3000"]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    for verb in ("audit", "curate"):
        assert main([verb, "a.jsonl", "--out", verb, "--workers", "1"]) == 0
        assert "a.jsonl: 3 texts held nothing but white space." in capsys.readouterr().err
    summary = json.loads((tmp_path / "curate" / "summary.json").read_text())
    assert any("3 texts held nothing but white space" in note for note in summary["notes"])


def test_tokens_that_some_answers_do_not_tell_are_counted_and_a_missing_price_is_named(tmp_path, capsys):
    """browser-use 5684, crush 993: a mean over the others, and no price of 0."""
    pytest.importorskip("qdrant_client")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("\n\n".join(f"Pier {i} has {i + 10} berths." for i in range(6)))
    asked = [{"question": f"How many berths has pier {i}?", "answer": f"{i + 10}"} for i in range(6)]
    (tmp_path / "q.jsonl").write_text("".join(json.dumps(one) + "\n" for one in asked))
    (tmp_path / "prices.toml").write_text('date = 2026-11-01\n[models."other"]\ninput = 1.0\noutput = 2.0\n')

    def script(handler, request, count):
        pier = str(request["messages"]).rpartition("pier ")[2][:1]
        handler.say("12", usage=None if pier in ("1", "4") else (50, 5))

    with served(script) as server:
        words = [
            "--documents",
            "docs",
            "--questions",
            "q.jsonl",
            "--model",
            "m",
            "--embedder",
            "none",
            "--prices",
            "prices.toml",
        ]
        address = f"http://127.0.0.1:{server.server_port}/v1"
        assert main(["compare", *words, "--base-url", address, "--arm", "context", "--out", "run", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["arms"][0]["tokens_unknown"] == 2
    assert found["arms"][0]["tokens_per_query"] == 55
    assert found["arms"][0]["money_per_query"] is None
    assert any("prices.toml has no price of m" in note for note in found["notes"])
    assert main(["report", "run"]) == 0
    page = (tmp_path / "run" / "report.html").read_text()
    for words in ("did not tell the tokens of 2 answers", "has no price of m"):
        assert words in page


HEBREW = ["העובדים מקבלים 30 ימי", "חופשה בכל שנה לפי הסכם", "של החברה Acme בירושלים."]


def test_a_pdf_that_runs_from_right_to_left_from_the_command_line(tmp_path, capsys):
    """pdfminer.six 850: found by its words, and kept as it is written."""
    for library in ("pypdfium2", "qdrant_client"):
        pytest.importorskip(library)
    parquet = pytest.importorskip("pyarrow.parquet")
    lines = [(500 - 6 * len(line), 700 - 14 * i, drawn(line)) for i, line in enumerate(HEBREW)]
    (tmp_path / "a.pdf").write_bytes(spelt(lines))
    assert main(["ask", "חופשה", "--documents", "a.pdf", "--embedder", "none", "--json"]) == 0
    assert "\n".join(HEBREW) in str(json.loads(capsys.readouterr().out)).replace("\\n", "\n")
    for verb in ("audit", "curate"):
        assert main([verb, "a.pdf", "--workers", "1", "--out", f"{verb}-pdf"]) == 0
        assert main(["report", f"{verb}-pdf"]) == 0
    kept = parquet.read_table(tmp_path / "curate-pdf" / "kept")
    assert kept["text"].to_pylist() == ["\n".join(HEBREW)]
