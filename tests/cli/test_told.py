"""What reading has to tell is told by every verb, of every file that it is given: terminal, JSON and page."""

import html
import io
import json
import re

import pytest

from autophagy.cli.main import main
from provider import served

NAMES = ["Anna", "Boris", "Clara", "David"]
TEXTS = [
    f"The harbour keeps {i} boats under a grey roof near the cold wall, and {NAMES[i % 4]} paints number {i * 7} in a "
    "soirée." for i in range(48)
]  # fmt: skip
TABLE = "# exported by hand\nid,text,label\n" + "".join(
    f'r{i},"{text}",{("human", "machine")[i % 2]}\n' for i, text in enumerate(TEXTS)
)
GRADED = TABLE.replace("human", "good").replace("machine", "bad")
LINES = "".join(json.dumps({"id": f"r{i}", "text": text, "label": i % 2}) + "\n" for i, text in enumerate(TEXTS))


def _longer(table):
    """The rows with texts that are long enough to be judged."""
    return re.sub(r'"(.*)"', lambda found: f'"{" ".join([found[1]] * 9)}"', table)


FILES = {  # a kind of file: what it holds, and what has to be told of it
    "table.csv": (
        (TABLE + "a,b,c,d,e\n").encode("cp1252"),
        ["Windows-1252", "passed over as comments", "too few or too many cells"],
    ),
    "graded.csv": (GRADED.encode("cp1252"), ["Windows-1252", "passed over as comments"]),
    "lines.jsonl": ((LINES + "{broken\n").replace("wall", "wall\\ud83d", 1).encode(), ["no JSON object", "U+FFFD"]),
    "long.csv": (_longer(TABLE).encode("cp1252"), ["Windows-1252", "passed over as comments"]),
    "pairs.jsonl": (LINES.replace("wall", "wall\\ud83d", 1).encode(), ["U+FFFD"]),
}
ASKED = "".join(json.dumps({"question": f"How many boats has {i}?", "answer": f"{i}"}) + "\n" for i in range(4))
LOGS = [
    "".join(json.dumps({"prompt": f"Is {i} one? [Yes] or [No]", "response": f"[{said}]"}) + "\n" for i in range(20))
    for said in ("Yes", "No")
]
WORDS = {  # each flag that names a file: the command around it
    "loop": "loop FILE --model ngram --generations 1 --seeds 1 --metric types",
    "loop --reference": "loop rows.jsonl --reference FILE --model ngram --generations 1 --seeds 1 --metric types",
    "loop --teacher": "loop rows.jsonl --teacher FILE --model ngram --generations 1 --seeds 1 --metric types",
    "loop --curator": "loop rows.jsonl --curator quality:labels=FILE --model ngram --generations 1 --seeds 1",
    "audit": "audit FILE --workers 1 --curator duplicates",
    "curate": "curate FILE --workers 1",
    "curate --reference": "curate rows.jsonl --workers 1 --curator novelty --reference FILE",
    "curate --against": "curate rows.jsonl --workers 1 --against FILE",
    "curate --labels": "curate rows.jsonl --workers 1 --curator quality:features=words --labels FILE",
    "curate --remove": "curate rows.jsonl --workers 1 --remove FILE",
    "audit --examples": "audit rows.jsonl --workers 1 --curator duplicates --examples FILE",
    "generate --documents": "generate --documents FILE --rows 1",
    "generate --seeds": "generate --seeds FILE --recipe self_instruct --rows 1",
    "generate --against": "generate --seeds rows.jsonl --recipe self_instruct --rows 1 --against FILE",
    "compare --documents": "compare --documents FILE --questions asked.jsonl --arm closed --embedder none",
    "compare --questions": "compare --documents rows.jsonl --questions FILE --arm closed --embedder none",
    "ask": "ask boats --documents FILE --embedder none",
    "drift": "drift FILE after.jsonl",
}  # fmt: skip
GIVEN = {
    "loop --curator": ["graded.csv", "pairs.jsonl"], "curate --labels": ["graded.csv", "pairs.jsonl"],
    "audit --examples": ["long.csv"], "compare --questions": ["asked.csv"], "drift": ["before.jsonl"],
}  # fmt: skip
ASKED_TABLE = "# by hand\nquestion,answer\n" + "".join(f"How many soirées has {i}?,{i}\n" for i in range(4)) + "a,b,c\n"
FILES |= {
    "asked.csv": (ASKED_TABLE.encode("cp1252"), ["Windows-1252", "passed over as comments", "no readable question"]),
    "before.jsonl": ((LOGS[0] + "{broken\n").encode(), ["could not be read"]),
}  # fmt: skip

