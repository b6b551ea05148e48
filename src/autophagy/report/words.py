"""The words and the colours of the report: what each metric says, and which colour a regime keeps."""

from dataclasses import dataclass

# Eight hues that stay apart for colour-blind readers and keep 3:1 against the light and the dark ground.
COLOURS = ("#0a7cc4", "#d9600f", "#078f7d", "#c4418b", "#8268d4", "#a07d00", "#c93a34", "#64798c")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "x", "cross", "star")

QUALITY = "Quality and variety"
DISTANCE = "Distance from the real data"
VARIETY = "Copies and spread"
CLASSES = "Classes"
MOMENTS = "Drift of mean and variance"
OTHER = "Further metrics"
GROUPS = (QUALITY, DISTANCE, VARIETY, CLASSES, MOMENTS, OTHER)

UP = "higher is better, up to the dashed level"
DOWN = "lower is better"
NEAR = "nearer to the dashed level is better"
ONE = "1 is right"


@dataclass(frozen=True)
class Measure:
    """What a reader is told of one metric."""

    title: str
    group: str
    good: str
    caption: str


MEASURES = {
    "precision": Measure("Precision", QUALITY, NEAR, "Quality: the share of made rows that lie where real rows lie."),
    "recall": Measure("Recall", QUALITY, UP, "Variety: the share of real rows that lie where made rows lie."),
    "density": Measure("Density", QUALITY, NEAR, "How many real neighbourhoods hold each made row; 1 is expected."),
    "coverage": Measure("Coverage", QUALITY, UP, "The share of real rows that have a made row in their neighbourhood."),
    "frechet": Measure("Fréchet distance", DISTANCE, DOWN, "Between the means and covariances of the features."),
    "kernel": Measure("Kernel distance", DISTANCE, DOWN, "Unbiased squared MMD; around 0 for equal laws."),
    "sliced_wasserstein": Measure("Sliced Wasserstein", DISTANCE, DOWN, "Transport distance along random directions."),
    "authenticity": Measure("Authenticity", VARIETY, NEAR, "The share of made rows that are no copy of a real row."),
    "vendi": Measure("Vendi score", VARIETY, NEAR, "The effective number of different rows."),
    "lost_classes": Measure("Lost classes", CLASSES, DOWN, "Classes of the real data that no made row belongs to."),
    "class_balance": Measure("Class balance", CLASSES, UP, "How near the class shares are to those of the real data."),
    "mean_error": Measure("Mean error", MOMENTS, DOWN, "Squared distance of the mean from the truth, per dimension."),
    "variance_ratio": Measure("Variance ratio", MOMENTS, ONE, "Total variance over that of the truth."),
}


def measure(metric: str) -> Measure:
    """The words for a metric; one that is not known here is shown under its own name."""
    title = metric.replace("_", " ")
    return MEASURES.get(metric) or Measure(title[:1].upper() + title[1:], OTHER, NEAR, "")


def colours(labels: list[str]) -> dict[str, str]:
    """One colour for each regime, the same everywhere on the page."""
    return {label: COLOURS[index % len(COLOURS)] for index, label in enumerate(dict.fromkeys(labels))}


def symbols(labels: list[str]) -> dict[str, str]:
    """One marker for each regime, so that no line is told by its colour alone."""
    names = [f"{symbol}{style}" for style in ("", "-open") for symbol in SYMBOLS]
    return {label: names[index % len(names)] for index, label in enumerate(dict.fromkeys(labels))}
