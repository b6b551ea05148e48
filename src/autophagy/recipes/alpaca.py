"""Alpaca: some seeds are shown, and many tasks with input and output are asked for at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..core.decorators import recipe
from ..core.errors import UsageError, must
from ..core.recipe import Draft, PoolRow, Read, Refused, Request
from .items import NUMBERED, items_of
from .openings import FREE, OPENINGS, opened, openings
from .replies import listed, plain, unusable
from .rules import ALPACA, one_line, unfit, unsound
from .template import template

ASK = """\
Write {number} different tasks, each with an instruction, an input where it needs one, and the output. Begin each \
instruction with another verb. Mix questions with imperative sentences, and open questions with classification, \
editing and writing. A language model must be able to do every task: none may need a picture, a sound or an alarm. An \
instruction is one or two sentences in English. An input is a real example of what the instruction works on, and no \
placeholder; where none is needed, write <noinput>. An output has less than 100 words."""
PARTS = ("instruction", "input", "output")
# "3. Instruction:", whatever its marks
LABEL = re.compile(
    r"^[ \t#*_>-]*(?:(?:task[ \t]*)?\d{1,3}[ \t]*[.):][ \t*_]*)?(instruction|input|output)s?[*_]*[ \t]*:[*_]*[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
HEADING = re.compile(  # of the next task, at the end of what stands before it
    r"(?:\s*^[ \t]*(?:#{3,}|-{3,}|[#*_ ]*(?:task[ \t]*\d{1,3}[ \t]*[.):]?|\d{1,3}[ \t]*[.):])[*_:]*)[ \t]*$)+\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)
NO_INPUT = re.compile(r"<?\s*no[\s_-]*input\s*>?\.?|n/?a|none|-*", re.IGNORECASE)  # "<noinput>", "N/A", "-"


@recipe("alpaca")
@dataclass(frozen=True)
class Alpaca:
    """Show a few seeds and ask for many complete tasks in one reply.

    `shots` seeds are shown, and tasks asked for until there are `per_call`. `template` is a file with other words for
    what is asked, in which {number} stands for `per_call`. Without `ascii`, instructions may begin with any letter.
    `opening` has the first new task begin with a verb that few made rows have: "seeds" takes one of the seeds, "all"
    any that is known.

    Ref: Taori et al. (2023), "Stanford Alpaca"; its parser loses what holds "20.", this one does not.
    """

    shots: int = 3
    per_call: int = 20
    temperature: float = 1.0
    template: str = ""
    ascii: bool = True
    opening: str = FREE

    def __post_init__(self) -> None:
        must(self.opening in OPENINGS, "opening", self.opening, f"one of {', '.join(OPENINGS)}")
        must(self.shots >= 1, "shots", self.shots, "1 or more")
        must(self.per_call > self.shots, "per_call", self.per_call, "more than shots, which count among them")

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n prompts with other seeds each."""
        words = template(self.template, ("number",), ASK)
        seeds = _whole(pool)
        draws = [rng.choice(len(seeds), min(len(seeds), self.shots), replace=False) for _ in range(n)]
        begun = openings(self.opening, pool, n, rng)
        return [
            self._request(words, [seeds[place] for place in draw], opening)
            for draw, opening in zip(draws, begun, strict=True)
        ]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The tasks of a reply; one without its three parts is lost, as is a last one that was cut."""
        text = opened(request.of["opening"], plain(reply))
        items = [self._sound(item) for item in _tasks(text)]
        if cut and items:
            last = items[-1]
            items[-1] = Refused("cut", last.text if isinstance(last, Refused) else last.instruction)
        return list(items) or [Refused("empty", reply)]

    def passages(self, seeds: Sequence[PoolRow]) -> list[str]:
        """Each seed with an output, from the label on that a prompt ends with."""
        whole = _whole(seeds)
        number = min(self.shots, len(whole)) + 1
        return [_told(number, row) for row in whole]

    def _request(self, words: str, shown: Sequence[PoolRow], opening: str) -> Request:
        text = words.format(number=self.per_call).rstrip() + "\n\n"
        text += "".join(f"{_told(number, row)}\n\n" for number, row in enumerate(shown, 1))
        text += f"{len(shown) + 1}. Instruction:{opening}"
        ids = tuple(row.id for row in shown)
        stop = (f"\n{self.per_call + 1}. Instruction:",)
        return Request(text, 3072, self.temperature, {"stage": "tasks", "opening": opening}, ids, stop, complete=True)

    def _sound(self, item: Draft | Refused) -> Draft | Refused:
        if isinstance(item, Refused):
            return item
        reason = unfit(item.instruction, ALPACA, self.ascii) or unsound(item)
        return Refused(reason, item.instruction) if reason else item


def _whole(pool: Sequence[PoolRow]) -> list[PoolRow]:
    """The seeds that are whole tasks; raises UsageError where there is none."""
    seeds = [row for row in pool if not row.made and not row.source and row.output]
    if not seeds:
        raise UsageError("alpaca shows whole tasks and no seed has an output: give seeds with instruction and output.")
    return seeds


def _told(number: int, row: PoolRow) -> str:
    """A task as it stands in a prompt."""
    instruction = " ".join(row.instruction.split()).rstrip(":")
    return f"{number}. Instruction: {instruction}\nInput: {row.input or '<noinput>'}\nOutput: {row.output}"


def _tasks(text: str) -> list[Draft | Refused]:
    """The tasks of a text in their order, written as JSON or in three parts with labels."""
    if LABEL.search(text):
        return [_of_parts(parts) for parts in _split(text)]
    rows = listed(text)
    if rows is not None:
        return [_of_json(row) for row in rows]
    return [Refused(unusable(item) or "not three parts", item) for item in items_of(text)]


def _of_json(row: Any) -> Draft | Refused:
    if not isinstance(row, Mapping) or not {"instruction", "output"} <= row.keys():
        return Refused("not three parts", str(row))
    return _draft(*(str(row.get(name) or "") for name in PARTS))


def _of_parts(parts: Sequence[tuple[str, str]]) -> Draft | Refused:
    if tuple(name for name, _ in parts) != PARTS:
        return Refused("not three parts", "\n".join(f"{name}: {text}" for name, text in parts))
    return _draft(*(text for _, text in parts))


def _draft(instruction: str, given: str, output: str) -> Draft:
    given = given.strip()
    return Draft(one_line(instruction), "" if NO_INPUT.fullmatch(given) else given, output.strip())


def _split(text: str) -> Iterator[list[tuple[str, str]]]:
    """The labelled parts of each task. What stands before a first label of an instruction is a preamble."""
    labels = list(LABEL.finditer(text))
    if labels[0][1].lower() != "instruction":  # the prompt ended with its label
        text = f"Instruction: {NUMBERED.sub('', text.lstrip(), count=1) if NUMBERED.match(text.lstrip()) else text}"
        labels = list(LABEL.finditer(text))
    ends = [match.start() for match in labels[1:]] + [len(text)]
    task: list[tuple[str, str]] = []
    for match, end in zip(labels, ends, strict=True):
        name, said = match[1].lower(), text[match.end() : end].strip()
        if name == "input" and len(task) == 3 and (unlabelled := _last_number(task[-1][1])):
            output = task[-1][1]
            task[-1] = ("output", output[: unlabelled.start()].strip())
            yield task
            task = [("instruction", output[unlabelled.end() :].strip())]
        if name == "instruction" and task:
            yield _headless(task)
            task = []
        task.append((name, said))
    yield task


def _last_number(output: str) -> re.Match[str] | None:
    """The number before an instruction that has no label, at the end of the output before it."""
    numbers = list(NUMBERED.finditer(output))
    return numbers[-1] if numbers else None


def _headless(task: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parts of a task without the heading of the next one."""
    name, said = task[-1]
    return [*task[:-1], (name, HEADING.sub("", said))]