OF_ROWS = ["loop", "audit", "curate --against", "curate --reference", "generate --documents", "generate --seeds", "ask"]


def _book():
    """A workbook of texts with a title, formulas that nobody worked out, and a second sheet."""
    openpyxl = pytest.importorskip("openpyxl")
    book, sink = openpyxl.Workbook(), io.BytesIO()
    for row in (
        ["Texts of the harbour"],
        [],
        ["id", "text", "length"],
        *([f"r{i}", t, "=LEN(B1)"] for i, t in enumerate(TEXTS)),
    ):
        book.active.append(row)
    other = book.create_sheet("other")
    for row in (["a"], ["b"], ["c"]):
        other.append(row)
    book.save(sink)
    return sink.getvalue()


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, (data, _) in FILES.items():
        (tmp_path / name).write_bytes(data)
    for name, text in {
        "rows.jsonl": LINES.replace("boats", "ships"),
        "asked.jsonl": ASKED,
        "after.jsonl": LOGS[1],
    }.items():
        (tmp_path / name).write_text(text)


def says(handler, request, count):
    handler.say(f"Describe the {count} ropes of boat {count * 3} at dawn, and who ties them.", usage=(9, 9))


def run(command, capsys):
    """What a command shows on a terminal, and its JSON."""
    with served(says) as server:
        served_by = ["--model", "m", "--base-url", f"http://127.0.0.1:{server.server_port}/v1"]
        more = served_by if command[0] in ("generate", "compare") else []
        out = [] if command[0] == "ask" else ["--out", "run"]
        code = main([*command, *more, *out])
        shown = capsys.readouterr()
        assert code == 0, shown.err
        again = [] if command[0] == "ask" else ["--out", "again"] if command[0] == "drift" else ["--resume"]
        assert main([*command, *more, *([] if "again" in again else out), *again, "--json"]) == 0
    told = re.sub(r"\s+", " ", shown.err + shown.out)
    return told, json.dumps(json.loads(capsys.readouterr().out), ensure_ascii=False)


@pytest.mark.parametrize(
    ("flag", "file"), [(f, name) for f in WORDS for name in GIVEN.get(f, ["table.csv", "lines.jsonl"])]
)
def test_every_note_of_every_file_is_told_everywhere(tmp_path, capsys, flag, file):
    if "compare" in flag or flag == "ask":
        pytest.importorskip("qdrant_client")
    shown, document = run(WORDS[flag].replace("FILE", file).split(), capsys)
    places = {"terminal": shown, "JSON": document}
    if flag != "ask":
        assert main(["report", "run"]) == 0
        page = re.sub(r"<(script|style).*?</\1>", "", (tmp_path / "run" / "report.html").read_text(), flags=re.DOTALL)
        places["page"] = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))
    missing = [(words, place) for words in FILES[file][1] for place, text in places.items() if words not in text]
    assert not missing


@pytest.mark.parametrize("flag", OF_ROWS)
def test_every_verb_reads_a_workbook_and_tells_what_it_lacks(tmp_path, capsys, flag):
    """openpyxl 69 and readxl 383: formulas without values, titles, other sheets."""
    (tmp_path / "book.xlsx").write_bytes(_book())
    if flag == "ask":
        pytest.importorskip("qdrant_client")
    for place in run(WORDS[flag].replace("FILE", "book.xlsx").split(), capsys):
        for words in ("48 formulas have no value that was saved", "left out: other", "passed over as a title"):
            assert words in place
