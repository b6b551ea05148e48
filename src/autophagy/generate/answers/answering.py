"""Answers: every row that passed the checks is answered several times, and the best answer becomes its output."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ...core.parts import Part
from ...core.recipe import PoolRow, Refused, Request
from ...recipes.answers import text_of
from ..calls import Call, Ledger, Replied
from ..made import MadeRow
from .chosen import ONE, RECIPE, Pick, chosen
from .counted import FAILED, UNKNOWN, UNSETTLED, USABLE, WRONG, Answered
from .jury import Bout, Jury

LONGEST = 1024  # tokens
NO_ANSWER, NOT_ANSWERED, NO_PROMPT = "no answer", "not answered", "no instruction"
ASKED = Part("answer")
States = Sequence[list[tuple[str, str]]]  # of the answers to each row, with their texts
Verifying = Callable[[Sequence[Mapping[str, Any]]], list[str]]


@dataclass
class Answering:
    """Has rows answered `each` times, and picks the best answer by `jury`, or by what most answers come to.

    `check` says why rows with a new output may not stand, "" where they may, and `verify` the same of their lines. It
    is handed every answer that may stand, with those to the same row beside it; what is wrong is never chosen, and is
    the worse one of a pair. One answer is asked for only where a row has none of its recipe.
    """

    ledger: Ledger
    each: int
    temperature: float
    check: Callable[[Sequence[MadeRow]], list[str]]
    jury: Jury | None = None
    verify: Verifying | None = None
    found: Answered = field(default_factory=Answered)

    def __call__(self, rows: Sequence[MadeRow]) -> list[MadeRow]:
        """The rows with their answers, and with a reason where they have none that can be chosen."""
        asked = [row for row in rows if row.row.instruction and (self.each > 1 or not row.row.output)]
        calls = [self._calls(row) for row in asked]
        replies = self.ledger.ask([call for some in calls for call in some])
        states = [
            [_state(row.row, replies.get(call.id)) for call in some] for row, some in zip(asked, calls, strict=True)
        ]
        self._checked(asked, states)
        self._verified(asked, states)
        different = [Counter(text for state, text in some if state == USABLE) for some in states]
        picks = self._picked(asked, different)
        done = {}
        for row, states_of_row, texts, pick in zip(asked, states, different, picks, strict=True):
            self.found.count([state for state, _ in states_of_row], texts)
            done[row.row.id] = self._answered(row, states_of_row, list(texts), pick)
        return self._own_verified([done.get(row.row.id) or self._as_it_is(row) for row in rows])

    def _calls(self, row: MadeRow) -> list[Call]:
        request = Request(asked_of(row.row), LONGEST, self.temperature)
        return [Call(f"{_begin(row)}a{number}", ASKED, request) for number in range(1, self.each + 1)]

    def _checked(self, rows: Sequence[MadeRow], states: States) -> None:
        """Put the reason of the checks in place of the state of answers that they do not let pass."""
        where = _usable(states)
        outputs = [_with(rows[row], states[row][place][1]) for row, place in where]
        _settle(states, where, self.check(outputs) if outputs else [])

    def _verified(self, rows: Sequence[MadeRow], states: States) -> None:
        """The same of the verifiers."""
        if not self.verify:
            return
        where = _usable(states)
        beside = [tuple(text for state, text in some if state == USABLE) for some in states]
        outputs = [replace(_with(rows[row], states[row][place][1]), answers=beside[row]) for row, place in where]
        _settle(states, where, self.verify([row.line("") for row in outputs]))

    def _own_verified(self, rows: list[MadeRow]) -> list[MadeRow]:
        """The rows with a reason where their output is not one of these answers, and is wrong."""
        if not self.verify:
            return rows
        places = [place for place, row in enumerate(rows) if not row.reason and row.chosen_by in ("", RECIPE)]
        for place, reason in zip(places, self.verify([rows[place].line("") for place in places]), strict=True):
            rows[place] = replace(rows[place], reason=reason)
        return rows

    def _picked(self, rows: Sequence[MadeRow], different: Sequence[Counter[str]]) -> list[Pick | None]:
        from ...graders.said.final import final_answer  # its patterns take a tenth of a second to compile

        finals = [[final_answer(text) for text in texts] for texts in different]
        several = [place for place, texts in enumerate(different) if len(texts) > 1]
        wins: dict[int, dict[tuple[int, int], float]] = {}
        if self.jury:
            bouts = [Bout(_begin(rows[place]), asked_of(rows[place].row), list(different[place])) for place in several]
            wins = dict(zip(several, self.jury(bouts), strict=True))
        for some, texts in zip(finals, different, strict=True):
            self.found.agreed(some, list(texts.values()))
        return [
            chosen(some, list(texts.values()), wins.get(place)) if some else None
            for place, (some, texts) in enumerate(zip(finals, different, strict=True))
        ]

    def _answered(
        self, row: MadeRow, states: Sequence[tuple[str, str]], texts: Sequence[str], pick: Pick | None
    ) -> MadeRow:
        if pick is None:
            unsent = all(state == UNSETTLED for state, _ in states)
            missing = "" if row.row.output else NOT_ANSWERED if unsent else NO_ANSWER
            reason = next((state for state, _ in states if state.startswith(WRONG)), missing)
            return replace(row, reason=reason, chosen_by="" if reason else RECIPE, unpaired=NO_ANSWER)
        wrong = [text for state, text in states if state.startswith(WRONG) and not state.endswith(UNKNOWN)]
        texts = [*texts, *wrong[:1]]
        if wrong:
            pick = replace(pick, rejected=len(texts) - 1, why="")
        rejected, why = self.found.paired(asked_of(row.row), texts, pick)
        return replace(
            row,
            row=replace(row.row, output=texts[pick.best]),
            answers=tuple(text for state, text in states if state == USABLE),
            chosen_by=pick.by,
            rejected=rejected,
            unpaired=why,
        )

    @staticmethod
    def _as_it_is(row: MadeRow) -> MadeRow:
        """A row that nobody was asked about: a text without an instruction, or one that needs one answer and has it."""
        if row.row.instruction:
            return replace(row, answers=(row.row.output,), chosen_by=RECIPE, unpaired=ONE)
        return replace(row, unpaired=NO_PROMPT)


def asked_of(row: PoolRow) -> str:
    """What a writer is asked by a row: its instruction, and its input below."""
    return "\n\n".join(filter(None, (row.instruction, row.input)))


def _begin(row: MadeRow) -> str:
    """The beginning of the ids of the calls about a row, which follow its own call: of "12/3" it is "12.3"."""
    return row.row.id.replace("/", ".")


def _state(row: PoolRow, reply: Replied | None) -> tuple[str, str]:
    """The state of an answer, and its text."""
    from ...graders.said.declining import declines

    if reply is None:
        return UNSETTLED, ""
    if reply.error:
        return FAILED, ""
    text = text_of(reply.text, reply.cut)
    if isinstance(text, Refused) and text.reason != "declined":
        return text.reason, text.text
    text = text.text if isinstance(text, Refused) else text
    if " ".join(text.split()).casefold() == " ".join(asked_of(row).split()).casefold():
        return "echoed", text
    return "declined" if declines(text) else USABLE, text


def _usable(states: States) -> list[tuple[int, int]]:
    """The places of the rows and answers that are usable so far."""
    return [
        (row, place) for row, some in enumerate(states) for place, (state, _) in enumerate(some) if state == USABLE
    ]  # fmt: skip


def _settle(states: States, where: Sequence[tuple[int, int]], reasons: Sequence[str]) -> None:
    """Put reasons in place of the state of answers."""
    for (row, place), reason in zip(where, reasons, strict=True):
        states[row][place] = (reason or USABLE, states[row][place][1])


def _with(row: MadeRow, output: str) -> MadeRow:
    return replace(row, row=replace(row.row, output=output))
