"""Coverage: topics, languages and sources of a corpus, and the mixture of them that is wanted."""

from .coverage import coverage
from .groups import RowGroups, group
from .quotas import WantedMixture, quotas
from .survey import GroupShare, Survey, drop_rates, survey, surveyed
from .topics import Topics, find_topics
from .typical import typical_words

__all__ = [
    "GroupShare",
    "RowGroups",
    "Survey",
    "Topics",
    "WantedMixture",
    "coverage",
    "drop_rates",
    "find_topics",
    "group",
    "quotas",
    "survey",
    "surveyed",
    "typical_words",
]
