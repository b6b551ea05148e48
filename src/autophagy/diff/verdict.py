"""What two runs come to side by side, in sentences that claim no more than is decided."""

import math
from collections.abc import Sequence

from ..results.scored import Where
from ..statistics.intervals import figure
from .compared import Comparable, Compared, Pairing
from .same import Sameness
from .settings import Differing

SHOWN = 4  # settings that a sentence names


def verdict(comparable: Comparable, same: Sameness, differ: Sequence[Differing], finished: bool) -> list[str]:
    """The sentences of the difference of two runs; the first one says it in short."""
    settings = [each for each in differ if each.group == "settings"]
    equal = same.equal and all(_alike(each) for each in comparable.figures)
    sentences = [_equal(same, differ, finished) if equal else _lead(comparable)]
    if not equal and comparable.figures:
        sentences += [comparable.why, _decided(comparable.figures, comparable.pairing)]
    if not equal and not settings:
        sentences.append(_unlike(same, differ))
    if settings:
        sentences.append(_settings(settings))
    return [sentence for sentence in sentences if sentence]


def _alike(each: Compared) -> bool:
    """Whether both have one value, or none, over the seeds that both have; shares of rows are in no row of a record."""
    if math.isfinite(each.difference.value):
        return each.difference.value == 0
    return each.a.value == each.b.value or (math.isnan(each.a.value) and math.isnan(each.b.value))


def _lead(comparable: Comparable) -> str:
    """The sentence for a reader who reads no other."""
    tested = [each for each in comparable.figures if math.isfinite(each.contrast.p)]
    found = [each for each in tested if each.differs]
    if not comparable.figures:
        return "The two runs have nothing in common that could be compared."
    if not tested:
        return "Nothing is decided: no difference between the two runs has an interval."
    if not found:
        figures = "the one figure" if len(tested) == 1 else f"any of {len(tested):,} figures"
        chance = "" if comparable.pairing == "row" else " beyond chance"
        return f"The two runs do not differ{chance} in {figures}."
    first = found[0]
    more = f"; {len(found):,} of {len(tested):,} figures differ" if len(tested) > 1 else ""
    return (
        f"B {first.says} A: {first.title} {figure(first.b.value)} against {figure(first.a.value)}"
        f"{_place(first.where)}{more}."
    )


def _equal(same: Sameness, differ: Sequence[Differing], finished: bool) -> str:
    numbers = f"every one of {same.shared:,} recorded numbers is equal"
    about = "although their settings differ, " if any(each.group == "settings" for each in differ) else ""
    if not same.alone:
        return f"The same run: {about}{numbers}."
    why = "" if finished else ", since one of them has not ended"
    return f"The same as far as both go: {about}{numbers}, and {same.alone:,} more are in one of them{why}."


def _place(where: Where) -> str:
    places = ", ".join(f"{name} {part}" for name, part in where.items())
    return f" ({places})" if places else ""


def _decided(figures: Sequence[Compared], pairing: Pairing) -> str:
    """How much is claimed by what is said to differ."""
    tested = sum(math.isfinite(each.contrast.p) for each in figures)
    if not tested or pairing == "row":  # exact: no chance is in it
        return ""
    over = f", corrected by Holm over all {tested:,} comparisons" if tested > 1 else ""
    return (
        f"A figure differs where p{over}, is below 0.05: of twenty pairs of runs that do not differ, about one shows "
        "anything. Intervals are 95 %, each taken on its own."
    )


def _unlike(same: Sameness, differ: Sequence[Differing]) -> str:
    """Why runs of the same settings may have other numbers."""
    if not same.unequal:
        return ""
    others = ", ".join(f"{each.what} ({each.a}, {each.b})" for each in differ[:SHOWN])
    why = f"they differ in {others}" if others else "nothing that was recorded tells why"
    return f"All settings are the same, yet {same.unequal:,} of {same.shared:,} recorded numbers are not: {why}."


def _settings(settings: Sequence[Differing]) -> str:
    names = [f"{each.what} ({each.a}, {each.b})" for each in settings[:SHOWN]]
    more = len(settings) - len(names)
    rest = f" and {more:,} more setting{'s' * (more > 1)}" if more > 0 else ""
    return f"The runs differ in {', '.join(names)}{rest}."
