"""Laws: the ways to score a text, fitted on examples, by name."""

from collections.abc import Callable
from typing import Literal

from .curvature import Curvature
from .detector import Detector, Scores
from .examples import Examples
from .word_laws import WordLaws

Law = Literal["words", "detector", "curvature"]
FITS: dict[Law, Callable[[Examples], Scores]] = {
    "words": WordLaws.fit,
    "detector": Detector.fit,
    "curvature": Curvature.fit,
}
