"""Quality: an estimator learnt from a few hundred labels, what it is worth, and which rows to label next."""

from .estimator import Estimator, fit
from .labelled import LabelledTexts, read_labelled
from .pick import pick_rows
from .quality import estimated, quality
from .report import QualityReport, report
from .rubric import RUBRIC, RubricLabels, label_rows

__all__ = [
    "RUBRIC",
    "Estimator",
    "LabelledTexts",
    "QualityReport",
    "RubricLabels",
    "estimated",
    "fit",
    "label_rows",
    "pick_rows",
    "quality",
    "read_labelled",
    "report",
]
