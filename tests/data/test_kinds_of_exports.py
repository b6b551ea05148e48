"""What stores, servers, survey tools and labelling tools export: by kinds, of which the reports are single cases.

The reports: label-studio 6027, argilla 4936, lmms-eval 161, NeMo RL 673, formpack 234, surveymonkey 120,
elasticsearch-dump 136, pandas 26692 and 11674, documentdb-datamigrationtool 16, SQLPro 615, markitdown 2514,
wikitextprocessor 90, tasksource 6, DNN.FormAndList 72, and JSAT 59 and visidata 2038 of an earlier batch.
"""

import csv
import json
import zipfile
from io import BytesIO, StringIO

import numpy as np
import openpyxl
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from autophagy.core.errors import DataError
from autophagy.data.documents import read_documents
from autophagy.data.load import load
from autophagy.data.questions import read_questions
from autophagy.data.readers.objects import flat, json_records
from autophagy.data.readers.prose import prose
from autophagy.data.readers.returns import lines_of
from autophagy.data.readers.turns import spans
from autophagy.data.stream.wording import wording

STAMP = "2024-06-24T10:00:00.123456+00:00 "[:-1]
KEYS = [
    "25b8ca21-d0fb-4135-815d-0887393007b8",
    STAMP,
    "https://example.org/a/very/long/address/of/a/row",
    "batch_req_0001",
]


def sentence(row):
    return f"The keeper number {row} opens the door at noon"


def wrapped(row, within, keys):
    """A row whose text stands within objects, beside words that are longer and no text."""
    cell = {"post": sentence(row)}
    for name in reversed(within):
        cell = {name: cell}
    return {**{f"k{place}": f"{key}{row:03d}" for place, key in enumerate(keys)}, **cell, "lists": [{"a": row}]}


@given(
    within=st.lists(st.sampled_from(["fields", "data", "inner", "row"]), min_size=1, max_size=2, unique=True),
    keys=st.lists(st.sampled_from(KEYS), max_size=3, unique=True),
)
def test_a_text_within_objects_is_found_by_every_verb(tmp_path_factory, within, keys):
    rows = [wrapped(row, within, keys) for row in range(12)]
    path = tmp_path_factory.mktemp("rows") / "rows.json"
    path.write_text(json.dumps(rows))
    texts = [sentence(row) for row in range(12)]
    assert list(load(str(path)).samples.x) == texts
    assert list(read_documents(path).samples.x) == texts
    chosen = wording(list(rows[0]), rows)
    assert [chosen.of(row) for row in rows] == texts
    assert chosen.columns == (".".join([*within, "post"]),)


def test_prose_is_what_no_date_key_or_address_has():
    assert prose(["a red door"]) > prose([KEYS[0]] * 9)
    assert prose(["赤い戸"])[0] == 3
    assert prose([*KEYS, None, 7])[0] == 0


CHOICE = {"index": 0, "message": {"role": "assistant", "content": "At noon."}, "finish_reason": "stop"}


