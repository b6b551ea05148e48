"""The words and the colours of the report: what each metric says, and which colour a regime keeps."""

from dataclasses import dataclass

QUALITY = "Quality and variety"
DISTANCE = "Distance from the real data"
VARIETY = "Copies, spread and classes"
MOMENTS = "Drift of mean and variance"
LANGUAGE = "How well real text is foretold"
WORDS = "Words and tails"
ECHO = "Repetition and copies"
IMITATION = "Imitation of the teacher"
OTHER = "Further metrics"
GROUPS = (LANGUAGE, IMITATION, WORDS, ECHO, QUALITY, DISTANCE, VARIETY, MOMENTS, OTHER)

UP = "higher is better, up to real rows"
DOWN = "lower is better"
NEAR = "nearer to real rows is better"
ONE = "nearer to 1 is better"
ALIKE = "higher is nearer to the teacher"
BETTER = "higher is better"


@dataclass(frozen=True)
class Measure:
    """What a reader is told of one metric."""

    title: str
    group: str
    good: str
    caption: str


MEASURES = {
    "perplexity": Measure("Perplexity", LANGUAGE, DOWN, "Of held-out real text under the generation's model, a token."),
    "cross_entropy": Measure("Cross-entropy", LANGUAGE, DOWN, "The same in nats a token."),
    "bits_per_character": Measure("Bits per character", LANGUAGE, DOWN, "The same, whatever the model's tokens are."),
    "surprise": Measure(
        "Surprise", LANGUAGE, NEAR, "Mean nats a word of the made text under a fixed real n-gram model."
    ),
    "surprise_histogram": Measure(
        "How unusual the made text is",
        LANGUAGE,
        NEAR,
        "Passages by their nats a word under a fixed model of the real text: what moves to the left has become likely, "
        "what is far to the right are errors that real text does not make.",
    ),
    "distinct_1": Measure("Distinct words", WORDS, NEAR, "The share of the words that are different ones."),
    "distinct_2": Measure("Distinct pairs", WORDS, NEAR, "The same of pairs of words."),
    "distinct_3": Measure("Distinct triples", WORDS, NEAR, "The same of three words in a row."),
    "distinct_4": Measure("Distinct fours", WORDS, NEAR, "The same of four words in a row."),
    "types": Measure("Types", WORDS, NEAR, "How many different words there are in as much text as the reference has."),
    "types_ratio": Measure("Types, to real", WORDS, ONE, "Different words over those of as much real text."),
    "hapax": Measure("Hapax share", WORDS, NEAR, "The share of the different words that occur once."),
    "tail_types": Measure("Rare words kept", WORDS, UP, "The share of the real text's rare words that still occur."),
    "tail_mass": Measure("Tail mass", WORDS, UP, "How much of the made text is rare words of the real text."),
    "token_entropy": Measure("Entropy", WORDS, NEAR, "Of the frequencies of the words, in bits."),
    "zipf": Measure("Zipf exponent", WORDS, NEAR, "How steeply frequencies fall with rank."),
    "heaps": Measure("Heaps exponent", WORDS, NEAR, "How fast new words come with more text."),
    "self_repetition": Measure(
        "Self-repetition", ECHO, NEAR, "The share of four words in a row that come again elsewhere."
    ),
    "compression": Measure(
        "Compression ratio", ECHO, NEAR, "How much smaller the text packs: higher is more repetitive."
    ),
    "novel_4": Measure(
        "New fours", ECHO, NEAR, "The share of four words in a row that the training text does not have."
    ),
    "novel_8": Measure("New eights", ECHO, NEAR, "The same of eight words in a row."),
    "copy_mean": Measure(
        "Longest copy, mean", ECHO, NEAR, "Words in a row that a passage shares with the training text."
    ),
    "copy_longest": Measure("Longest copy", ECHO, NEAR, "The longest such copy of all passages."),
    "passage_length": Measure("Passage length", ECHO, NEAR, "Words in a passage."),
    "mauve": Measure("MAUVE", QUALITY, UP, "How much made and real texts overlap, by their embeddings."),
    "semantic_spread": Measure("Semantic spread", QUALITY, NEAR, "Mean distance between the meanings of two passages."),
    "style": Measure(
        "Style",
        IMITATION,
        ALIKE,
        "The chance that the model finds the teacher's held-out text likelier than real text.",
    ),
    "gold": Measure(
        "Gold",
        IMITATION,
        BETTER,
        "Right choices between a real passage's own end and that of another; 0.5 is guessing.",
    ),
    "style_teacher_perplexity": Measure(
        "Perplexity of the teacher",
        IMITATION,
        "lower is nearer to the teacher",
        "Of the teacher's held-out text under the generation's model.",
    ),
    "recall": Measure("Recall", QUALITY, UP, "Variety: the share of real rows that lie where made rows lie."),
    "precision": Measure("Precision", QUALITY, NEAR, "Quality: the share of made rows that lie where real rows lie."),
    "density": Measure("Density", QUALITY, NEAR, "How crowded with real rows the places of the made rows are."),
    "coverage": Measure("Coverage", QUALITY, UP, "The share of real rows that have a made row in their neighbourhood."),
    "frechet": Measure("Fréchet distance", DISTANCE, DOWN, "Between the means and covariances of the features."),
    "kernel": Measure("Kernel distance", DISTANCE, DOWN, "Unbiased: around 0 where the made rows are like the real."),
    "sliced_wasserstein": Measure("Sliced Wasserstein", DISTANCE, DOWN, "Transport cost along lines through the data."),
    "authenticity": Measure("Authenticity", VARIETY, NEAR, "The share of made rows that are no copy of a real row."),
    "vendi": Measure("Vendi score", VARIETY, NEAR, "The effective number of different rows."),
    "lost_classes": Measure("Lost classes", VARIETY, DOWN, "Classes of the real rows that no made row looks like."),
    "class_balance": Measure("Class balance", VARIETY, UP, "How near the shares of the classes are to the real ones."),
    "mean_error": Measure("Mean error", MOMENTS, DOWN, "Squared error of the mean, over the dimension."),
    "variance_ratio": Measure("Variance ratio", MOMENTS, ONE, "Total variance over the true one."),
}


def measure(metric: str) -> Measure:
    """The words for a metric; one that is not known here is shown under its own name."""
    title = metric.replace("_", " ")
    return MEASURES.get(metric) or Measure(title[:1].upper() + title[1:], OTHER, NEAR, "")
