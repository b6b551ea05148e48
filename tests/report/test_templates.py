"""HTML stands in templates alone, and what they leave unescaped is the package's own."""

import ast
import json
import re
import sys
from pathlib import Path

import pytest

import autophagy
from autophagy.core.errors import MissingExtra
from autophagy.report import templates
from autophagy.report.page import UNBROKEN, fill

jinja2 = pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")

PACKAGE = Path(autophagy.__file__).parent
TAG = re.compile(
    r"<\s*/?\s*(div|p|table|tr|td|th|span|section|h[1-6]|ul|li|a|b|i|svg|details|figure|article|header|small|script|style)\b",
    re.IGNORECASE,
)
READS_HTML = {PACKAGE / "data" / "readers" / "html.py"}
MODULES = sorted(set(PACKAGE.rglob("*.py")) - READS_HTML)
TEMPLATES = sorted(PACKAGE.rglob("*.html"))


def test_what_no_line_may_break_is_marked_in_text_alone() -> None:
    def marked(page: str) -> str:
        return UNBROKEN.sub(lambda found: f"[{found[0]}]" if found["text"] else found[0], page)

    assert marked('<p title="--seeds">More seeds (--seeds) or --out=x</p>') == (
        '<p title="--seeds">More seeds ([--seeds]) or [--out]=x</p>'
    )
    assert marked('<td aria-label="9.9 %">99.9 % [1 %, 3 %], &lt;0.1 %</td>') == (
        '<td aria-label="9.9 %">[99.9 %] [[1 %], [3 %]], &lt;[0.1 %]</td>'
    )
    for page in (
        "<script>a--b --c 5 %</script>", "<svg><text>--up 5 %</text></svg>", "<title>--x 5 %</title>",
        "a -- b, -1, x--y, 5%, a % b",
    ):  # fmt: skip
        assert marked(page) == page


def test_no_module_holds_html() -> None:
    """Not in a string, nor in the texts between the braces of an f-string, which are constants of the tree too."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not TAG.search(node.value), f"{path}:{node.lineno} holds HTML: it belongs in a template"


def test_the_pattern_finds_html() -> None:
    assert all(map(TAG.search, ("<p>", "</div>", '<td class="x">', "a < b > c", "<script", "<h1>")))
    assert not any(map(TAG.search, ("<br>", "<extra></extra>", "a <= b", "<passage>", "1 < 2", "<base>")))


def test_nothing_but_the_assets_of_the_package_goes_in_unescaped() -> None:
    unescaped = {
        (path.name, expression)
        for path in TEMPLATES
        for expression in re.findall(r"(\w+)\s*\|\s*safe", path.read_text(encoding="utf-8"))
    }
    # a drawing is made by charts.svg, which escapes each word (tests/charts/test_svg.py)
    assert unescaped == {("page.html", "css"), ("page.html", "js"), ("kit.html", "svg")}
    assert not any("autoescape" in path.read_text(encoding="utf-8") for path in TEMPLATES)
    assert not any("Markup" in path.read_text(encoding="utf-8") for path in MODULES)


def test_every_attribute_that_holds_a_value_is_quoted() -> None:
    """Escaping protects a value between quotes, and no other."""
    for path in TEMPLATES:
        assert not re.search(r"=\{\{", path.read_text(encoding="utf-8")), path.name


def test_the_environment_escapes_and_knows_every_name() -> None:
    environment = templates._environment()
    assert environment.from_string("{{ x }}").render(x="<b>\"'&") == "&lt;b&gt;&#34;&#39;&amp;"
    with pytest.raises(jinja2.UndefinedError):
        environment.from_string("{{ y }}").render(x=1)


def test_the_data_of_the_script_cannot_end_it() -> None:
    text = "</script><!--\u2028\u2029&'"
    block = _page(text).split('id="data">', 1)[1].split("</script>", 1)[0]
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block)["players"] == {text: [text]}


def _page(text: str) -> str:
    return fill("loop/page.html", title=text, players={text: [text]}, several=None, runs=[], links=[])


def test_nan_is_no_json() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        fill("loop/page.html", title="t", players={"a": float("nan")}, several=None, runs=[], links=[])


def test_without_jinja2_the_install_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    templates._environment.cache_clear()
    with pytest.raises(MissingExtra, match=r"the report needs the package jinja2.*pip install 'autophagy\[report\]'"):
        _page("x")
    templates._environment.cache_clear()