def test_the_answers_in_the_output_of_a_batch_are_the_texts(tmp_path):
    body = {"created": 1711652795, "choices": [CHOICE], "usage": {"total_tokens": 50}}
    rows = [{"custom_id": f"r-{row}", "response": {"status_code": 200, "body": body}} for row in range(4)]
    (tmp_path / "out.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert set(load(str(tmp_path / "out.jsonl")).samples.x) == {"assistant: At noon."}
    assert wording(list(rows[0]), rows).columns == ("response.body.choices",)


def test_a_column_of_conversations_is_the_text_whatever_it_is_called():
    rows = [{"task": "pref", "context": [{"role": "user", "content": "Why?"}], "completions": [{"rank": 0}]}]
    assert wording(list(rows[0]), rows).of(rows[0]) == "user: Why?"


@pytest.mark.parametrize(
    "name", ["_index", "_score", "Collector ID", "zipcode", "Phone Number", "EAN", "PLZ", "userId"]
)
def test_what_numbers_names_or_codes_the_rows_is_no_data(tmp_path, name):
    rows = "".join(f"{10001 + row // 3},{row}.5\n" for row in range(12))
    (tmp_path / "a.csv").write_text(f"{name},height\n{rows}")
    found = load(str(tmp_path / "a.csv"))
    assert found.samples.x.shape == (12, 1)
    assert any(f"{name} (" in note for note in found.notes)


@pytest.mark.parametrize("name", ["idle", "_a", "paid", "phones", "zip_count", "means"])
def test_a_quantity_of_a_like_name_stays(tmp_path, name):
    rows = "".join(f"{100 + row % 7},{row}.5\n" for row in range(12))
    (tmp_path / "a.csv").write_text(f"{name},_b\n{rows}")
    assert load(str(tmp_path / "a.csv")).samples.x.shape[1] == 1 + name.startswith("_")


@pytest.mark.parametrize(
    "name",
    ["created", "created_utc", "createdAt", "ts", "response.body.created", "Start Time", "Time (ms)", "Time-Data=A2"],
)
@pytest.mark.parametrize("unit", [1, 1_000])
def test_moments_are_no_data_where_their_column_says_so(tmp_path, name, unit):
    values = [(1_700_000_000 + 977 * row) * unit for row in range(9)]
    for called, width in ((name, 1), ("distance", 2)):
        path = tmp_path / f"{width}.csv"
        path.write_text(f"{called},size\n" + "".join(f"{value},{row}.5\n" for row, value in enumerate(values)))
        assert load(str(path)).samples.x.shape[1] == width


@pytest.mark.parametrize("orient", ["split", "records", "index", "columns", "table"])
def test_tables_of_pandas_are_read_with_one_level_of_names_or_two(tmp_path, orient):
    frame = pandas.DataFrame({"c": np.arange(9) / 2, "d": np.arange(9) * 3.0}, index=[f"r{row}" for row in range(9)])
    frame.to_json(tmp_path / "a.json", orient=orient)
    assert np.array_equal(load(str(tmp_path / "a.json")).samples.x, frame.to_numpy())
    frame.columns = pandas.MultiIndex.from_tuples([("x", "c"), ("x", "d")])
    frame.index = pandas.MultiIndex.from_product([range(3), range(3)])
    frame.to_json(tmp_path / "b.json", orient="split")
    assert list(json_records((tmp_path / "b.json").read_bytes())[0]) == ["x.c", "x.d"]
    assert np.array_equal(load(str(tmp_path / "b.json")).samples.x, frame.to_numpy())


def test_a_date_of_mongo_may_hold_a_number():
    assert flat({"at": {"$date": {"$numberLong": "5"}}, "b": {"$date": 5}}) == {"at": "5", "b": 5}


def test_rows_between_tabs_are_a_table_without_names(tmp_path):
    rows = "".join(f"{row}\t{'a b'}\t{'NN'[:1] if row == 3 else row / 4}\t2021-04-01\n" for row in range(12))
    (tmp_path / "dump.txt").write_text(rows.replace("\tN\t", "\t\\N\t"))
    found = load(str(tmp_path / "dump.txt"))
    assert found.samples.x.shape == (11, 1)
    (tmp_path / "prose.txt").write_text("".join(f"{row}\tThe keeper sleeps, and wakes.\n" for row in range(12)))
    assert load(str(tmp_path / "prose.txt")).kind == "text"


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def box(words, older=""):
    inner = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    drawn = f"<w:drawing><a><w:txbxContent>{inner}</w:txbxContent></a></w:drawing>"
    if not older:
        return f"<w:p><w:r>{drawn}</w:r></w:p>"
    shape = f"<w:txbxContent>{inner}</w:txbxContent>"
    old = f'<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{shape}</v:textbox></v:shape></w:pict>'
    return (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )


def word(body):
    memory, related = BytesIO(), "http://schemas.openxmlformats.org"
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{related}/package/2006/content-types"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{related}/package/2006/relationships"><Relationship Id="a" '
            f'Type="{related}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>',
        )
    return memory.getvalue()


@pytest.mark.parametrize("older", ["", "yes"])
def test_a_text_box_of_word_is_read_once_behind_its_paragraph(tmp_path, older):
    before, after = (f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in ("Before.", "After."))
    (tmp_path / "a.docx").write_bytes(word(before + box("Twelve guilders.", older) + after))
    assert list(read_documents(tmp_path / "a.docx").samples.x) == ["Before.\n\nTwelve guilders.\n\nAfter."]


