"""What is right, as data sets write it: read in one way through a whole file, and said."""

import csv
import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from autophagy.data.questions import read_questions

MMLU = [
    {"question": "What is 4 factorial?", "choices": ["4", "2", "24", "120"], "answer": 2},
    {"question": "What is 3 factorial?", "choices": ["1", "3", "6", "9"], "answer": 2},
]


def read(tmp_path, rows, name="q.jsonl"):
    path = tmp_path / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return read_questions(path)


def golds(tmp_path, rows):
    return [question.answers for question in read(tmp_path, rows)[0]]


def test_a_number_is_a_place_in_every_row_and_the_file_says_so(tmp_path):
    """One of the two choices happens to be the number 2."""
    questions, notes = read(tmp_path, MMLU)
    assert [question.answers for question in questions] == [("24",), ("6",)]
    assert notes == [
        "the answers of 2 multiple-choice questions were read as places among the choices, counted from 0: "
        "the answer '2' is '24'."
    ]


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ([0, 3], ("4", "9")),
        ([4, 1], ("120", "1")),  # 4 is no place from 0
        (["2", "0"], ("24", "1")),  # as texts, where 0 is a choice of neither
        (["2", "6"], ("2", "6")),  # as texts that are choices in every row
        (["C", "c"], ("24", "6")),
        (["(C)", "A."], ("24", "1")),
        (["24", "9"], ("24", "9")),
    ],
)
def test_one_reading_through_the_whole_file(tmp_path, answers, wanted):
    rows = [{**row, "answer": answer} for row, answer in zip(MMLU, answers, strict=True)]
    assert golds(tmp_path, rows) == [(one,) for one in wanted]


def test_choices_that_are_numbers_may_be_the_answer(tmp_path):
    rows = [{"question": "?", "choices": [1, 2, 3], "answer": 2}, {"question": "?", "choices": [3, 5, 7], "answer": 7}]
    assert golds(tmp_path, rows) == [("2",), ("7",)]


def test_a_row_that_does_not_fit_the_reading_is_set_aside_and_named(tmp_path):
    rows = [*MMLU, {"question": "What is 2 factorial?", "choices": ["1", "2"], "answer": 7}]
    questions, notes = read(tmp_path, rows)
    assert len(questions) == 2
    assert notes[0] == (
        "1 of 3 rows was set aside for holding no readable question; the first is row 3: "
        "its answer '7' is none of its choices."
    )


