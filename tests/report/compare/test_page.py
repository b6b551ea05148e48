"""The page and the table of a comparison: what they hold, what they withstand, and that nothing unknown becomes 0."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from autophagy.compare.record import Comparison
from autophagy.compare.rows import AnswerRows
from autophagy.compare.summary import summarise
from autophagy.core.errors import RecordError, UsageError
from autophagy.core.registry import entries
from autophagy.report import write_report
from autophagy.report.compare.charts import cost_axis
from autophagy.report.compare.costs import Unit, front
from autophagy.report.compare.examples import chosen
from autophagy.report.compare.marks import duration, in_words, looks, money, points, share
from autophagy.report.compare.summary import told_apart
from autophagy.report.compare.terminal import Column, laid_out, print_comparison
from autophagy.report.table import Cell
from report.loop.test_page import show

pytest.importorskip("matplotlib")

HOSTILE = '"><script>window.stolen = 1</script>'
TYPES = ("one-fact", "two-hop", "unanswerable")
ARMS = ("closed", "context", "oracle", "full:rewritings=0,exposures=10", "full:rewritings=10,exposures=10")
GRADED = ("f1", "abstained", "recall", "reciprocal_rank", "ndcg")
GRADERS = {name: entries("grader")[name].facts.json() for name in GRADED}
RIGHT = {"closed": 0.0, "context": 0.75, "oracle": 1.0, "full:rewritings=0,exposures=10": 0.0}


class Text(HTMLParser):
    """What a reader without scripts sees, and the elements that there are."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._hidden = False
        self.feed(re.sub('<span class="unbroken">([^<]*)</span>', r"\1", page))  # it parts no words

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)

    @property
    def plain(self) -> str:
        return " ".join(" ".join(self.words).split())


def preparation(arm: str) -> dict[str, Any]:
    """What an arm cost to prepare: nothing for a closed book."""
    tuned = arm.startswith("full")
    complexity = {"services": [], "artifacts": ["weights"] * tuned, "settings": [], "steps": [], "seconds": None}
    return {
        "seconds": 12.0 * tuned,
        "search_seconds": 4.0 * tuned,
        "joules": None,
        "method": "none",
        "tokens_trained": 0,
        "tokens_read": 0,
        "tokens_written": 0,
        "bytes": 1e6 * tuned,
        "details": {"learning_rate": 0.001, "tried": {"0.001": 0.5}, "epochs": 3, "writer": "given"} if tuned else {},
        "complexity": complexity | {"gpu": False, "count": int(tuned)},
    }


def make(folder: Path, arms: tuple[str, ...] = ARMS, *, hostile: str = "", done: bool = True, **spec: Any) -> Path:
    """A comparison as its record writes it: 8 documents with a question of each type, two trainings."""
    names = [f"person-{n}{hostile}" for n in range(8)]
    questions = {
        f"{type_}/{name}": {
            "id": f"{type_}/{name}",
            "text": f"Where is {name}?{hostile}",
            "answers": [] if type_ == "unanswerable" else [f"Town {name}"],
            "evidence": [] if type_ == "unanswerable" else [name],
            "type": type_,
            "choices": [],
            "document": name,
        }
        for type_ in TYPES
        for name in names
    }
    folder.mkdir(parents=True)
    known = {"questions": questions, "documents": {name: f"{name} lives in Town {name}." for name in names}}
    (folder / "dataset.json").write_text(json.dumps(known))
    for name in names:
        append(folder / "passages.jsonl", {"passage": f"{name}#1", "text": f"{name} lives in Town {name}."})
    notes = {"digest": "d" * 64, "documents": 8, "questions": 24, "notes": [], "versions": {"python": "3"}}
    notes["graders"] = GRADERS
    (folder / "environment.json").write_text(json.dumps(notes))
    (folder / "spec.toml").write_bytes(
        tomli_w.dumps({"documents": "docs", "questions": "q", "model": "m/base", "arms": list(ARMS), **spec}).encode()
    )
    for arm in arms:
        for seed in range(2 if arm.startswith("full") else 1):
            energy = {"joules": None, "seconds": 1.0, "method": "none"}
            memory = {"preparation": None, "answering": 2e8}
            what = {
                "control": arm in ("closed", "oracle"),
                "reads": arm in ("context", "oracle"),
                "tuned": arm.startswith("full"),
            }
            line = {"arm": arm, "seed": seed, **what, "answering": energy, "memory": memory}
            line["preparation"] = preparation(arm)
            append(folder / "arms.jsonl", line)
            for place, asked in enumerate(questions.values()):
                append(folder / "answers.jsonl", answer(arm, seed, place, asked, hostile))
    if done:
        (folder / "DONE").touch()
    return folder