def test_elements_of_xml_stand_on_lines_of_their_own(tmp_path):
    (tmp_path / "a.xml").write_text(
        "<?xml version='1.0'?><r><page><title>Nets</title><id>7</id><p>All 10<sup>6</sup> <b>dry</b> at noon.</p>"
        "</page>"
        "<page><title>Sails</title><id>8</id></page></r>"
    )
    found = read_documents(tmp_path / "a.xml").samples
    assert list(found.x) == ["Nets\n7\nAll 10⁶ dry at noon.\nSails\n8"]
    assert list(found.columns()["title"]) == ["Nets"]
    (tmp_path / "b.xml").write_text("<html><body><p>A page &amp; more<br>of it</p></body></html>")
    assert "A page & more" in read_documents(tmp_path / "b.xml").samples.x[0]
    (tmp_path / "c.xml").write_text("<r><p>Never closed, words all the same</r>")
    assert "words all the same" in read_documents(tmp_path / "c.xml").samples.x[0]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("Frage", "Antwort"), ("pregunta", "respuesta"), ("Domanda", "Risposta"), ("Вопрос", "Ответ"), ("问题", "答案")],
)
def test_question_and_answer_are_known_in_other_languages(tmp_path, asked, answered):
    path = tmp_path / "faq.csv"
    path.write_text(f"{asked};{answered}\n" + "".join(f"Wann {row}?;Um {row} Uhr.\n" for row in range(5)))
    questions, _ = read_questions(path)
    assert [(question.text, question.answers) for question in questions][2] == ("Wann 2?", ("Um 2 Uhr.",))
    assert read_documents(path).samples.x[2] == "Wann 2?\n\nUm 2 Uhr."


@given(choices=st.integers(2, 5), rows=st.integers(2, 6))
def test_multiple_choice_without_names_is_read(tmp_path_factory, choices, rows):
    lines = [
        [f"What, in words, is {row}?", *(f"{row}{c}" for c in range(choices)), "ABCDE"[row % choices]]
        for row in range(rows)
    ]
    written = StringIO()
    csv.writer(written).writerows(lines)
    path = tmp_path_factory.mktemp("mmlu") / "test.csv"
    path.write_text(written.getvalue())
    questions, notes = read_questions(path)
    assert [question.answers for question in questions] == [(f"{row}{row % choices}",) for row in range(rows)]
    assert any("holds no names" in note for note in notes)


ARFF = """% made by hand
@RELATION flowers
@attribute 'petal length' NUMERIC
@attribute width real
@attribute note string
@attribute class {'Iris setosa',b}
@DATA
"""


def test_arff_is_a_table_whose_rows_keep_their_lines(tmp_path):
    rows = [
        f"{row}.5,{'?' if row == 3 else row},'it\\'s, {row}',{chr(39) + 'Iris setosa' + chr(39) if row % 2 else 'b'}"
        for row in range(12)
    ]
    (tmp_path / "a.arff").write_text(ARFF + "\n".join(["% rows", *rows]))
    found = load(str(tmp_path / "a.arff"))
    assert found.samples.x.shape == (11, 2)
    assert any("the first in line 12: width is '?'" in note for note in found.notes)
    assert any("0 = Iris setosa, 1 = b" in note for note in found.notes)


@pytest.mark.parametrize("text", [ARFF + "{0 1, 3 b}\n", "@relation x\n1,2\n", "5,1\n"])
def test_arff_that_cannot_be_read_is_refused_in_a_sentence(tmp_path, text):
    (tmp_path / "a.arff").write_text(text)
    with pytest.raises(DataError, match=r"a\.arff .*save its table as CSV"):
        load(str(tmp_path / "a.arff"))


CELLS = st.text(st.characters(codec="ascii", exclude_characters=",;\t|\r\n\"'"), max_size=6)


@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=4, max_size=9),
    at=st.integers(0, 8),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_carriage_return_alone_ends_a_line_only_where_its_parts_are_rows(rows, at, end):
    lines = [",".join(row) for row in rows]
    assert lines_of(end.join(lines)) == lines_of("\r".join(lines)) == (lines, 0)
    at %= len(lines)
    typed = [line if place != at else f"{line[:1]}\r{line[1:]}" for place, line in enumerate(lines)]
    assert lines_of(end.join(typed)) == ([line.replace("\r", " ") for line in typed], 1)
    assert lines_of(lines[0] + "\r" + end.join(lines[1:])) == (lines, 0)


@pytest.mark.parametrize("ending", ["sav", "dta"])
def test_files_of_statistics_programs_are_documents_and_rows_to_audit(tmp_path, ending):
    pyreadstat = pytest.importorskip("pyreadstat")
    frame = pandas.DataFrame({"age": [20.0, 31.0, 44.0], "answer": [sentence(row) for row in range(3)]})
    path = tmp_path / f"a.{ending}"
    getattr(pyreadstat, {"sav": "write_sav", "dta": "write_dta"}[ending])(frame, str(path))
    assert list(read_documents(path).samples.x) == list(frame["answer"])
    import autophagy

    record = autophagy.run(autophagy.AuditSpec(paths=str(path), curators=["duplicates"]), tmp_path / "out", workers=1)
    assert record.document["rows"] == 3


