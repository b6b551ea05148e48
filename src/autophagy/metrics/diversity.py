"""How varied the generated texts are: distinct n-grams, entropy, and how many different words they use."""

import numpy as np

from ..core.decorators import metric
from ..core.figures import Figure
from ..features.features import Features
from .amounts import counts, generated_tokens, head, reference_tokens
from .tokens import Tokens

LONGEST = 4  # words: beyond it nearly every n-gram of a corpus is distinct anyhow


@metric(
    "distinct",
    of="text",
    group="Words and tails",
    bounds=(0, 1),
    better="real",
    also=("distinct_n", "distinct-n"),
    figures={
        "distinct_1": Figure("distinct words", "The share of all words that are different words."),
        "distinct_2": Figure("distinct pairs", "The same for pairs of words."),
        "distinct_3": Figure("distinct triples", "The same for three words in a row."),
        "distinct_4": Figure("distinct fours", "The same for four words in a row."),
    },
)
def distinct(
    reference: Features, generated: Features, rng: np.random.Generator, *, words: int | None = None
) -> dict[str, float]:
    """Distinct-n: the share of different n-grams among the generated ones, for n = 1 to 4.

    `distinct_n` = distinct n-grams / n-grams, within passages; NaN where every passage is shorter than n. It falls as
    texts repeat themselves. It also falls with the length of a text, so the first `words` tokens count: as many as the
    reference has, 0 for all. Ref: Li et al. 2016.
    """
    tokens = generated_tokens(reference, generated, words)
    return {f"distinct_{n}": _distinct(tokens, n) for n in range(1, LONGEST + 1)}


def _distinct(tokens: Tokens, n: int) -> float:
    grams, _ = tokens.grams(n)
    return len(np.unique(grams)) / len(grams) if len(grams) else float("nan")


@metric("token_entropy", of="text", title="entropy", group="Words and tails", bounds=(0, None), better="real")
def token_entropy(
    reference: Features, generated: Features, rng: np.random.Generator, *, words: int | None = None
) -> float:
    """Entropy of the generated words, counted one by one, in bits per word.

    H = -sum p log2 p over the frequencies p of the words. Counted frequencies make it too low in short texts, so the
    first `words` tokens count: as many as the reference has, 0 for all. Ref: Shannon 1948, section 6.
    """
    tokens = generated_tokens(reference, generated, words)
    shares = counts(tokens) / len(tokens)  # (types,)
    return float((shares * np.log2(1 / shares)).sum())


@metric(
    "types",
    of="text",
    group="Words and tails",
    figures={
        "types": Figure(
            "vocabulary",
            "How many different words there are in as much text as the reference has.",
            bounds=(0, None),
            better="real",
        ),
        "types_ratio": Figure(
            "relative vocabulary",
            "The number of different words over that of as much real text.",
            bounds=(0, None),
            better=1.0,
            headline=7,
            gist="vocabulary",
        ),
        "hapax": Figure(
            "words used once",
            "The share of the different words that occur once.",
            bounds=(0, 1),
            better="real",
        ),
    },
)
def types(
    reference: Features, generated: Features, rng: np.random.Generator, *, words: int | None = None
) -> dict[str, float]:
    """Vocabulary: how many different words the generated texts use, as a number and relative to real text.

    `types` counts them, `types_ratio` divides by those of the reference, both in as many tokens as the shorter has,
    and `hapax` is the share of the types that occur just once. The first `words` tokens count: as many as the
    reference has, 0 for all. Ref: Baayen 2001, chapter 1.
    """
    tokens = generated_tokens(reference, generated, words)
    times = counts(tokens)  # (types,)
    real = reference_tokens(reference)
    both = min(len(tokens), len(real))
    ratio = len(counts(head(tokens, both))) / len(counts(head(real, both)))
    return {"types": float(len(times)), "types_ratio": ratio, "hapax": float((times == 1).mean())}


@metric(
    "passage_length", of="text", title="passage length", group="Repetition and copies", bounds=(0, None), better="real"
)
def passage_length(reference: Features, generated: Features, rng: np.random.Generator) -> float:
    """How many words, punctuation marks and line breaks a generated passage has on average."""
    return len(generated_tokens(reference, generated, 0)) / len(generated)
