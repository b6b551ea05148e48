"""How long a server asks to wait, in a header or in words."""

import re
import time
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

# "Please retry after 33 seconds", "try again in 6m0.5s": how long to wait, where no header says it
WAIT = re.compile(
    r"\b(?:retry|try again|wait)\s+(?:after|in|for|at least)?\s*"
    r"((?:\d+(?:\.\d+)?\s*(?:milliseconds?|ms|hours?|h|minutes?|min|m|seconds?|secs?|s)\b,?\s*(?:and\s+)?|\d+[hm](?=\d))+)",
    re.IGNORECASE,
)
AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|mil|h|m|s)", re.IGNORECASE)
LONGEST = 60.0  # seconds until a limit begins anew: most are a minute's, and of a bare number nobody tells the unit
UNITS = {"ms": 0.001, "mil": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}  # in seconds


def wait_of(headers: Mapping[str, str]) -> float:
    """The seconds that a server asks to wait for, as a number or a date; 0 where it does not."""
    if (told := headers.get("retry-after-ms", "")).isdigit():
        return int(told) / 1000
    told = headers.get("retry-after", "").strip()
    try:
        return float(told) if told[:1].isdigit() and "," not in told else _until(told)
    except (ValueError, TypeError):
        return 0.0


def renewal_of(headers: Mapping[str, str]) -> float:
    """The seconds until a limit that is used up begins anew, up to a minute; 0 where no header tells."""
    resets = {name.lower(): told for name, told in headers.items() if "ratelimit" in name.lower()}
    used_up = [name for name, left in resets.items() if "remaining" in name and left.strip() == "0"]
    waits = [_seconds(resets.get(name.replace("remaining", "reset"), "").strip()) for name in used_up]
    return min(LONGEST, max(waits, default=0.0))


def told_wait(message: str) -> float:
    """The seconds that a refusal asks to wait for in its words; 0 where it does not."""
    told = WAIT.search(message)
    return _sum(told[1]) if told else 0.0


def _seconds(told: str) -> float:
    """So many seconds, as "31", "1m30s" or a moment; 0 where it is none of them."""
    if re.fullmatch(r"[\d.]+", told):
        return float(told) if told.count(".") < 2 and told.strip(".") else 0.0
    if AMOUNT.match(told):
        return _sum(told)
    try:
        return max(0.0, datetime.fromisoformat(told).timestamp() - time.time())
    except ValueError:
        return 0.0


def _sum(told: str) -> float:
    return sum(float(n) * UNITS[unit.lower()] for n, unit in AMOUNT.findall(told))


def _until(date: str) -> float:
    return max(0.0, parsedate_to_datetime(date).timestamp() - time.time()) if date else 0.0