@pytest.mark.parametrize(
    "name",
    ["LEID", "respid", "Serial No.", "number", "Account", "BLZ", "invoice nr", "RECORD", "S.No", "PatientNumber"],
)
def test_a_running_number_is_no_data_under_the_names_that_people_give_it(tmp_path, name):
    rows = "".join(f"{33987371 + 37 * row},{row % 7}.5\n" for row in range(12))
    (tmp_path / "a.csv").write_text(f"{name},height\n{rows}")
    found = load(str(tmp_path / "a.csv"))
    assert found.samples.x.shape == (12, 1)
    assert any(f"Left out: {name} (" in note for note in found.notes)


@pytest.mark.parametrize(
    "name", ["paid", "humid", "solid", "bid", "acid", "raid", "Mach number", "record_time", "casework", "mono"]
)
def test_what_only_ends_as_an_id_does_stays(tmp_path, name):
    rows = "".join(f"{101 + row * row % 13 * 7 + row},{row % 7}.5\n" for row in range(12))
    (tmp_path / "a.csv").write_text(f"{name},height\n{rows}")
    assert load(str(tmp_path / "a.csv")).samples.x.shape == (12, 2)


def test_numbers_of_footnotes_are_no_data_and_cost_no_row(tmp_path):
    rows = "".join(f'{row}.5,"{["", "1", "1,2"][row % 3]}"\n' for row in range(12))
    (tmp_path / "a.csv").write_text(f"value,Value Footnotes\n{rows}")
    assert load(str(tmp_path / "a.csv")).samples.x.shape == (12, 1)


@given(parts=st.lists(st.tuples(st.booleans(), st.text("abc é", min_size=1, max_size=5)), min_size=1, max_size=5))
def test_a_text_in_spans_is_the_text_of_all_of_them(parts):
    cell = [{"type": "bold", "text": text} if bold else text for bold, text in parts]
    if not any(bold for bold, _ in parts):
        assert spans(cell) is None
    else:
        between = "\n" if all(bold for bold, _ in parts) else ""
        assert spans(cell) == between.join(text for _, text in parts)
        assert flat({"text": cell})["text"] == spans(cell)


def test_a_list_of_other_things_is_no_text():
    for cell in ([], ["a"], [{"text": "a"}, 3], [{"type": "a"}], "a", {"text": "a"}, None):
        assert spans(cell) is None


@pytest.mark.parametrize("column", ["body", "description", "abstract", "comment"])
def test_a_named_column_of_prose_goes_before_a_longer_title(tmp_path, column):
    rows = [{"Name": "A very long name of a page", column: f"short words {row}"} for row in range(3)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert list(read_documents(tmp_path / "a.jsonl").samples.x) == [row[column] for row in rows]


@pytest.mark.parametrize(
    "asked", [{"question": "Why?"}, {"input": "Why?"}, {"messages": [{"role": "user", "content": "Why?"}]}]
)
def test_questions_within_objects_are_read(tmp_path, asked):
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "e1", "inputs": asked, "outputs": {"answer": "So."}}))
    questions, _ = read_questions(tmp_path / "a.jsonl")
    assert [(question.id, question.text, question.answers) for question in questions] == [("e1", "Why?", ("So.",))]


@pytest.mark.parametrize("folders", ["{}", "data/{}", "a/b/{}", "data/train/{}"])
def test_the_class_of_an_image_is_its_folder_within_the_one_that_holds_all(tmp_path, folders):
    for kind in ("cat", "dog"):
        path = tmp_path / folders.format(kind)
        path.mkdir(parents=True)
        for row in range(3):
            Image.fromarray(np.full((4, 4), 40 * row, np.uint8)).save(path / f"{row}.png")
    found = load(str(tmp_path))
    assert list(found.samples.columns()["label"]) == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Nets ##\n\nWords.", "Nets"),
        ("Nets\n====\n\nWords.", "Nets"),
        ("####\nNets\n####\n\nWords.", "Nets"),
        ("= Nets\n\nWords.", "Nets"),
        ("Words alone.\n\nMore of them.\n", "a"),
        ("---\ntitle: Front\n---\n# Nets\n", "Front"),
    ],
)
def test_a_heading_is_the_title_in_any_markup(tmp_path, text, title):
    (tmp_path / "a.rst").write_text(text)
    assert list(read_documents(tmp_path / "a.rst").samples.columns()["title"]) == [title]