HUB = {
    "squad": ({"question": "When?", "answers": {"text": ["nine", "9"], "answer_start": [4, 9]}}, ("nine", "9"), ()),
    "squad of 2": ({"question": "When?", "answers": {"text": [], "answer_start": []}}, (), ()),
    "squad in a list": ({"question": "When?", "answers": [{"text": "nine", "answer_start": 4}]}, ("nine",), ()),
    "trivia_qa": (
        {"question": "Who?", "answer": {"value": "Bob", "aliases": ["Rob", "Bob"], "normalized_aliases": ["x"]}},
        ("Bob", "Rob"),
        (),
    ),
    "nq_open": ({"question": "Who?", "answer": ["Bob", "Robert"]}, ("Bob", "Robert"), ()),
    "natural_questions": (
        {"question": {"text": "Who?"}, "annotations": [{"short_answers": [{"text": ["Bob"], "start": 3}]}]},
        ("Bob",),
        (),
    ),
    "hotpot_qa": (
        {
            "id": "5a",
            "question": "Who?",
            "answer": "Bob",
            "type": "bridge",
            "supporting_facts": {"title": ["A"], "sent_id": [0]},
            "context": {"title": ["A"]},
        },
        ("Bob",),
        (),
    ),
    "gsm8k": ({"question": "How many?", "answer": "6 x 7 = <<6*7=42>>42\n#### 42"}, ("42",), ()),
    "math": ({"problem": "Solve.", "solution": "So $x = \\boxed{\\frac{1}{2}}$."}, ("\\frac{1}{2}",), ()),
    "boolq": ({"question": "is it", "answer": True, "passage": "It is."}, ("yes",), ()),
    "ai2_arc": (
        {"question": "Which?", "choices": {"text": ["a cat", "a dog"], "label": ["A", "B"]}, "answerKey": "B"},
        ("a dog",),
        ("a cat", "a dog"),
    ),
    "ai2_arc numbered": (
        {"question": "Which?", "choices": {"text": ["x", "y", "z"], "label": ["1", "2", "3"]}, "answerKey": "3"},
        ("z",),
        ("x", "y", "z"),
    ),
    "arc as published": (
        {
            "id": "m",
            "question": {"stem": "Which?", "choices": [{"text": "x", "label": "A"}, {"text": "y", "label": "B"}]},
            "answerKey": "B",
        },
        ("y",),
        ("x", "y"),
    ),
    "commonsense_qa": (
        {
            "question": "Where?",
            "question_concept": "x",
            "choices": {"label": ["A", "B"], "text": ["x", "y"]},
            "answerKey": "A",
        },
        ("x",),
        ("x", "y"),
    ),
    "openbookqa": (
        {"question_stem": "Where?", "choices": {"text": ["x", "y"], "label": ["A", "B"]}, "answerKey": "B"},
        ("y",),
        ("x", "y"),
    ),
    "hellaswag": ({"ctx": "He sits", "endings": ["down.", "up."], "label": "1"}, ("up.",), ("down.", "up.")),
    "truthful_qa": (
        {
            "question": "What?",
            "mc1_targets": {"choices": ["x", "y"], "labels": [0, 1]},
            "mc2_targets": {"choices": ["z"], "labels": [1]},
        },
        ("y",),
        ("x", "y"),
    ),
    "truthful_qa in words": (
        {"question": "What?", "best_answer": "x", "correct_answers": ["x", "y"], "incorrect_answers": ["z"]},
        ("x", "y"),
        (),
    ),
    "medmcqa": (
        {"question": "What?", "opa": "x", "opb": "y", "opc": "z", "opd": "w", "cop": 2, "exp": "for"},
        ("z",),
        ("x", "y", "z", "w"),
    ),
    "medqa": (
        {"question": "What?", "options": {"A": "x", "B": "y"}, "answer": "y", "answer_idx": "B"},
        ("y",),
        ("x", "y"),
    ),
    "winogrande": (
        {"sentence": "The _ is big.", "option1": "cat", "option2": "dog", "answer": "2"},
        ("dog",),
        ("cat", "dog"),
    ),
    "piqa": ({"goal": "Cut it", "sol1": "saw", "sol2": "spoon", "label": 0}, ("saw",), ("saw", "spoon")),
    "sciq": (
        {"question": "What?", "distractor1": "x", "distractor2": "y", "distractor3": "z", "correct_answer": "w"},
        ("w",),
        (),
    ),
    "columns A to D": (
        {"question": "What?", "A": "x", "B": "y", "C": "z", "D": "w", "answer": "D"},
        ("w",),
        ("x", "y", "z", "w"),
    ),
    "race": (
        {"article": "...", "question": "What?", "options": ["x", "y", "z", "w"], "answer": "B"},
        ("y",),
        ("x", "y", "z", "w"),
    ),
    "messages": (
        {"messages": [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Bob"}]},
        ("Bob",),
        (),
    ),
    "sharegpt": (
        {"conversations": [{"from": "human", "value": "Who?"}, {"from": "gpt", "value": "Bob"}]},
        ("Bob",),
        (),
    ),
    "evals": (
        {"input": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Who?"}], "ideal": "Bob"},
        ("Bob",),
        (),
    ),
    "alpaca": ({"instruction": "Add.", "input": "1 and 2", "output": "3"}, ("3",), ()),
    "drop": (
        {"question": "How many?", "answers_spans": 1, "answers": {"spans": ["3", "three"], "types": ["number"]}},
        ("3", "three"),
        (),
    ),
    "an article": ({"question": "Which vitamin?", "answers": ["A"]}, ("A",), ()),
}
OTHER = {"question": "Who swims?", "answers": ["Eve"]}


@pytest.mark.parametrize("name", HUB)
def test_the_ways_of_the_hub(tmp_path, name):
    row, answers, choices = HUB[name]
    for rows in ([row, OTHER], [OTHER, row]):
        questions, _ = read(tmp_path, rows)
        assert [(OTHER["question"], ("Eve",), ())] == [
            (one.text, one.answers, one.choices) for one in questions if one.text == OTHER["question"]
        ]
        (mine,) = (one for one in questions if one.text != OTHER["question"])
        assert (mine.answers, mine.choices) == (answers, choices)


@pytest.mark.parametrize("name", ["squad", "ai2_arc", "trivia_qa", "truthful_qa", "medqa", "gsm8k", "boolq"])
def test_parquet_and_csv_and_an_array_say_the_same_as_lines(tmp_path, name):
    row, answers, choices = HUB[name]
    (tmp_path / "q.json").write_text(json.dumps([row]))
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "q.parquet")
    with (tmp_path / "q.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow({key: cell if isinstance(cell, str) else json.dumps(cell) for key, cell in row.items()})
    for path in sorted(tmp_path.iterdir()):
        ((question,), _) = read_questions(path)
        wanted = ("true",) if name == "boolq" and path.suffix == ".csv" else answers
        assert (question.answers, question.choices) == (wanted, choices), path.name


def test_lists_as_pandas_and_python_print_them_in_a_csv(tmp_path):
    frame = pd.DataFrame({
        "question": ["When?", "Which?"],
        "answers": [{"text": np.array(["nine", "9"], dtype=object), "answer_start": np.array([4, 9])}, ["a 'b'", "c"]],
    })  # fmt: skip
    frame.to_csv(tmp_path / "q.csv", index=False)
    questions, _ = read_questions(tmp_path / "q.csv")
    assert [question.answers for question in questions] == [("nine", "9"), ("a 'b'", "c")]


def test_choices_in_one_cell(tmp_path):
    (tmp_path / "q.csv").write_text("question,choices,answer\nWhich?,red|green|blue,green\nWhat?,\"['x' 'y']\",y\n")
    questions, _ = read_questions(tmp_path / "q.csv")
    assert [(one.choices, one.answers) for one in questions] == [
        (("red", "green", "blue"), ("green",)),
        (("x", "y"), ("y",)),
    ]


def test_what_is_guessed_is_told(tmp_path):
    _, notes = read(
        tmp_path, [{"query": "How many?", "target": "6 x 7 = 42\n#### 42"}, {"query": "is it", "target": True}]
    )
    assert notes == [
        "the column 'query' was read as the question of 2 rows.",
        "the column 'target' was read as the answers of 2 rows.",
        "of 1 answers only the result was read, which stands behind #### or in the box.",
        "true and false were read as the answers yes and no.",
    ]