def answer(arm: str, seed: int, place: int, asked: dict[str, Any], hostile: str) -> dict[str, Any]:
    """One row: the arm is right on the first questions of its share."""
    right = float(place % 8 < 8 * RIGHT.get(arm, 0.5))
    reads = arm in ("context", "oracle")
    return {
        "arm": arm,
        "seed": seed,
        "question": asked["id"],
        "type": asked["type"],
        "text": f"an answer of {arm}{hostile}",
        "passages": [f"{asked['document']}#1"] if reads else [],
        "tokens_in": 100 if reads else 20,
        "tokens_out": 3,
        "seconds": 0.03 if reads else 0.01,
        "error": "",
        "scores": [],
        "joules": None,
        "marks": {
            "correct": right,
            "f1": right,
            "abstained": 0.0,
            "recall": 1.0 if reads and asked["evidence"] else None,
            "reciprocal_rank": 1.0 if reads and asked["evidence"] else None,
            "ndcg": None,
        },
    }


def append(path: Path, line: dict[str, Any]) -> None:
    with path.open("a") as file:
        file.write(json.dumps(line) + "\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("compare") / "run")


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    return write_report([folder], folder / "report.html").read_text()


def test_the_verdict_comes_first_and_every_section_stands_as_text(page: str, folder: Path) -> None:
    found = Text(page)
    words = found.plain
    verdict = summarise(Comparison(folder))["verdict"]
    assert "context" in verdict
    assert "right most often" not in words  # of 24 questions, which tell nothing apart
    assert words.index("24 questions are too few") < words.index("Quality against cost")
    for told in (
        "When preparation pays off", "The arms", "How arms differ", "What more wordings teach", "What was found",
        "20 of 24 questions", "How this was made", "not decisive", "Recall", "0.001: 0.50", "an answer of context",
        "lives in Town person-0",
    ):  # fmt: skip
        assert told in words, told
    assert not [attrs for _, attrs in found.tags if (attrs.get("src") or attrs.get("href") or "").startswith("http")]
    charts = {attrs["id"] for _, attrs in found.tags if "data-plot" in attrs}
    data = json.loads(page.split('id="data">', 1)[1].split("</script>", 1)[0])
    assert charts == set(data["plots"])
    # how often each is right, trade-offs, the amortised cost, learning over all questions and each type
    assert len(charts) == 1 + 4 + 1 + 4


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_arms_are_hidden_and_shown_in_every_chart(browser: Any, folder: Path, width: int, scheme: str) -> None:
    show(browser, write_report([folder], folder / "shown.html"), width=width, scheme=scheme)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    count = "return document.querySelectorAll('#comparison-1-at-100 .c1').length"
    drawn = browser.execute_script(count)
    assert drawn >= 2  # a letter and its interval
    button = browser.find_element("css selector", "[data-label=context] button")
    button.send_keys(" ")
    assert browser.execute_script(count) == 0
    button.send_keys(" ")
    assert browser.execute_script(count) == drawn
    chart = browser.find_element("css selector", "#comparison-1-amortised .drawing")
    chart.send_keys("\ue011")  # Home: the first number of queries
    assert "queries 1" in browser.find_element("css selector", "#comparison-1-amortised .tip").text
    ticks = "return [...document.querySelectorAll('#comparison-1-amortised .yt')].map(tick => tick.textContent)"
    before = browser.execute_script(ticks)
    browser.find_element("css selector", "#comparison-1-even ~ .tools button").send_keys(" ")
    assert browser.execute_script(ticks) != before  # the axis fits what is left, in words of time
    assert all(tick.endswith((" s", " ms")) for tick in browser.execute_script(ticks))
    assert browser.get_log("browser") == []


def test_the_tables_of_arms_need_no_scrolling_on_a_telephone(browser: Any, folder: Path) -> None:
    """Each row is a card there, and each figure has its head beside it; on a screen they are tables."""
    page = write_report([folder], folder / "narrow.html")
    tables = "return [...document.querySelectorAll('.scroll:has(.cards)')]"
    show(browser, page, width=390)
    assert browser.execute_script(f"{tables}.length") >= 4
    assert browser.execute_script(f"{tables}.every(table => table.scrollWidth <= table.clientWidth)")
    head = "return getComputedStyle(document.querySelector('.comparison .cards tbody td'), '::before').content"
    assert browser.execute_script(head) == '"Right"'
    show(browser, page, width=1280)
    assert browser.execute_script(head) == "none"


def test_questions_are_found_by_a_word_and_by_a_mark(browser: Any, folder: Path) -> None:
    show(browser, write_report([folder], folder / "found.html"))
    titles = "return [...document.querySelectorAll('details.example')].filter(e => !e.hidden).map(e => e.innerText)"
    every = browser.execute_script(titles)
    told, words, mark = (
        browser.find_element("css selector", f".find {name}") for name in ("output", "input", "select")
    )
    assert told.text == f"{len(every)} of {len(every)}"
    word = max(re.findall(r"\w+", every[0].splitlines()[0]), key=len)
    words.send_keys(word.upper())
    found = browser.execute_script(titles)
    assert every[0] in found
    texts = browser.execute_script("return [...document.querySelectorAll('details.example')].map(e => e.textContent)")
    assert len(found) == sum(word.lower() in text.lower() for text in texts)
    words.clear()
    words.send_keys("no such word ever")
    assert told.text == f"0 of {len(every)}"
    browser.execute_script("arguments[0].value = ''; arguments[0].dispatchEvent(new Event('input'))", words)
    counts = {}
    for option in mark.find_elements("css selector", "option"):
        option.click()
        counts[option.text] = len(browser.execute_script(titles))
    right, wrong = counts["context is right"], counts["context is wrong"]
    assert 0 < right < counts["All questions"] == len(every) >= right + wrong
    assert browser.get_log("browser") == []


def test_the_opening_says_which_arms_are_told_apart(page: str) -> None:
    words = Text(page).plain
    opening = words[words.index("The arms that could be put into service") : words.index("How often each arm is right")]
    assert "best" in opening
    assert "worse" in opening
    assert "undecided" in opening
    assert "oracle" not in opening  # a control


def test_no_arm_is_called_the_best_where_none_is_told_apart() -> None:
    undecided = [{"a": "context", "b": "full", "decisive": False}]
    decided = [{"a": "context", "b": "lora", "decisive": True}]
    assert told_apart(undecided, "full", "full").text == "highest"
    assert told_apart(undecided, "context", "full").text == "undecided"
    assert told_apart(undecided + decided, "context", "context").text == "best"
    assert told_apart([], "context", "context").text == "–"


def test_unknown_figures_are_said_to_be_unknown(page: str) -> None:
    words = Text(page).plain
    costs = words[words.index("What they cost") : words.index("What they take to run")]
    row = costs[costs.index("context") : costs.index("oracle")]
    assert row.split().count("unknown") == 1  # the joules of its queries; its set-up took no time and so no energy
    assert "never right" in costs
    assert "200 MB" in row


def test_hostile_texts_stay_text(tmp_path: Path) -> None:
    page = write_report([make(tmp_path / "run", hostile=HOSTILE)], tmp_path / "page.html").read_text()
    assert "window.stolen" in Text(page).plain
    assert HOSTILE not in page
    assert sum(tag == "script" for tag, _ in Text(page).tags) == 2


@pytest.mark.parametrize("arms", [(), ("closed",), ("closed", "context")])
def test_a_comparison_that_has_only_begun_has_a_page(tmp_path: Path, arms: tuple[str, ...]) -> None:
    page = write_report([make(tmp_path / "run", arms, done=False)], tmp_path / "page.html")
    words = Text(page.read_text()).plain
    assert "has not finished" in words
    assert f"autophagy compare --resume --out {tmp_path / 'run'}" in words
    assert ("Quality against cost" in words) == bool(arms)


def test_several_comparisons_share_a_page_and_loops_are_apart(folder: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "other")
    found = Text(write_report([folder, other], tmp_path / "page.html").read_text())
    assert [attrs["id"] for tag, attrs in found.tags if tag == "article"] == ["comparison-1", "comparison-2"]
    loop = tmp_path / "loop"
    loop.mkdir()
    (loop / "spec.toml").write_text('data = "ring"\nmodel = "gaussian"\nregimes = ["replace"]\n')
    with pytest.raises(UsageError, match="is a comparison and "):
        write_report([folder, loop], tmp_path / "mixed.html")
    assert not (tmp_path / "mixed.html").exists()


def test_a_damaged_comparison_is_named(tmp_path: Path) -> None:
    run = make(tmp_path / "run")
    append(run / "answers.jsonl", {"arm": "closed", "seed": 0})
    with pytest.raises(RecordError, match="is damaged"):
        write_report([run], tmp_path / "page.html")


def test_examples_are_of_every_type_and_first_those_that_arms_disagree_on(folder: Path) -> None:
    rows = AnswerRows.of(Comparison(folder))
    answers: dict[tuple[str, str], list[Any]] = {}
    for row in rows.answers:
        answers.setdefault((row["arm"], row["question"]), []).append(row)
    names = chosen(rows, answers, 18)
    assert names == chosen(rows, answers, 18)
    types = [rows.asked[name]["type"] for name in names]
    assert [types.count(type_) for type_ in TYPES] == [6, 6, 6]
    assert len({rows.asked[name]["document"] for name in names[:6]}) == 6  # six of a type, each of another document
    assert len(chosen(rows, answers, 100)) == 24
    for row in rows.answers:  # all are right but for one question, on which they differ
        row["marks"]["correct"] = float(row["question"] != "two-hop/person-7" or row["arm"] == "oracle")
    assert chosen(rows, answers, 3)[1] == "two-hop/person-7"


def arm(name: str, right: float | None, fixed: float | None, each: float | None) -> dict[str, Any]:
    cost = {"setup_seconds": fixed, "seconds_per_query": each}
    return {"arm": name, "control": name == "oracle", "correct": {"value": right}, **cost}


def test_the_front_moves_with_the_number_of_queries_and_holds_no_control() -> None:
    arms = [
        arm("context", 0.8, 1.0, 0.1), arm("full", 0.8, 100.0, 0.01), arm("lora", 0.5, 200.0, 0.2),
        arm("oracle", 1.0, 0.0, 0.0), arm("qlora", None, 0.0, 0.0), arm("full+context", 0.9, None, 0.3),
    ]  # fmt: skip
    seen, unit = looks(arms), Unit("setup_seconds", "seconds_per_query", "seconds")
    best = {n: [one["arm"] for one in front(arms, seen, unit, n)] for n in (None, 100, 1_000_000)}
    assert best == {None: ["full", "full+context"], 100: ["context"], 1_000_000: ["full"]}


def test_arms_stand_out_in_a_sentence_and_only_where_they_are_named() -> None:
    names = ("context", "full:rewritings=5", "full+context:rewritings=5")
    seen = looks(arm(name, None, None, None) for name in names)
    told = in_words("full+context:rewritings=5 beats context: by full:rewritings=5 <contexts>.", seen)
    both, tuned = (Cell(name, small="rewritings=5", bold=True) for name in ("full+context", "full"))
    assert told == [both, " beats ", Cell("context", bold=True), ": by ", tuned, " <contexts>."]


def test_an_unknown_interval_is_told_with_the_number_of_questions() -> None:
    score = {"value": 0.5, "low": None, "high": None, "n": 7}
    assert share(score, more=", of 7") == Cell("50 %", small="interval unknown, of 7")
    assert share(score) == Cell("50 %", small="interval unknown")
    assert points(score) == Cell("+50", small="interval unknown")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.0, "0 s"), (2.5e-5, "25.0 µs"), (0.0356, "35.6 ms"), (1.0, "1.00 s"), (90, "1.50 min"), (1e9, "11,574 d")],
)
def test_durations_are_told_in_their_unit(seconds: float, told: str) -> None:
    assert duration(seconds) == told


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_the_table_fits_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    print_comparison(summarise(Comparison(folder)))
    lines = capsys.readouterr().out.splitlines()
    assert max(len(line) for line in lines if "autophagy " not in line) <= width  # a line to type stays whole
    assert any(line.split()[:1] == ["exposures=10"] for line in lines)  # a setting stays whole
    assert any("75.0 [" in line for line in lines)
    assert any("more: a wider terminal" in line for line in lines) == (width == 40)


