"""Columns of numbers that are days or moments: 20240131, or seconds since 1970 under the name of a time."""

import re

import numpy as np

from ...core.samples import Array
from .heading import CENTURIES

# what a moment is called, as the last part of a name such as response.body.created
MOMENT = re.compile(
    r"(?:.*[._ ])?(?:created|updated|modified|posted|published|start|end|ts|since|until|utc|at|on|ms|millis)"
    r"(?:[._ ](?:utc|gmt|ms|s))?|.*(?:time(?:stamp)?(?:ms|utc)?|epoch|date|datetime)(?:[._ ](?:utc|gmt|ms|s))?|"
    r".*zeit(?:punkt)?|.*datum|.*[a-z](?:At|Ts|Utc)|(?:.*[^a-zA-Z])?(?:[tT]ime|[dD]ate|[eE]poch|[tT]imestamp)(?![a-z]).*"
)
UNITS = (1.0, 1e3, 1e6, 1e9)  # seconds, and what they are counted in since
YEARS_1980_TO_2100 = (3.16e8, 4.1e9)  # in seconds since 1970
FEWEST = 3  # rows that show it


def are_days(name: str, values: Array) -> bool:
    """Whether all values are days written as one number, or moments in a column called by a time."""
    values = values[np.isfinite(values)]
    if len(values) < FEWEST or np.any(values % 1) or np.any(values < 0):
        return False
    year, month, day = values // 10_000, values // 100 % 100, values % 100
    within = (year >= CENTURIES[0]) & (year <= CENTURIES[1]) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    if within.all():
        return True
    low, high = YEARS_1980_TO_2100
    return bool(MOMENT.fullmatch(name.lower()) or MOMENT.fullmatch(name)) and any(
        np.all((values >= low * unit) & (values <= high * unit)) for unit in UNITS
    )
