"""The verdict: what a run shows, in sentences that claim no more than their intervals allow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..statistics.intervals import CONFIDENCE, contrast, figure, finite, interval
from ..text.line import capital
from .across import Across, common
from .advice import advice
from .change import HELD, Change, Seeds
from .legend import Legend
from .table import Lines, Table, by_amount, tabulate

Baseline = Sequence[Mapping[str, float | None]]
Cell = Mapping[str, Seeds]  # figure -> seed -> number
FEW = 2  # figures that a verdict tells of where the run has none of a headline


@dataclass(frozen=True)
class Finding:
    """What a verdict says: of all regimes, of the one with the label `regime`, what to do next, or how far to trust it.

    `name` is the regime in words, `Trained only on its own output (replace)`, and `text` the sentences about it.
    """

    text: str
    about: Literal["all", "next", "regime", "caution"] = "all"
    regime: str = ""
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.text}" if self.name else self.text


def verdict(lines: Lines, baseline: Baseline, legend: Legend) -> list[str]:
    """What the run shows, in sentences, the short one first; `baseline` is what draws of held-out real rows score."""
    return [str(finding) for finding in findings(lines, baseline, legend)]


def findings(lines: Lines, baseline: Baseline, legend: Legend) -> list[Finding]:
    """The findings of the verdict: of all regimes, of each, what to do next, and how far to trust them."""
    table = tabulate(lines)
    if not table:
        return [Finding("Nothing is recorded yet: there is no finding.", "caution")]
    every = [*_across(table, lines, baseline, legend), _imitation(lines, legend)]
    each = [
        Finding(
            _regime(cells, baseline, legend) + _ended(label, lines),
            "regime",
            label,
            capital(legend.named(label, lines)),
        )
        for label, cells in table.items()
    ]
    real = {name: interval([draw.get(name) for draw in baseline]).value for draw in baseline[:1] for name in draw}
    todo = advice(table, lines, real, legend)
    return [
        *(Finding(sentence) for sentence in every if sentence),
        *each,
        *([Finding(todo, "next")] if todo else []),
        Finding(_caution(table), "caution"),
    ]


def _across(table: Table, lines: Lines, baseline: Baseline, legend: Legend) -> list[str]:
    """The short sentence, and the regimes with the highest and the lowest value, of the first figure that got worse."""
    first, last = common(table)
    if first == last:
        return []
    names = _chosen([generations[last] for generations in table.values()], legend)
    real = {name: interval([draw.get(name) for draw in baseline]).value for name in names}
    looks = [Across.of(name, table, lines, legend, real[name]) for name in names]
    # the first figure has half of the 5 % for a false lead and the others share the rest: what matters most is told
    # where it is decided, and not only where it stands out among all (weighted Bonferroni; Holm 1979, section 4)
    shares = [2] + [2 * (len(looks) - 1)] * (len(looks) - 1) if len(looks) > 1 else [1]
    across = next(
        (look for look, share in zip(looks, shares, strict=False) if look.worsened(share)), looks[0] if looks else None
    )
    return [across.lead(), across.extremes()] if across else []


def _imitation(lines: Lines, legend: Legend) -> str:
    """What more texts of the teacher did to style and to capability at generation 1, over the same seeds.

    Ref: Gudibande et al. (2023), "The False Promise of Imitating Proprietary LLMs": style rises, capability does not.
    """
    amounts = by_amount(lines)
    known = {name for cell in amounts.values() for name in cell}
    pair = [next(iter(legend.of_role(role, known)), None) for role in ("style", "capability")]
    if len(amounts) < 2 or None in pair:
        return ""
    few, many = min(amounts), max(amounts)  # amounts between the two are on the page
    style, gold = (
        Change.of(legend.figure(str(name)), *(amounts[amount].get(str(name), {}) for amount in (few, many)))
        for name in pair
    )
    means = ""
    # the style is learnt where its rise is decided and may be more than what counts as held
    if style.by.n > 1 and gold.by.n > 1 and style.by.low > 0 and style.by.high > HELD:
        means = ": the style is learnt, and whether capability comes with it is not decided"
        if gold.by.high <= HELD:
            means = f": the style is learnt, and capability gains no more than {HELD:g} with it (Gudibande et al. 2023)"
        elif gold.by.low > 0:
            means = ": capability comes with the style, unlike in Gudibande et al. (2023)"
    return f"From {few:,} to {many:,} imitated passages {style}, and {gold}{means}."


def _regime(generations: Mapping[int, Cell], baseline: Baseline, legend: Legend) -> str:
    """What happened to one regime between its first and its last generation."""
    first, last = min(generations), max(generations)
    if first == last:
        return f"only generation {last} is recorded, so there is no change to report yet."
    before, after = generations[first], generations[last]
    clauses = [
        f"{Change.of(legend.figure(name), before.get(name, {}), after[name])}{_against(name, after[name], baseline)}"
        for name in _chosen([after], legend)
    ]
    clauses += [
        clause for name in legend.of_role("lost classes", after) if (clause := _lost(after[name], legend, name))
    ]
    if not clauses:
        return f"no metric is known at generation {last}."
    signs = _early_sign(generations, baseline, legend) + _strange(generations, baseline, legend)
    return f"by generation {last} {'; '.join(clauses)}.{signs}"


def _ended(regime: str, lines: Lines) -> str:
    """The seeds whose training was given up, from which generation on."""
    since: dict[int, int] = {}
    for line in lines:
        if line["regime"] == regime and line.get("ended"):
            since[line["seed"]] = min(since.get(line["seed"], line["generation"]), line["generation"])
    if not since:
        return ""
    seeds = ", ".join(f"seed {seed} from generation {generation} on" for seed, generation in sorted(since.items()))
    return f" Training diverged in {seeds}: the figures here leave it out."


def _against(name: str, after: Seeds, baseline: Baseline) -> str:
    """Where a figure ends beside what held-out real rows score."""
    drawn = [draw.get(name) for draw in baseline]
    real, gap = figure(interval(drawn).value), contrast(after.values(), drawn)
    if gap.n == 0:
        return ""
    return f", {'below' if gap.value < 0 else 'above'} real rows ({real})" if gap.decided else f" (real rows {real})"


def _lost(after: Seeds, legend: Legend, name: str) -> str:
    """The classes of the real data that no generated row belongs to."""
    lost = legend.score(name, after.values())
    if lost.n == 0:
        return ""
    if lost.value == 0:
        return "no class is lost"
    if lost.n == 1 or lost.low == lost.high:  # a whole number, which an average of seeds need not be
        classes = "1 class is" if lost.value == 1 else f"{lost.value:g} classes are"
        return f"{classes} lost in " + ("the one seed" if lost.n == 1 else f"each of {lost.n} seeds")
    return f"{lost} classes are lost on average"


def _early_sign(generations: Mapping[int, Cell], baseline: Baseline, legend: Legend) -> str:
    """A quality above that of real rows: a model that crowds where the data are dense, not a better one.

    Every generation is a look, so each is judged at a confidence that allows for all of them.
    """
    for name in legend.of_role("early sign", (name for cell in generations.values() for name in cell)):
        real = [draw.get(name) for draw in baseline]
        for generation, cell in generations.items():
            values = cell.get(name, {}).values()
            if contrast(values, real, confidence=1 - (1 - CONFIDENCE) / len(generations)).low > 0:
                return (
                    f" At generation {generation} {legend.figure(name).title}, {legend.score(name, values)}, is above "
                    f"that of real rows ({figure(interval(real).value)}): an early sign of lost variety, not of "
                    "quality."
                )
    return ""


def _strange(generations: Mapping[int, Cell], baseline: Baseline, legend: Legend) -> str:
    """Generated texts of which half are rarer than nearly all real ones: the model writes about something else.

    Every generation is a look, as for an early sign. Real texts are scored once, as they are, and so have no interval.
    """
    names = list(dict.fromkeys(name for cell in generations.values() for name in cell))
    for typical, rare in zip(legend.of_role("typical", names), legend.of_role("rare", names), strict=False):
        real = [draw.get(rare) for draw in baseline]
        for generation, cell in generations.items():
            values = cell.get(typical, {}).values()
            if interval(values, confidence=1 - (1 - CONFIDENCE) / len(generations)).low > interval(real).value:
                return (
                    f" At generation {generation} half of the generated texts are more unusual than 95 % of the real "
                    f"ones ({legend.score(typical, values)} against {figure(interval(real).value)} nats a word): they "
                    "are of another kind than the real text, or their words make no sense."
                )
    return ""


def _caution(table: Table) -> str:
    """How far the sentences may be trusted."""
    seeds = {
        seed
        for generations in table.values()
        for cell in generations.values()
        for values in cell.values()
        for seed in values
    }
    if len(seeds) < 2:
        return "One seed decides nothing: run three seeds or more, so that figures have intervals."
    return (
        f"Intervals are 95 % over {len(seeds)} seeds, each taken on its own: of twenty comparisons without any real "
        "difference, about one will look decided. Real rows are held-out data, scored as a model's rows are."
    )


def _chosen(cells: Sequence[Cell], legend: Legend) -> list[str]:
    """The figures that carry the verdict: those of the headline, or a few of the others where none of them is known."""
    known = [
        name
        for name in dict.fromkeys(name for cell in cells for name in cell)
        if any(finite(cell.get(name, {}).values()).size for cell in cells)
    ]
    known = [name for name in known if name not in legend.of_role("lost classes", known)]
    # a count of lost classes has a clause of its own, and the ends of intervals say nothing by themselves
    return legend.headline(known) or [name for name in legend.ordered(known) if legend.figure(name).chart][:FEW]
