"""Answers marked by a model: the same judge, by the same rubric, judges the answers before and after."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..answering.language_model import LanguageModel
from ..core.logged import Log, Logged
from ..core.parts import Part
from ..core.questions import Answer, Question
from ..graders.judge import RUBRIC, Judgement, judge
from ..statistics.intervals import SHARE, Score, interval
from .models import ModelPair
from .rules import RECORDED

JUDGE = "judge"  # the mark that a judge gives
RULE = Part(RECORDED, {"mark": JUDGE})
REASON = 256  # tokens of a judge's reply: a short reason and the verdict

Said = tuple[str, tuple[str, ...], str]  # a question, its accepted answers, and what was said


@dataclass(frozen=True)
class JudgedAnswers:
    """What a judge said of answers: the judgement of each by what was asked and said, and how it fared.

    `asked` prompts were sent, and `failures` of the replies named no verdict. Not judged are answers `without` an
    accepted answer to be held against, and those that were `cut`.
    """

    judgements: dict[Said, Judgement]
    name: str
    asked: int
    failures: int
    without: int
    cut: int

    @property
    def consistency(self) -> Score:
        """The share of answers that get the same verdict in both orders."""
        return interval([each.consistent for each in self.judgements.values()], bounds=SHARE)

    def json(self) -> dict[str, Any]:
        """How the judge fared, and by which rubric, as the record has it."""
        return {
            "model": self.name,
            "rubric": hashlib.sha256(RUBRIC.encode()).hexdigest()[:16],
            "asked": self.asked,
            "failures": self.failures,
            "without": self.without,
            "cut": self.cut,
            "consistency": self.consistency.json(),
        }

    def lines(self, logs: Sequence[Log], models: ModelPair) -> list[dict[str, Any]]:
        """The judged answers to prompts of both sides of a pair of models, as lines of judged.jsonl."""
        sides = list(zip(("before", "after"), (logs[0], logs[-1]), models, strict=True))
        asked = [{(row.task, row.question.id) for row in log.rows if row.model == model} for _, log, model in sides]
        both = asked[0] & asked[1]
        return [
            _line(side, row, self.judgements[key])
            for side, log, model in sides
            for row in log.rows
            if row.model == model and not row.answer.cut and (row.task, row.question.id) in both
            and (key := _said(row.question, row.answer)) in self.judgements
        ]  # fmt: skip

    def marked(self, log: Log) -> Log:
        """The log with the mark `judge`: 1, 0, or 1/2 where that hangs on the order; none where it is unknown."""
        rows = []
        for row in log.rows:
            found = None if row.answer.cut else self.judgements.get(_said(row.question, row.answer))
            rows.append(replace(row, marks={**row.marks, JUDGE: found.mark}) if found else row)
        return replace(log, rows=tuple(rows))


def bench(logs: Sequence[Log], model: LanguageModel, models: Sequence[str]) -> JudgedAnswers:
    """Have the answers of some models judged, equal ones once.

    Those that failed, were cut, or have no reference are left out.
    """
    came = [row for log in logs for row in log.rows if row.model in models and not row.answer.error]
    rows = [row for row in came if not row.answer.cut]
    pairs = {_said(row.question, row.answer): (row.question, row.answer) for row in rows if row.question.answers}

    def ask(prompts: Sequence[str]) -> list[str | None]:
        return [None if reply.error else reply.text for reply in model.complete(prompts, max_tokens=REASON)]

    found = judge(list(pairs.values()), ask)
    without = sum(not row.question.answers for row in rows)
    judgements = dict(zip(pairs, found.judgements, strict=True))
    return JudgedAnswers(judgements, model.name, found.asked, found.failures, without, len(came) - len(rows))


def _line(side: str, row: Logged, judgement: Judgement) -> dict[str, Any]:
    known = not math.isnan(judgement.mark)
    return {
        "prompt": f"{row.task}/{row.question.id}",
        "side": side,
        "sample": row.sample,
        "question": row.question.text,
        "answers": list(row.question.answers),
        "type": row.question.type,
        "document": row.question.document,
        "text": row.answer.text,
        "mark": judgement.mark if known else None,
    }


def _said(question: Question, answer: Answer) -> Said:
    return question.text, question.answers, answer.text
