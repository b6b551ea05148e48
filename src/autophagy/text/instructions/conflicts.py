"""Conflicts: instructions that no answer, or hardly one, can follow together."""

from .instruction import Instruction

# What each goes with, of those that go with little; of the others, what they do not go with.
ALONE: dict[str, frozenset[str]] = {
    "choice": frozenset(),
    "json": frozenset({"keywords", "forbidden"}),
    "two_answers": frozenset({"keywords", "forbidden", "language", "title", "no_comma"}),
    "repeat": frozenset({"keywords", "title", "no_comma"}),
}
CLASHES = (
    {"language", "keywords"},
    {"language", "keyword"},
    {"language", "forbidden"},
    {"language", "letter"},
    {"language", "end"},
    {"language", "sections"},
    {"language", "capitals"},
    {"language", "lowercase"},
    {"language", "capital_words"},
    {"language", "paragraph_start"},
    {"paragraphs", "sentences"},
    {"paragraphs", "paragraph_start"},
    {"capital_words", "capitals"},
    {"capital_words", "lowercase"},
    {"capitals", "lowercase"},
    {"quoted", "title"},
    {"sections", "highlights"},
    {"sections", "paragraph_start"},
    {"bullets", "paragraph_start"},
    {"bullets", "sentences"},
    {"sections", "sentences"},
    {"words", "sentences"},
)


def conflict(one: Instruction | str, other: Instruction | str) -> bool:
    """Whether two instructions, or two by their names, are not to be asked for together; two of one kind never are.

    Ref: Zhou et al. (2023), the published INSTRUCTION_CONFLICTS, and the pairs whose numbers may exclude each other.
    """
    names = {each if isinstance(each, str) else each.name for each in (one, other)}
    if len(names) == 1 or names in CLASHES:
        return True
    return any(name in ALONE and not (names - {name}) <= ALONE[name] for name in names)
