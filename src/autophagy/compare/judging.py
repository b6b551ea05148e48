"""Who marks the answers of a comparison: its graders, and a model that judges them, if it has one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..answering.find import find_model
from ..answering.language_model import LanguageModel
from ..core.errors import UsageError
from ..core.parts import Part, did_you_mean
from ..core.questions import Graded, Question
from ..core.registry import build, entries
from ..data.world.source import model_path
from ..gguf.find import find_gguf
from ..graders.grade import Grading
from ..graders.identity import judge_facts
from ..graders.judge import judge
from ..statistics.raters import alike
from .spec import JUDGE, CompareSpec

REASON = 256  # tokens of a judge's reply: a short reason and the verdict


def find_grading(spec: CompareSpec) -> Grading:
    """The graders that a spec names, and those that may decide; raises UsageError where one cannot."""
    for part in spec.graders:
        build("grader", part)
    deciding = [Part("correct")] if spec.decide == JUDGE else [Part("correct"), Part.parse(spec.decide)]
    known = {name: entry.facts for name, entry in entries("grader").items()}
    for part in deciding:
        mark = known.get(part.name)
        if not (mark and mark.decides):
            able = [name for name, mark in known.items() if mark and mark.decides]
            raise UsageError(
                f"decide is {spec.decide!r}{did_you_mean(part.name, able)}: name a grader that says what is right "
                f"({', '.join(able)}), or judge."
            )
        build("grader", part)
    return Grading(spec.graders, tuple(deciding))


def find_judge(spec: CompareSpec) -> LanguageModel | None:
    """The judge that a spec names, if any; raises DataError or UsageError where there is none of that name."""
    if not spec.judge:
        return None
    name = spec.judge if spec.judge_url else model_path(spec.judge)
    return find_model(name, spec.judge_url or "", one_line=False)


def judge_of(spec: CompareSpec, endpoints: Mapping[str, Mapping[str, Any]]) -> dict[str, str] | None:
    """What the verdicts of the judge hang on, as the record keeps it; None without one."""
    if not spec.judge:
        return None
    if spec.judge_url:
        reports, build = (str(endpoints[spec.judge].get(name) or "") for name in ("model", "fingerprint"))
        return judge_facts(spec.judge, reports=reports, build=build)
    file = find_gguf(model_path(spec.judge))
    return judge_facts(spec.judge, weights=file.path if file else Path(model_path(spec.judge)))


def judged(
    model: LanguageModel, graded: Sequence[Graded], questions: Sequence[Question], repeats: int = 1
) -> tuple[Graded, ...]:
    """The same answers with the marks `judge`, and `consistent`, whether it says the same in both orders.

    Asked several times, the first counts, and `repeated` is the share of pairs of times that say the same.
    """

    def ask(prompts: Sequence[str]) -> list[str | None]:
        replies = model.complete(prompts, max_tokens=REASON)
        return [None if reply.error else reply.text for reply in replies]

    pairs = [(question, row.answer) for question, row in zip(questions, graded, strict=True)]
    times = [judge(pairs, ask).judgements for _ in range(repeats)]
    marks = [
        {"judge": each[0].mark, "consistent": each[0].consistent}
        | ({"repeated": alike([one.mark for one in each])} if repeats > 1 else {})
        for each in zip(*times, strict=True)
    ]
    return tuple(replace(row, marks={**row.marks, **own}) for row, own in zip(graded, marks, strict=True))
