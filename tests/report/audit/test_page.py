"""The pages of an audit and of a curation: what to do first, then every finding with examples in place."""

import json
from pathlib import Path
from typing import Any

import pytest

import autophagy
from autophagy.audit.spec import AuditSpec
from autophagy.cli.main import main
from autophagy.core.errors import UsageError
from autophagy.curate.spec import CurateSpec
from autophagy.report import write_report
from autophagy.report.audit.page import _findings
from report.compare.test_page import Text
from report.loop.test_page import Elements, show

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")

LONG = "a-long-folder-name-" * 6
COPY = "The market in town {} opens on the first day of every month and closes late at night."


def lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows of 40 sources with copies and hidden characters, a line that is no JSON, and a long file name."""
    folder = tmp_path_factory.mktemp("corpus")
    rows = [{"text": COPY.format(i), "source": f"source-{i:02}.example.org/a/long/path"} for i in range(40)]
    rows += rows[:10]
    rows.append({"text": "Before \u200b\u200b\u200b\u200b and \u202eafter\u202c it.", "source": "hidden"})
    (folder / f"{LONG}.jsonl").write_text(lines(rows) + "{never closed\n")
    return folder


@pytest.fixture(scope="module")
def audited(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit") / "run"
    autophagy.run(AuditSpec(paths=[corpus], curators=["duplicates", "hidden"]), folder, workers=1)
    return folder


@pytest.fixture(scope="module")
def curated(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    asked = tmp_path_factory.mktemp("asked") / "asked.txt"
    asked.write_text("nobody-has-this-id\n")
    folder = tmp_path_factory.mktemp("curate") / "run"
    spec = CurateSpec(
        paths=[corpus], curators=["duplicates", "hidden"], exclude_source="source-39.example.org/a/long/path",
        remove=str(asked),
    )  # fmt: skip
    autophagy.run(spec, folder, workers=1)
    return folder


def plain(page: Path) -> str:
    return Text(page.read_text()).plain


def in_order(words: str, *told: str) -> None:
    """Each text stands somewhere behind the one before it."""
    place = 0
    for each in told:
        assert each in words[place:], each
        place = words.index(each, place) + len(each)


def test_an_audit_says_what_to_do_and_then_shows_each_finding_in_place(audited: Path, tmp_path: Path) -> None:
    page = write_report([audited], tmp_path / "page.html")
    result = autophagy.open(audited)
    in_order(
        plain(page), result.verdict[0], "What was found", "What to do", "Where the rows come from",
        "source-00.example.org/a/long/path", "Duplicates", "exact copy", COPY.format(0), "Hidden text",
        "Rows that could not be read", "The same run once more", "autophagy audit --spec",
    )  # fmt: skip
    text = page.read_text()
    assert "\u200b" not in text
    assert "\u202e" not in text
    assert '<mark><span class="sign">U+200B × 4</span></mark>' in text
    assert "10 of 52 rows (19.23 %) repeat another row." in plain(page)


def test_a_curation_says_what_is_left_and_shows_the_receipt(curated: Path, tmp_path: Path) -> None:
    page = write_report([curated], tmp_path / "page.html")
    result = autophagy.open(curated)
    in_order(
        plain(page), result.verdict[0], "Kept", "What is left of each source", "1 of 2 kept (50.0 %)",
        "What was asked to be removed", "asked.txt 1", "The same run once more", "autophagy curate --spec",
    )  # fmt: skip


def test_the_row_that_is_repeated_stands_beside_the_copy(audited: Path, tmp_path: Path) -> None:
    first = autophagy.open(audited).document["findings"][0]["examples"][0]
    words = plain(write_report([audited], tmp_path / "page.html"))
    assert f"row {first['row']} " in words
    assert f"compared with {LONG[:45]}" in words.replace("\n", " ")
    assert f"row {first['partner']['row']} " in words
    assert words.count(first["partner"]["text"]) >= 2


def test_several_of_a_kind_go_into_one_page_and_kinds_are_not_mixed(
    audited: Path, curated: Path, tmp_path: Path
) -> None:
    page = write_report([audited, audited], tmp_path / "page.html")
    ids = [each["id"] for _, each in Elements(page.read_text()).found if each.get("id")]
    assert len(ids) == len(set(ids))
    assert {"audit-1", "audit-2"} <= set(ids)
    with pytest.raises(UsageError, match=r"is an audit and .* is a curation: report on each kind by itself"):
        write_report([audited, curated], tmp_path / "page.html")


def test_personal_data_stays_where_it_is(tmp_path: Path) -> None:
    secret = "jane.doe@mail-of-hers.org"
    (tmp_path / "rows.jsonl").write_text(lines([{"text": f"Write to {secret} at once."}, {"text": "Nothing here."}]))
    run = tmp_path / "run"
    result = autophagy.run(AuditSpec(paths=[tmp_path / "rows.jsonl"], curators=["personal"]), run, workers=1)
    assert result.document["findings"][0]["count"] == 1
    assert secret not in (run / "audit.json").read_text()
    page = write_report([run], tmp_path / "page.html")
    assert secret not in page.read_text()
    in_order(plain(page), "Personal data", "1 e-mail address", "rows.jsonl row 1", "The text is not shown")


def test_many_rows_make_no_large_page(tmp_path: Path) -> None:
    rows = [
        {"text": f"text {i // 2} of many that come twice, as a test has it", "source": f"s{i}"} for i in range(20_000)
    ]
    (tmp_path / "rows.jsonl").write_text(lines(rows))
    result = autophagy.run(AuditSpec(paths=[tmp_path / "rows.jsonl"], curators=["duplicates"]), tmp_path / "run")
    assert result.document["findings"][0]["count"] == 10_000
    page = write_report([tmp_path / "run"], tmp_path / "page.html")
    assert page.stat().st_size < 200_000
    assert "19,900 more sources are not shown" in plain(page)


def test_an_unfinished_run_has_a_page_that_says_how_to_go_on(audited: Path, curated: Path, tmp_path: Path) -> None:
    for verb, whole in (("audit", audited), ("curate", curated)):
        folder = tmp_path / verb
        folder.mkdir()
        for name in ("spec.toml", "environment.json"):
            (folder / name).write_bytes((whole / name).read_bytes())
        words = plain(write_report([folder], folder / "report.html"))
        assert "has not finished" in words
        assert f"autophagy {verb} --resume --out {folder}" in words


def test_the_verb_leaves_its_page_in_the_run_folder(corpus: Path, tmp_path: Path, capsys: Any) -> None:
    for verb in ("audit", "curate"):
        folder = tmp_path / verb
        assert main([verb, str(corpus), "--curator", "duplicates", "--workers", "1", "--out", str(folder)]) == 0
        page = folder / "report.html"
        assert f"The report: {page}" in capsys.readouterr().out
        assert autophagy.open(folder).verdict[0] in plain(page)


def test_without_the_extra_the_verb_says_so_and_goes_on(
    corpus: Path, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from autophagy.report import templates

    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    templates._environment.cache_clear()
    words = ["audit", str(corpus), "--curator", "duplicates", "--workers", "1", "--out", str(tmp_path / "run")]
    assert main(words) == 0
    assert "has no report.html: the report needs the package jinja2" in capsys.readouterr().err
    assert not (tmp_path / "run" / "report.html").exists()
    assert autophagy.open(tmp_path / "run").done
    templates._environment.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_long_names_and_forty_sources_fit_a_screen(
    browser: Any, audited: Path, curated: Path, tmp_path: Path, width: int, scheme: str
) -> None:
    for folder in (audited, curated):
        show(browser, write_report([folder], tmp_path / "page.html"), width=width, scheme=scheme)
        browser.execute_script("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        assert browser.get_log("browser") == []


@pytest.mark.parametrize(
    ("counts", "caption"),
    [
        ((0, 0), "Nothing was found of: hidden text, duplicates"),
        ((2, 0), "What was found; nothing was found of: duplicates"),
        ((2, 1), "What was found (a row can be in several findings)"),
    ],
)
def test_the_table_of_findings_says_what_was_not_found(counts: tuple[int, int], caption: str) -> None:
    titles = ("Hidden text", "Duplicates")
    found = [
        {"title": title, "count": count, "share": count / 10, "advice": "Read them."}
        for title, count in zip(titles, counts, strict=True)
    ]
    assert _findings(found).caption == caption
