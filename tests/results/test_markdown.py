"""A Markdown table shows its names letter for letter, judged by a parser."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from autophagy.results.markdown import markdown
from autophagy.results.table import FigureTable
from autophagy.text.line import on_one_line


def cells(text):
    """The texts of the cells, and whether nothing in them is markup."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    inside = [token for token, before in zip(tokens[1:], tokens, strict=False) if before.type in ("th_open", "td_open")]
    kinds = {child.type for token in inside for child in token.children}
    return ["".join(child.content for child in token.children) for token in inside], kinds


@settings(max_examples=300)
@given(st.text(st.one_of(st.characters(codec="utf-8"), st.characters(max_codepoint=127)), max_size=30))
@example("a | b")
@example("<img src=x onerror=alert(1)> **bold** [link](javascript:x) `code` &lt; ~~no~~ \\| http://x.org")
def test_any_name_is_shown_letter_for_letter(name):
    table = FigureTable(["Figure", "Value"], 1, [[[name, "-0.5 e"]]], ["a note"])
    found, kinds = cells(markdown(table))
    assert found == ["Figure", "Value", on_one_line(name).strip(), "-0.5 e"]
    assert kinds <= {"text", "text_special", "entity"}
