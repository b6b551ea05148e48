"""Twenty questions with every arm's answer, right or wrong, and the passages that it was shown."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...compare.rows import AnswerRows
from .marks import Look

EXAMPLES = 20  # questions on the page; the record holds all
MARKS = {True: ("right", "✓"), False: ("wrong", "✗"), None: ("unscored", "?")}
Answers = Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]  # (arm, question) -> a row for each seed


def examples(rows: AnswerRows, looks: Mapping[str, Look], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The chosen questions, each with every arm's answers."""
    answers: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows.answers:
        answers.setdefault((row["arm"], row["question"]), []).append(row)
    return [_question(rows, name, answers, looks, texts) for name in chosen(rows, answers)]


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
) -> dict[str, Any]:
    asked = rows.asked[name]
    return {
        "text": asked["text"],
        "type": asked["type"],
        "accepted": " · ".join(asked["answers"]) or "not in the documents",
        "strip": [(MARKS[_right(answers.get((arm, name), ()))][0], looks[arm].letter, arm) for arm in rows.names],
        "answers": [_answer(answers.get((arm, name), ()), looks[arm], asked, texts) for arm in rows.names],
    }


def _right(rows: Sequence[Mapping[str, Any]]) -> bool | None:
    """Whether more than half of the seeds are right; None where none was scored."""
    share = _share(rows)
    return None if share is None else share > 0.5


def _answer(
    rows: Sequence[Mapping[str, Any]], look: Look, asked: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, Any]:
    """The answers of an arm, the commonest first, and the passages of its first seed."""
    word, sign = MARKS[_right(rows)]
    counted = Counter(_words(row) for row in rows)
    return {
        "look": look,
        "asked": bool(rows),
        "mark": word,
        "sign": sign,
        "texts": [(text, f"{n} of {len(rows)}" if len(rows) > 1 else "") for text, n in counted.most_common()],
        "passages": list(_passages(rows[0], asked, texts)) if rows else [],
    }


def _words(row: Mapping[str, Any]) -> str:
    return f"no answer: {row['error']}" if row["error"] else row["text"].strip() or "(nothing)"


def _passages(row: Mapping[str, Any], asked: Mapping[str, Any], texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The passages of an answer, marked where one of the documents that it stands in is evidence."""
    copies = row.get("copies") or [()] * len(row["passages"])
    for name, also in zip(row["passages"], copies, strict=True):
        gold = any(each.rpartition("#")[0] in asked["evidence"] for each in (name, *also))
        yield {"name": name, "also": ", ".join(also), "gold": gold, "text": texts.get(name)}
