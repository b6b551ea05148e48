"""How far verifiers are to be trusted, in sentences."""

from collections.abc import Mapping
from typing import Any

from ..statistics.intervals import Score
from ..statistics.paired import proportion
from ..text.percent import percent
from ..text.plural import plural
from .tried import LABELS, NONE, PLANTED

TRIED = {LABELS: "labelled rows", PLANTED: "seeds and copies of them with a planted fault"}
NAMES = ("kept", "rejected", "unknown")
HELPS = 0.5  # the breakdown point of a verifier that keeps wrong rows as often as right ones


def trust(verified: Mapping[str, Mapping[str, Any]], writer: str = "", of: str = "row") -> list[str]:
    """What each verifier kept, up to how many wrong rows it is a help, and whether the labelled rows are like these.

    It judged rows, or answers to rows where each had several. Those that ask the `writer` about its own rows say so.
    """
    return [
        sentence
        for label, found in verified.items()
        for sentence in (
            f"The verifier {label} {_counted(found, of)}{_rates(found)}.",
            *_own(label, found, writer),
            *_unlike(label, found),
        )
    ]


def _own(label: str, found: Mapping[str, Any], writer: str) -> list[str]:
    if not writer or found.get("model") != writer:
        return []
    return [f"{label} asks the writer about its own rows, and models favour these: name another with --judge."]


def _unlike(label: str, found: Mapping[str, Any]) -> list[str]:
    """A warning where a verifier keeps another share of the labelled rows than of those that were made."""
    reached = sum(found[name] for name in NAMES)
    these = proportion(reached - found["rejected"] - found["set_aside"], reached)
    tried = Score.read(found["kept_of_these"])
    apart = these.n and tried.n and (these.high < tried.low or tried.high < these.low)
    if found["tried_by"] != LABELS or not apart:
        return []
    return [
        f"The labelled rows differ from the generated ones: {label} keeps {_share(tried)} of the labelled and "
        f"{_share(these)} of the generated rows, so the share of right rows may differ, too."
    ]


def _counted(found: Mapping[str, Any], of: str) -> str:
    kept, rejected, unknown = (found[name] for name in NAMES)
    told = f"kept {plural(kept, of)} and rejected {rejected:,}"
    aside = ", which were set aside" if found["set_aside"] else ""
    return f"{told}; it could not judge {unknown:,}{aside}" if unknown else told


def _rates(found: Mapping[str, Any]) -> str:
    phi, psi, point, share = (Score.read(found[name]) for name in ("phi", "psi", "breakdown", "right_given_kept"))
    if not point.n:
        return f"; {_untried(found)}, so how far to trust it is unknown"
    told = f". Tried on {found['tried_on']:,} {TRIED[found['tried_by']]},"
    told += f" it keeps {_share(phi)} of the right and {_share(psi)} of the wrong rows"
    told += f", and {_share(share)} of what it keeps is right" if share.n else ""
    if point.low <= HELPS:
        return f"{told}. It may not help at all: its breakdown point is {_share(point)}, and 50 % is that of chance"
    such = " in such ways" if found["tried_by"] == PLANTED else ""
    return f"{told}. It helps as long as fewer than {_share(point)} of the writer's rows are wrong{such}"


def _untried(found: Mapping[str, Any]) -> str:
    if found["tried_by"] != NONE and not found["tried_on"]:
        return "no row reached it, or the model that it asks did not reply"
    if found["tried_by"] == NONE:
        return "it was not tried, since there are neither labels nor seeds with answers"
    if found["unknown_of_these"] == found["tried_on"]:
        return f"it could judge none of {found['tried_on']:,} {TRIED[found['tried_by']]}"
    return "the labels call all rows right, or all wrong"


def _share(score: Score) -> str:
    return f"{percent(score.value, 0)} ({percent(score.low, 0)} to {percent(score.high, 0)})"
