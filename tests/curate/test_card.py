"""The data card: what went in, what was done and what is left, in which no text is markup."""

import json
import re

import pytest

import autophagy
from autophagy.curate.card import code, table, text
from autophagy.curate.spec import CurateSpec
from autophagy.report.write import write_report

HARM = (
    "# a | b\n\n```\n<script>alert(1)</script> **b** [x](javascript:1) ![i](u) $m$ \u202etxt\u200b {{ 7*7 }} ${title}"
)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """60 rows of two sources and two languages; all ten copies are English web pages."""
    folder = tmp_path_factory.mktemp("card")
    rows = [
        {"text": f"row {i} of the corpus is about {i * i} different things", "source": HARM if i % 2 else "books",
         "language": "en" if i < 40 else "de"}
        for i in range(50)
    ]  # fmt: skip
    rows += [row for row in rows[:20] if row["source"] == HARM]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n")
    (folder / "asked.txt").write_text("no-such-id\n")
    spec = CurateSpec(paths=[folder / "rows.jsonl"], remove=str(folder / "asked.txt"))
    return autophagy.run(spec, folder / "run", workers=1)


def card(run):
    return words_of(run.folder)


def words_of(folder):
    """A card, in which no line ends between a number and its sign, with plain blanks."""
    text = (folder / "card.md").read_text()
    assert " %" not in text
    return text.replace("\N{NO-BREAK SPACE}%", " %")


def test_it_has_the_headings_of_a_card_in_their_order(run):
    headings = re.findall("^#+ (.*)$", card(run), re.MULTILINE)
    assert headings[0].startswith("Dataset card for ")
    wanted = ["Dataset details", "Uses", "Dataset structure", "Dataset creation", "Bias, risks and limitations",
              "How it was made", "Citation"]  # fmt: skip
    assert [each for each in headings if each in wanted] == wanted


def test_it_says_what_went_in_and_what_is_left(run):
    words = card(run)
    digest = next(v for k, v in run.record.environment()["files"].items() if k.endswith("rows.jsonl"))
    assert digest in words
    assert "| read | 61 | 100.00 % |" in words
    assert "| kept | 50 | 81.97 % |" in words
    assert "| dropped | 10 | 16.39 % |" in words
    assert "| books | 25 | 41.67 % | 25 | 50.00 % |" in words
    assert "| en | 50 | 83.33 % | 40 | 80.00 % |" in words
    assert "| de | 10 | 16.67 % | 10 | 20.00 % |" in words
    assert "| asked.txt 1 | removed | 0 |" in words
    assert "1 row could not be read for being no JSON object" in words
    assert "- 10 rows that repeat another row (Duplicates): exact copy (10)" in words
    assert "By language, estimated on rows drawn at random:" in words
    assert "lost 28.6 % of its rows" in words


def test_it_says_which_files_were_not_read_and_how_the_others_were(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "logo.png").write_bytes(b"\x89PNG")
    (tmp_path / "data" / "told.csv").write_text("day,comment\n1,A good one\n2,Not so good\n")
    words = card(autophagy.run(CurateSpec(paths=[tmp_path / "data"]), tmp_path / "out", workers=1)).replace("\\", "")
    left_out = "1 of 2 files was left out because files of this kind are not read: logo.png."
    assert f"How they were read:\n\n- {left_out}" in words
    assert "- told.csv: The text is the column comment" in words


def test_a_text_means_no_harm(run):
    words = card(run)
    assert "<script>" not in words
    assert "\u202e" not in words
    assert "\u200b" not in words
    assert "[U+202E]" in words.replace("\\", "")
    assert "$title" not in words.replace("\\", "").replace("{title}", "")  # filled in once
    for line in words.splitlines():
        assert not re.match(r"\s*(```|~~~)", line)
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in (3, 4, 5, 6), line
    assert words.count("\n# ") == 1


@pytest.mark.parametrize(
    "harm", ["|", "\\|", "`", "<b>", "&lt;", "*a*", "_a_", "[a](b)", "~~a~~", "$a$", "# a", "a\nb"]
)
def test_a_cell_is_read_as_the_text_that_it_is(harm):
    markdown = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed")
    html = markdown.MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(table(["a"], [[harm]]))
    found = re.findall("<td>(.*?)</td>", html, re.DOTALL)
    escaped = harm.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")
    assert found == [escaped]


def test_what_is_cut_is_shown_and_code_stays_code():
    assert text("a" * 1000).endswith("…")
    assert code(["a", "```", "\u200b"]) == "    a\n    ```\n    [U+200B]"


def test_a_curation_that_keeps_nothing_has_a_card_too(tmp_path):
    (tmp_path / "rows.jsonl").write_text('{"text": "one", "source": "s"}\n{"text": "two", "source": "s"}\n')
    result = autophagy.run(CurateSpec(paths=[tmp_path / "rows.jsonl"], exclude_source="s"), tmp_path / "run", workers=1)
    assert "| kept | 0 | 0.00 % |" in words_of(result.folder)


def test_neither_card_nor_page_says_where_on_this_machine_the_files_lie(run, tmp_path):
    page = write_report([run.folder], tmp_path / "page.html").read_text()
    above = str(run.folder.parent)
    assert "rows.jsonl" in card(run)
    assert above not in card(run)
    assert above not in page
    assert "autophagy curate --spec run/spec.toml --out another-folder" in card(run)


def test_the_card_of_data_in_memory_calls_them_so(tmp_path):
    autophagy.curate({"text": ["One text.", "Another one."]}, out=tmp_path / "out")
    card = (tmp_path / "out" / "card.md").read_text(encoding="utf-8")
    assert "# Dataset card for data frame in memory\n" in card
