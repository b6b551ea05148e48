"""IFEval's own names: its instruction ids and their arguments as instructions of ours."""

from collections.abc import Mapping
from typing import Any

from ...core.errors import UsageError
from ...core.parts import did_you_mean
from .instruction import Instruction, build

RELATION = {"at least": "least", "less than": "most"}
# id -> our name, and our settings by its arguments; a bound by the number and the relation is named by both.
IDS: dict[str, tuple[str, dict[str, str]]] = {
    "keywords:existence": ("keywords", {"keywords": "words"}),
    "keywords:frequency": ("keyword", {"keyword": "word", "frequency": "relation"}),
    "keywords:forbidden_words": ("forbidden", {"forbidden_words": "words"}),
    "keywords:letter_frequency": ("letter", {"letter": "letter", "let_frequency": "let_relation"}),
    "language:response_language": ("language", {"language": "code"}),
    "length_constraints:number_sentences": ("sentences", {"num_sentences": "relation"}),
    "length_constraints:number_paragraphs": ("paragraphs", {"num_paragraphs": "exactly"}),
    "length_constraints:number_words": ("words", {"num_words": "relation"}),
    "length_constraints:nth_paragraph_first_word": (
        "paragraph_start",
        {"num_paragraphs": "paragraphs", "nth_paragraph": "nth", "first_word": "word"},
    ),
    "detectable_content:number_placeholders": ("placeholders", {"num_placeholders": "least"}),
    "detectable_content:postscript": ("postscript", {"postscript_marker": "mark"}),
    "detectable_format:number_bullet_lists": ("bullets", {"num_bullets": "exactly"}),
    "detectable_format:constrained_response": ("choice", {}),
    "detectable_format:number_highlighted_sections": ("highlights", {"num_highlights": "least"}),
    "detectable_format:multiple_sections": ("sections", {"num_sections": "exactly", "section_spliter": "mark"}),
    "detectable_format:json_format": ("json", {}),
    "detectable_format:title": ("title", {}),
    "combination:two_responses": ("two_answers", {}),
    "combination:repeat_prompt": ("repeat", {"prompt_to_repeat": "text"}),
    "startend:end_checker": ("end", {"end_phrase": "phrase"}),
    "startend:quotation": ("quoted", {}),
    "change_case:capital_word_frequency": ("capital_words", {"capital_frequency": "capital_relation"}),
    "change_case:english_capital": ("capitals", {}),
    "change_case:english_lowercase": ("lowercase", {}),
    "punctuation:no_comma": ("no_comma", {}),
}


def from_ifeval(name: str, arguments: Mapping[str, Any]) -> Instruction:
    """The instruction that IFEval calls `name`, with its arguments; those that are None were not given.

    Raises UsageError where there is no such id, or an argument is missing, which the published code draws at random.
    """
    if name not in IDS:
        raise UsageError(f"IFEval has no instruction {name!r}{did_you_mean(name, IDS)}.")
    ours, renamed = IDS[name]
    given = {key: value for key, value in arguments.items() if value is not None}
    settings: dict[str, Any] = {}
    for argument, setting in renamed.items():
        value = given.get(argument)
        if setting.endswith("relation"):
            setting = RELATION.get(given.get(setting, ""), "")
            value = value - 1 if setting == "most" and isinstance(value, int | float) else value
        if value is None or not setting:
            raise UsageError(f"IFEval's instruction {name} lacks its argument {argument}, or the relation to it.")
        settings[setting] = value
    return build(ours, settings)