def test_columns_share_one_table_where_they_fit_and_two_where_not() -> None:
    name, quality, cost = Column("arm", ["a"]), [Column("paraphrased", ["1"])], [Column("s/query", ["2"])]
    heads = {w: [[c.head for c in part] for part, _ in laid_out(name, quality, cost, w)] for w in (29, 26, 20)}
    assert heads == {
        29: [["paraphrased", "s/query"]],
        26: [["paraphr…", "s/query"]],
        20: [["paraphrased"], ["s/query"]],
    }


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, "unknown"), (0.0, "0 EUR"), (3.7e-5, "0.000037 EUR"), (0.5, "0.50 EUR"), (1234567.8, "1,234,568 EUR")],
)
def test_money_is_told_without_powers_of_ten(value: float | None, told: str) -> None:
    assert told in money(value, "EUR")


def test_an_axis_of_money_is_told_in_plain_amounts() -> None:
    axis = cost_axis([3e-6, 4e-5], Unit("money", "money_per_query", "EUR"))
    assert list(axis.ticks.values()) == ["0.000003", "0.00001", "0.00003"]


def test_an_axis_of_costs_that_lie_close_has_more_than_two_ticks() -> None:
    axis = cost_axis([0.175, 0.232, 0.293], Unit("setup_seconds", "seconds_per_query", "seconds"))
    assert list(axis.ticks.values()) == ["200 ms", "300 ms", "400 ms"]


@pytest.mark.parametrize("spent", [[0.0231], [0.0231, 0.0252], [9e-7, 1.1e-6], [45.0, 50.0]])
@pytest.mark.parametrize("name", ["EUR", "seconds"])
def test_an_axis_on_which_only_one_tick_fits_is_not_logarithmic(spent: list[float], name: str) -> None:
    axis = cost_axis(spent, Unit("setup_seconds", "seconds_per_query", name))
    assert axis.scale == "linear" or len(axis.ticks) > 1
