"""One row as a question with its choices and what it calls right, under the names that data sets give their columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..readers.names import ANSWERED, ASKED, HELD
from ..readers.turns import TURNS, exchanges
from .cells import Broken, solved, text_of, texts_of, unpacked

_QUESTION = """
question text query question_text question_stem prompt problem instruction input user_input input_text goal ctx
sentence premise statement claim
"""
# those that can only be right come before `answer`, which beside them is what a system said
_ANSWERS = """
answers golds gold short_answers correct_answers best_answer correct_answer ground_truth ground_truths expected_answer
expected_output reference_answer reference_answers reference_outputs generation_gt final_decision
answer answer_text answerkey answer_key reference references expected ideal target targets cop label
correct correct_option answer_idx answer_index gold_index solution output response completion output_text annotations
"""
_COLUMNS = """
option_{} option{} choice_{} choice{} op{} answer_{} answer{} ending{} ending_{} sol{} {}
"""
# the first that is there is taken
QUESTION, ANSWERS, COLUMNS = (*_QUESTION.split(), *ASKED), (*_ANSWERS.split(), *ANSWERED), _COLUMNS.split()
EVIDENCE = ("evidence", "document", *HELD)
CHOICES = ("choices", "options", "endings", "candidates", "alternatives", "multiple_choices")
TARGETS = ("mc1_targets", "mc2_targets")
PLAIN = ("question", "prompt", "text", "answers", "answer", "evidence", "document")
TALKS = (*TURNS, "input", "prompt")
USERS, MODELS = ("user", "human", "prompter"), ("assistant", "gpt", "model", "ai", "bot", "chatbot")
SEVERAL = re.compile(r"\s*[|\n]\s*|\s*;\s+")  # "a | b", "a; b", or a line for each


@dataclass(frozen=True, slots=True)
class Asked:
    """A row as it is written: the question, its choices with their labels, and the answers before they are read.

    `numbers` says that the answers are numbers and not texts, `columns` which unusual ones were read as what, and
    `evidence` is the cell that names the documents.
    """

    text: str
    answers: tuple[str, ...]
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    numbers: bool = False
    columns: tuple[tuple[str, str], ...] = ()
    cells: Mapping[str, Any] = field(default_factory=dict)
    evidence: Any = None
    worked: bool = False
    truth: bool = False


def asked(row: Mapping[str, Any]) -> Asked | str:
    """The question of a row, or why it holds none."""
    cells = _flat({str(name).strip().lower(): cell for name, cell in row.items()})
    name, text = _question(cells)
    if not text:
        return "it has no question"
    try:
        choices, labels, used = _choices(cells, name)
    except Broken:
        return "its choices cannot be read"
    by, answers = _answers({key: cell for key, cell in cells.items() if key not in (name, *used)}, choices)
    try:
        found = texts_of(answers)
    except Broken:
        return "its answer cannot be read"
    held = next((column for column in EVIDENCE if cells.get(column) is not None), "")
    named = ((name, "question"), (by, "answers"), (held, "document"))
    plain = found if choices else [solved(one) for one in found]
    return Asked(
        text,
        tuple(dict.fromkeys(filter(None, plain))),
        choices,
        labels,
        numbers=_numbers(answers),
        columns=tuple((column, what) for column, what in named if column and column not in PLAIN),
        cells=cells,
        evidence=cells.get(held),
        worked=plain != found,
        truth=isinstance(answers, bool),
    )


def _flat(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The row with what stands nested in it beside the rest: a question with its stem and choices, or messages."""
    flat = dict(cells)
    if not any(name in flat for name in QUESTION):  # LangSmith's inputs and outputs, say
        for cell in map(unpacked, cells.values()):
            for name, part in cell.items() if isinstance(cell, Mapping) else ():
                flat.setdefault(str(name).strip().lower(), part)
    inner = unpacked(flat.get("question"))
    if isinstance(inner, Mapping):
        low = {str(name).lower(): cell for name, cell in inner.items()}
        flat["question"] = next((low[name] for name in ("stem", "text", "question") if name in low), None)
        flat.setdefault("choices", low.get("choices"))
    said = next((talk for name in TALKS if (talk := exchanges(unpacked(flat.get(name))))), [])
    if said:
        flat = {name: cell for name, cell in flat.items() if name != "input" or isinstance(cell, str)}
        last = max((place for place, (role, _) in enumerate(said) if role in USERS), default=len(said))
        flat.setdefault("question", said[last][1] if last < len(said) else None)
        replies = [text for role, text in said[last:] if role in MODELS]
        if replies:
            flat.setdefault("answers", replies[-1])
    if text_of(flat.get("instruction")) and text_of(flat.get("input")):
        flat["instruction"] = f"{text_of(flat['instruction'])}\n\n{text_of(flat.pop('input'))}"
    return flat


