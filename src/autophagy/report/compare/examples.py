"""Twenty questions with every arm's answer, right or wrong, and the passages that it was shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ...compare.rows import AnswerRows
from .marks import Look

EXAMPLES = 20
SIZE, OVERLAP = 160, 0  # of passages, where an arm does not say
MARKS = {True: ("right", "✓"), False: ("wrong", "✗"), None: ("unscored", "?")}
Answers = Mapping[
    tuple[str, str], Sequence[Mapping[str, Any]]
]  # the rows of an arm and a question, a row for each seed


def examples(rows: AnswerRows, looks: Mapping[str, Look], texts: Mapping[str, str]) -> str:
    """The chosen questions, each folded but for the first."""
    answers: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows.answers:
        answers.setdefault((row["arm"], row["question"]), []).append(row)
    told = [_question(rows, name, answers, looks, texts) for name in chosen(rows, answers)]
    return "".join(told).replace("<details", "<details open", 1)


def chosen(rows: AnswerRows, answers: Answers, count: int = EXAMPLES) -> list[str]:
    """As many questions of each type, first those on which the arms disagree, of as many documents as may be."""
    split = {name: _disagreement(name, rows.names, answers) for name in rows.questions}
    order = {name: place for place, name in enumerate(rows.questions)}
    left = {type_: rows.of_type(type_) for type_ in rows.types}
    used: Counter[str] = Counter()
    found: list[str] = []
    while len(found) < count and any(left.values()):
        for names in left.values():
            if names and len(found) < count:
                best = min(names, key=lambda n: (split[n] == 0, used[rows.asked[n]["document"]], -split[n], order[n]))
                names.remove(best)
                used[rows.asked[best]["document"]] += 1
                found.append(best)
    return [name for type_ in rows.types for name in found if rows.asked[name]["type"] == type_]


def _disagreement(question: str, arms: Sequence[str], answers: Answers) -> float:
    """How evenly the arms that answered are split, 0 where all are right or all wrong."""
    shares = [s for arm in arms if (s := _share(answers.get((arm, question), ()))) is not None]
    right = sum(shares) / len(shares) if shares else 0.0
    return right * (1 - right)


def _share(rows: Sequence[Mapping[str, Any]]) -> float | None:
    """The share of the seeds that is right; None where none was scored."""
    known = [row["marks"]["correct"] for row in rows if row["marks"].get("correct") is not None]
    return sum(known) / len(known) if known else None


def _question(
    rows: AnswerRows, name: str, answers: Answers, looks: Mapping[str, Look], texts: Mapping[str, str]
) -> str:
    asked = rows.asked[name]
    accepted = " · ".join(asked["answers"]) or "not in the documents"
    strip = "".join(
        f'<span class="{MARKS[_right(answers.get((arm, name), ()))][0]}">{looks[arm].letter}</span>'
        for arm in rows.names
    )
    listed = "".join(_answer(arm, answers.get((arm, name), ()), looks[arm], asked, texts) for arm in rows.names)
    return (
        f'<details class="example"><summary><span class="asked"><b>{escape(asked["text"])}</b>'
        f'<small>{escape(asked["type"])}</small></span><span class="strip" aria-hidden="true">{strip}</span></summary>'
        f'<p class="accepted">Accepted: <b>{escape(accepted)}</b></p><ul>{listed}</ul></details>'
    )


def _right(rows: Sequence[Mapping[str, Any]]) -> bool | None:
    """Whether more than half of the seeds are right; None where none was scored."""
    share = _share(rows)
    return None if share is None else share > 0.5


def _answer(
    arm: str,
    rows: Sequence[Mapping[str, Any]],
    look: Look,
    asked: Mapping[str, Any],
    texts: Mapping[str, str],
) -> str:
    """The answers of an arm, the commonest first, and the passages of its first seed."""
    if not rows:
        return f'<li>{look.html}<div class="said">not asked</div></li>'
    word, sign = MARKS[_right(rows)]
    said = Counter(_said(row) for row in rows)
    told = " ".join(
        f"<q>{escape(text)}</q>{f' <small>{n} of {len(rows)}</small>' if len(rows) > 1 else ''}"
        for text, n in said.most_common()
    )
    shown = "".join(_passage(name, texts.get(name), asked) for name in rows[0]["passages"])
    count = len(rows[0]["passages"])
    folded = f"<details><summary>{count} passage{'s' * (count != 1)}</summary>{shown}</details>" if count else ""
    return (
        f'<li>{look.html}<div class="said"><span class="{word}" role="img" aria-label="{word}">{sign}</span> {told}'
        f"{folded}</div></li>"
    )


def _said(row: Mapping[str, Any]) -> str:
    return f"no answer: {row['error']}" if row["error"] else row["text"].strip() or "(nothing)"


def _passage(name: str, text: str | None, asked: Mapping[str, Any]) -> str:
    """A passage, marked where its document is evidence."""
    gold = name.rpartition("#")[0] in asked["evidence"]
    mark = " <b>holds evidence</b>" if gold else ""
    body = f"<blockquote>{escape(text)}</blockquote>" if text is not None else "<p>Its text is not recorded.</p>"
    return f'<div class="passage{" gold" if gold else ""}"><small>{escape(name)}{mark}</small>{body}</div>'