def test_each_currency_is_told_with_an_example(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n" + "".join(f"£{row}.50,${row}.25\n" for row in range(1, 9)))
    told = " ".join(load(str(tmp_path / "a.csv")).notes)
    assert "as in £1.50: a." in told
    assert "as in $1.25: b." in told


MERGED = [["", "Sales", "", "Costs", ""], ["", "2023", "", "2024", ""], ["Shop", "Q1", "Q2", "Q1", "Q2"]]


@pytest.mark.parametrize("lines", [1, 2])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_names_over_names_are_read_with_those_below(tmp_path, ending, lines):
    rows = [
        ["The harbour", "", "", "", ""],
        *MERGED[2 - lines :],
        *([f"pier {row}", 1.5, row, row / 4, 7] for row in range(9)),
    ]
    path = tmp_path / f"a.{ending}"
    if ending == "csv":
        with path.open("w", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    found = load(str(path))
    assert found.samples.x.shape == (9, 4)
    names = ("Sales 2023 Q1", "Costs 2024 Q2") if lines == 2 else ("2023 Q1", "2024 Q2")
    assert any(all(name in note for name in names) for note in found.notes)
    assert any("The harbour" in note for note in found.notes)


def test_a_text_that_most_rows_lack_gives_way_to_question_and_answer(tmp_path):
    rows = [
        {"instruction": f"When {row}?", "context": "Once." if row == 2 else "", "response": "Then."} for row in range(5)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert list(read_documents(tmp_path / "a.jsonl").samples.x) == [f"When {row}?\n\nThen." for row in range(5)]


def test_of_several_columns_of_remarks_the_longest_is_the_text():
    rows = [{"comment": "yes", "description": "A long account of it", "summary": "short"}]
    assert wording(list(rows[0]), rows).columns == ("description",)


@pytest.mark.parametrize("name", ["Version", "Outline number", "WBS"])
def test_versions_are_no_quantities(tmp_path, name):
    (tmp_path / "a.csv").write_text(f"{name},b\n" + "".join(f"1.{row},{row}.5\n" for row in range(12)))
    assert load(str(tmp_path / "a.csv")).samples.x.shape == (12, 1)


@pytest.mark.parametrize("ending", ["mdx", "qmd", "wiki", "asciidoc"])
def test_markup_of_any_kind_is_read_in_a_folder(tmp_path, ending):
    (tmp_path / f"a.{ending}").write_text("The otter sleeps.\n")
    (tmp_path / "b.md").write_text("The pelican flies.\n")
    assert set(read_documents(tmp_path).samples.x.tolist()) == {"The otter sleeps.\n", "The pelican flies.\n"}


@pytest.mark.parametrize("name", ["mobile", "phone", "churn_flag", "note", "bin", "section", "account"])
def test_yes_and_no_grades_and_bins_are_data_under_any_name(tmp_path, name):
    (tmp_path / "a.csv").write_text(f"{name},b\n" + "".join(f"{row % 2},{row}.5\n" for row in range(12)))
    assert load(str(tmp_path / "a.csv")).samples.x.shape == (12, 2)


@pytest.mark.parametrize("name", ["Personalnummer", "Customer No", "EmployeeNumber", "order_number", "BLZ"])
def test_codes_that_come_again_are_no_data(tmp_path, name):
    (tmp_path / "a.csv").write_text(f"{name},b\n" + "".join(f"{4711 + row % 3},{row}.5\n" for row in range(12)))
    assert load(str(tmp_path / "a.csv")).samples.x.shape == (12, 1)


def test_notes_in_brackets_behind_numbers_are_taken_off_and_told(tmp_path):
    marks = ["", "[1]", "[b]", "[n 1]", "[1][2]"]
    rows = "".join(f'"{1000 + row:,}{marks[row % 5]}",{row}.5\n' for row in range(15))
    (tmp_path / "a.csv").write_text(f"population,b\n{rows}")
    found = load(str(tmp_path / "a.csv"))
    assert np.array_equal(found.samples.x[:, 0], np.arange(1000, 1015))
    assert any("as in 1,001[1]: population" in note for note in found.notes)


def test_a_word_in_few_cells_of_numbers_is_not_the_text():
    rows = [{"sample": f"S{row}", "level": "below the limit" if row == 3 else f"{row}.5"} for row in range(12)]
    assert wording(list(rows[0]), rows).columns == ("sample",)