def _question(cells: Mapping[str, Any]) -> tuple[str, str]:
    return next(((name, text_of(cells[name])) for name in QUESTION if text_of(cells.get(name))), ("", ""))


def _choices(cells: Mapping[str, Any], question: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The choices, their labels where they have any, and the columns that they fill."""
    for name in CHOICES:
        cell = unpacked(cells.get(name))
        if isinstance(cell, str) and cell.strip():
            cell = [part for part in SEVERAL.split(cell.strip()) if part]
        if isinstance(cell, Mapping) and not {"text", "label"} & set(map(str.lower, map(str, cell))):
            return tuple(map(text_of, cell.values())), tuple(map(str, cell)), (name,)
        if isinstance(cell, list) and cell and all(isinstance(one, Mapping) for one in cell):
            labels = tuple(text_of(one.get("label", one.get("key"))) for one in cell)
            return tuple("".join(texts_of(one)) for one in cell), labels, (name,)
        if isinstance(cell, Mapping):
            low = {str(key).lower(): value for key, value in cell.items()}
            return _list(low.get("text")), tuple(map(text_of, low.get("label") or ())), (name,)
        if cell is not None and cell != "" and cell != []:
            return _list(cell), (), (name,)
    for name in TARGETS:
        cell = unpacked(cells.get(name))
        if isinstance(cell, Mapping) and isinstance(cell.get("choices"), list):
            return _list(cell["choices"]), (), ()
    return _columns(cells, question)


def _list(cell: Any) -> tuple[str, ...]:
    """The choices of a list in their order; a number that is a choice is a text."""
    if not isinstance(cell, list | tuple) or any(isinstance(one, dict | list) for one in cell):
        raise Broken
    return tuple("yes" if one is True else "no" if one is False else text_of(one) for one in cell)


def _columns(cells: Mapping[str, Any], question: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Choices that stand in columns of their own: A to D, option1 to option4, opa to opd."""
    for way in COLUMNS:
        for names in ("abcdefgh", "123456789", "0123456789"):
            run = []
            for letter in names:
                if (column := way.format(letter)) not in cells or column == question:
                    break
                run.append(column)
            found = [text_of(cells[column]) for column in run]
            while found and not found[-1]:
                found.pop()
            if len(found) > 1 and all(found):
                return tuple(found), (), tuple(run)
    return (), (), ()


def _answers(cells: Mapping[str, Any], choices: Sequence[str]) -> tuple[str, Any]:
    """The column that says what is right, and its cell."""
    for name in TARGETS:
        cell = unpacked(cells.get(name))
        if isinstance(cell, Mapping) and isinstance(cell.get("labels"), list):
            right = [text_of(one) for one, ok in zip(cell.get("choices", []), cell["labels"], strict=False) if ok == 1]
            return name, right
    if not choices and text_of(cells.get("best_answer")):
        return "best_answer", [cells["best_answer"], *texts_of(cells.get("correct_answers"))]
    if isinstance(cells.get("label"), bool) and isinstance(cells.get("completion"), str | list):  # KTO: good or bad
        return "completion", cells["completion"] if cells["label"] else None
    named = ((name, unpacked(cells[name])) for name in ANSWERS if cells.get(name) is not None)
    return next(((name, cell) for name, cell in named if cell == cell), ("", None))  # NaN is not itself


def _numbers(cell: Any) -> bool:
    parts = cell if isinstance(cell, list) else [cell]
    return bool(parts) and all(isinstance(one, int | float) and not isinstance(one, bool) for one in parts)
