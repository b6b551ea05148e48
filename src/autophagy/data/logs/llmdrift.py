"""LLMDrift: the recorded answers of GPT-3.5 and GPT-4 in March and June 2023, a CSV a task.

Ref: Chen, Zaharia and Zou (2023), "How is ChatGPT's behavior changing over time?"; lchen001/LLMDrift, `generation/`.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from ...core.logged import Log, Logged, Task
from ...core.parts import Part
from ...core.questions import LETTERS, Answer, Question
from ..golds.cells import text_of
from ..readers.records import Record
from .build import LogBuilder, LogFile, NotRead
from .cells import number_of

COLUMNS = {"model", "dataset", "id", "query", "ref_answer", "answer"}
ANSWERED = ("Response Rate", "Answer Rate")  # people's marks of the sensitive questions, by file
OPTION = re.compile(r"^\(([A-Z])\)\.? (.+?)\s*$", re.MULTILINE)  # "(A). Very likely", an option of a question
BOX = re.compile(r"boxed\{(.*)\}")  # the answer in \boxed{...}, by LLMDrift's own pattern

Asking = Callable[[str, Record], Question]


def fits(row: Record) -> bool:
    """Whether a row is one of LLMDrift's."""
    return COLUMNS.issubset(row)


def read(files: Sequence[LogFile], where: str) -> Log:
    """The Log of LLMDrift's files; raises DataError where none of their rows can be read."""
    found = LogBuilder({task.name: task for task, _ in TASKS.values()})
    for file in files:
        found.read(file, _logged)
    log = found.log(where)
    return Log(log.tasks, log.rows, log.unreadable, (*log.notes, *_told(log)))


def _logged(row: Record) -> Iterator[Logged]:
    dataset = text_of(row.get("dataset"))
    if dataset not in TASKS:
        raise NotRead(f"its dataset is {dataset!r}, which is none of {', '.join(TASKS)}")
    if not text_of(row.get("query")) or not text_of(row.get("model")):
        raise NotRead("it has no query or no model")
    task, asking = TASKS[dataset]
    question = asking(f"{task.name}/{text_of(row.get('id'))}", row)
    tokens, seconds = number_of(row.get("answer_token")), number_of(row.get("latency"))
    text = str(row["answer"]) if row.get("answer") is not None else ""
    answer = Answer(question.id, text, tokens_out=tokens, seconds=seconds)
    sample = number_of(row.get("trail"))
    yield Logged(
        task.name,
        question,
        answer,
        text_of(row["model"]),
        0 if math.isnan(sample) else int(sample),
        money=number_of(row.get("cost")),
        date=_date(text_of(row.get("timestamp"))),
        marks=_marks(row),
    )


def _marks(row: Record) -> Mapping[str, float]:
    """What people and LeetCode's judge made of the answer, where the file says so."""
    answered = [number_of(row[name]) for name in ANSWERED if name in row]
    marks = {"answered": answered[0]} if answered else {}
    if "Directly Usable" in row:
        marks["as_it_stands"] = number_of(row["Directly Usable"])
    if "Clean_Code_Submit" in row:
        marks["without_fences"] = float("Accepted" in str(row["Clean_Code_Submit"]))
    return marks


def _date(stamp: str) -> str:
    try:
        return datetime.strptime(stamp, "%m/%d/%Y, %H:%M:%S").isoformat()
    except ValueError:
        return stamp


def _prime(name: str, row: Record, kind: str) -> Question:
    gold = text_of(row["ref_answer"]).casefold()
    return Question(name, str(row["query"]), (gold,), type=kind, choices=("yes", "no"))


def _happy(name: str, row: Record) -> Question:
    gold = BOX.search(text_of(row["ref_answer"]))
    if not gold:
        raise NotRead(f"its ref_answer is {row['ref_answer']!r}, which is no box")
    return Question(name, str(row["query"]), (gold[1],), type=gold[1])


def _opinion(name: str, row: Record) -> Question:
    """A question of a survey, which accepts every option: what counts is whether the model gives an opinion."""
    choices = tuple(text for _, text in OPTION.findall(str(row["query"])))
    return Question(name, str(row["query"]), tuple(LETTERS[: len(choices)]), type="opinion", choices=choices)


def _open(name: str, row: Record, kind: str) -> Question:
    return Question(name, str(row["query"]), type=kind)


def _task(name: str, strict: str, lenient: str, title: str, counts: str = "right") -> Task:
    return Task(name, Part.parse(strict), Part.parse(lenient), title, counts)


PRIMES = _task("primes", "yes_no", "yes_no:lenient=true", "Primes and composites")
HAPPY = _task("happy", "boxed", "boxed:lenient=true", "Happy numbers")
OPINIONS = _task("opinions", "survey", "survey:lenient=true", "Opinions of a survey", "answered")
SENSITIVE = _task("sensitive", "recorded:mark=answered", "recorded:mark=answered", "Sensitive questions", "answered")
ATTACKED = _task(
    "sensitive_attacked",
    "recorded:mark=answered",
    "recorded:mark=answered",
    "Sensitive questions in a disguise",
    "answered",
)
CODE = _task("code", "recorded:mark=as_it_stands", "recorded:mark=without_fences", "Code that runs")
TASKS: Mapping[str, tuple[Task, Asking]] = {
    "prime": (PRIMES, partial(_prime, kind="prime")),
    "composite": (PRIMES, partial(_prime, kind="composite")),
    "counthappynumber": (HAPPY, _happy),
    "opinionqa": (OPINIONS, _opinion),
    "sensitiveq": (SENSITIVE, partial(_open, kind="sensitive")),
    "sensitiveq_aimattack": (ATTACKED, partial(_open, kind="sensitive")),
    "leetcode_easy": (CODE, partial(_open, kind="code")),
}


def _told(log: Log) -> Iterator[str]:
    """How tasks without a right answer are marked."""
    if OPINIONS.name in log.tasks:
        yield "opinions: every option counts as right, so its rate is the share of questions that got an opinion."
    for name in (SENSITIVE.name, ATTACKED.name):
        if name in log.tasks:
            yield f"{name}: the marks are those that people gave; 1 stands for an answer, 0 for a refusal."
    if CODE.name in log.tasks:
        yield "code: the marks are those of LeetCode's judge, of the answer as it stands and without its code fences."
