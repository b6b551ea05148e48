"""The lines of pages: what stands on every page left out, and words parted at the end of a line made whole."""

import re
from collections import Counter
from collections.abc import Sequence

PAGES = 3  # from which on a line can be seen to come again
MOST = 0.6  # of the pages that a running head stands on at least
EDGE = 2  # lines from the top and from the foot in which one is looked for
PARTED = re.compile(r"([^\W\d_]+)[-‐\xad][ \t]*\n\s*([^\W\d_]+)")  # "exam-\n ple", a word parted at the end of a line
NUMBERED = re.compile(r"\w{1,4}[.)]\s")  # "b) the second of a list"
AND = frozenset(
    ["und", "oder", "bis", "sowie", "and", "or", "to", "y", "o", "u", "et", "ou", "en", "of", "e", "ed", "och", "eller"]
)  # after a hyphen that stays


def joined(text: str) -> str:
    """The text with the words whole that a hyphen parts at the end of a line.

    The hyphen stays where the next line goes on with a capital, where the word stands with it elsewhere in the text,
    and before an and (as in `part- and full-time`).
    """
    known = set(re.findall(r"[^\W\d_]+-[^\W\d_]+", text))

    def whole(found: re.Match[str]) -> str:
        first, second = found[1], found[2]
        if second.lower() in AND:
            return f"{first}- {second}"
        keep = second[0].isupper() or f"{first}-{second}" in known
        return f"{first}{'-' if keep else ''}{second}"

    return PARTED.sub(whole, text)


def continued(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of pages or columns, an empty one between two of them unless a sentence goes over both."""
    result: list[str] = []
    for lines in filter(None, pages):
        result += ["", *lines] if result and not _goes_on(result[-1], lines[0]) else lines
    return result


def _goes_on(before: str, after: str) -> bool:
    """Whether a line goes on with the sentence of another: behind a comma, or with a small letter and no `b)`."""
    if not before or before[-1] in ".!?:" or NUMBERED.match(after):
        return False
    return before[-1] in ",;" or after[:1].islower()


def without_running_heads(pages: Sequence[list[str]]) -> tuple[list[list[str]], list[str]]:
    """The pages without the lines on top and at the foot of most of them, which differ in the page's number alone."""
    full = [lines for lines in pages if lines]
    if len(full) < PAGES:
        return list(pages), []
    counts = Counter(
        mark
        for number, lines in enumerate(pages)
        for mark in {mark for place in _edges(lines) for mark in _marks(lines[place], number)}
    )
    heads = {mark for mark, count in counts.items() if count >= MOST * len(full)}
    result, example = [], ""
    for number, lines in enumerate(pages):
        out = {place for place in _edges(lines) if heads & _marks(lines[place], number)}
        example = example or next((lines[place] for place in sorted(out)), "")
        kept = [line for place, line in enumerate(lines) if place not in out]
        result.append("\n".join(kept).strip("\n").split("\n") if any(kept) else [])
    note = f"Lines on top or at the foot of most pages were left out, such as {example!r}."
    return (result, [note]) if example and any(result) else (list(pages), [])


def _edges(lines: Sequence[str]) -> list[int]:
    """The places of the outermost lines that are not empty."""
    full = [place for place, line in enumerate(lines) if line.strip()]
    return sorted({*full[:EDGE], *full[-EDGE:]}) if len(full) > EDGE else []


def _marks(line: str, page: int) -> set[str]:
    """What a line is on every page: as it stands, or with one of its numbers counted from that of the page."""
    parts = re.split(r"(\d{1,9})", " ".join(line.split()))
    marks = {"".join(parts)}
    for place in range(1, len(parts), 2):
        marks.add("".join([*parts[:place], f"#{int(parts[place]) - page}", *parts[place + 1 :]]))
    return marks
