"""Words that are verbs by their form, or by a list of the frequent irregular ones."""

from ...text.values.token import Token

_VERBS = """
is was were are has had have became become began begun won lost wrote written built made sold bought left grew grown ran
fell fallen rose risen took taken gave given went gone came born held led sang sung drew drawn broke broken chose chosen
"""
VERBS = frozenset(_VERBS.split())


def is_verb(token: Token) -> bool:
    """Whether a word is a verb, as far as its form tells."""
    return (
        token.text in VERBS
        or (token.kind == "word" and not token.capital and token.text[3:].endswith("ed"))
        or token.text == "died"
    )
