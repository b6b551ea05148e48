"""Sentences: what is observed of variables, and a hypothesis on them, in two wordings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .separation import independences


@dataclass(frozen=True, slots=True)
class Told:
    """The observations of a graph, as item.Hypothesis has them: by names, in the order of a listing."""

    code: int
    n: int
    names: tuple[str, ...]
    listing: tuple[int, ...]
    order: tuple[int, ...] = ()
    idle: str = ""

    @property
    def observations(self) -> list[tuple[str, str, list[str] | None]]:
        """Two names, with those that are given where the two are independent, and None where they correlate."""
        place = {variable: at for at, variable in enumerate(self.listing)}
        found = []
        for a, b, given in independences(self.code, self.n):
            first, second = sorted((a, b), key=place.__getitem__)
            found.append((place[first], place[second], sorted(place[each] for each in given)))
        free = {(a, b) for a, b, given in found if not given}
        pairs = [(a, b) for b in range(self.n) for a in range(b) if (a, b) not in free]
        found.sort(key=lambda each: (each[:2], len(each[2]), each[2]))
        told = [self.listing[at] for at in range(self.n)]
        name = [self.names[variable] for variable in told]
        lines: list[tuple[str, str, list[str] | None]] = [(name[a], name[b], None) for a, b in sorted(pairs)]
        lines += [(name[a], name[b], [name[each] for each in given]) for a, b, given in found]
        return [lines[at] for at in self.order] if self.order else lines


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences of a prompt: {a} and {b} are the two variables, {given} those that are known.

    `idle` tells of a variable that no arrow leads to or from.
    """

    frame: str
    correlate: str
    independent: str
    conditional: str
    idle: str
    hypotheses: Mapping[str, str]
    definitions: Mapping[str, str]

    def prompt(self, told: Told, relation: str, a: str, b: str) -> str:
        """The whole prompt, with the definition of the relation that it asks for."""
        names = [*(told.names[variable] for variable in told.listing), *filter(None, [told.idle])]
        lines = [self._line(*each) for each in told.observations] + [self.idle.format(a=told.idle)] * bool(told.idle)
        return self.frame.format(
            n=len(names),
            names=_listed(names),
            observations=" ".join(map(_sentence, lines)),
            hypothesis=_sentence(self.hypotheses[relation].format(a=a, b=b)),
            definition=self.definitions[relation],
        )

    def _line(self, a: str, b: str, given: Sequence[str] | None) -> str:
        if given is None:
            return self.correlate.format(a=a, b=b)
        return (self.conditional if given else self.independent).format(a=a, b=b, given=_listed(given))


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


FIRST = Phrases(
    frame="""\
There is a closed system of {n} variables: {names}. No variable outside it causes two of them, causes form no circle, \
and two variables are independent exactly where the graph of direct causes makes them so. These are all the \
statistical relations among them; any two variables are dependent given any others unless their independence is told.

{observations}

Hypothesis: {hypothesis}
Definition: {definition}

Use nothing but these relations, whatever the names suggest. Is the hypothesis true in every causal graph that fits \
them? Think step by step and then answer "[entailed]" if it is true in every such graph, "[contradicted]" if it is \
true in none, or "[undetermined]" if it is true in some of them and false in others.""",
    correlate="{a} correlates with {b}",
    independent="{a} is independent of {b}",
    conditional="{a} and {b} are independent given {given}",
    idle="{a} is independent of all others, whatever is given, and giving it changes none of these relations",
    hypotheses={
        "parent": "{a} is a direct cause of {b}",
        "child": "{a} is a direct effect of {b}",
        "ancestor": "{a} influences {b} through at least one other variable",
        "descendant": "{a} is influenced by {b} through at least one other variable",
        "collider": "{a} and {b} have a common effect",
        "confounder": "{a} and {b} have a common cause",
    },
    definitions={
        "parent": "a direct cause of a variable has an arrow to it in the causal graph of this system.",
        "child": "a direct effect of a variable has an arrow from it in the causal graph of this system.",
        "ancestor": "a chain of two or more arrows leads from the first to the second, whether or not one arrow also "
        "leads there directly.",
        "descendant": "a chain of two or more arrows leads from the second to the first, whether or not one arrow also "
        "leads there directly.",
        "collider": "a common effect is a third variable to which a chain of one or more arrows leads from each of the "
        "two, such that the chains share no variable but the third.",
        "confounder": "a common cause is a third variable from which a chain of one or more arrows leads to each of "
        "the two, such that the chains share no variable but the third.",
    },
)
SECOND = Phrases(
    frame="""\
A study measures {n} quantities and nothing else acts on more than one of them: {names}. Nothing acts on itself, not \
even by way of others. All that the data show follows from who acts on whom, and nothing cancels out by chance. \
This is a full account of the data; whatever it does not call uninformative is informative.

{observations}

Claim: {hypothesis}
By this we mean: {definition}

Judge by this account alone, and not by what the words bring to mind. Many ways in which the quantities act on one \
another may agree with the account. Reason it through, and close with "[entailed]" if the claim holds in all of these \
ways, "[contradicted]" if it holds in none, or "[undetermined]" if it holds in some and fails in others.""",
    correlate="{a} and {b} are associated",
    independent="knowing {a} tells nothing about {b}",
    conditional="given {given}, knowing {a} tells nothing about {b}",
    idle="knowing {a} tells nothing about any other, whatever is given, and changes none of this",
    hypotheses={
        "parent": "{a} acts on {b} directly",
        "child": "{a} is acted on directly by {b}",
        "ancestor": "{a} acts on {b} by way of one or more of the other quantities",
        "descendant": "{a} is acted on by {b} by way of one or more of the other quantities",
        "collider": "there is a third quantity on which both {a} and {b} act",
        "confounder": "there is a third quantity that acts on both {a} and {b}",
    },
    definitions={
        "parent": "the first acts on the second with none of the other quantities in between.",
        "child": "the second acts on the first with none of the other quantities in between.",
        "ancestor": "the first acts on another quantity, which, directly or by way of more, acts on the second; the "
        "first may act on the second directly as well.",
        "descendant": "the second acts on another quantity, which, directly or by way of more, acts on the first; the "
        "second may act on the first directly as well.",
        "collider": "each of the two acts on the third directly or by way of others, along two routes that have "
        "nothing in common but the third.",
        "confounder": "the third acts on each of the two directly or by way of others, along two routes that have "
        "nothing in common but the third.",
    },
)
WORDINGS = (FIRST, SECOND)
