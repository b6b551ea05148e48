"""Labels from a language model: it gives each text a mark from 0 to 5 by a rubric."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...answering.language_model import LanguageModel
from ...answering.stream import stream
from ...core.errors import DataError
from ...core.files import append, drop_torn, read_lines, write_lines
from ...data.readers.records import read_records

LONGEST = 4000  # characters of a text that the model is shown
TOKENS = 16  # of an answer: a mark, and a word or two around it
RUBRIC = """\
Below is an extract of a text. Judge its educational value: how much would a student learn from it?
0: none, such as lists of links, advertising, broken or meaningless text.
1: little; some facts among much that is not to the point.
2: some, but badly written or disorganised.
3: good; it explains something and can be followed.
4: very good, as from a textbook.
5: excellent: clear, correct, complete, and nothing else.

The extract:
{text}

Answer with one whole number from 0 to 5 and nothing else.
Score:"""
MARK = re.compile(r"(?<![\d.])([0-5])(?![\d.]*\d)")  # a mark from 0 to 5, no part of another number


@dataclass(frozen=True, slots=True)
class RubricLabels:
    """How many texts have a mark in the file, how many answers held none, and how many texts were shown in part."""

    labelled: int
    unreadable: int
    cut: int


def label_rows(model: LanguageModel, texts: Sequence[str], out: str | Path, rubric: str = RUBRIC) -> RubricLabels:
    """Have a language model mark each text from 0 to 5; writes `out` (jsonl: text, score), which `labels=` reads.

    `rubric` is the prompt, in which {text} stands for the first 4,000 characters of the text. A text that the file
    already marks is not asked again, and each mark is there as it comes, so that a run that was stopped goes on. An
    answer without a mark is no label: it is counted, and asked again by the next run. Raises DataError where the rubric
    has no place for the text, and RecordError where the file cannot be written.
    """
    if "{text}" not in rubric:
        raise DataError("the rubric does not say where the text stands: write {text} in it.")
    path = Path(out)
    drop_torn(path)
    known = _known(path)
    append(path, [])  # before anything is paid for that could not be written
    todo = [text for text in dict.fromkeys(texts) if text not in known]
    unreadable = 0
    prompts = [rubric.replace("{text}", text[:LONGEST]) for text in todo]
    for place, answer in stream(model, prompts, max_tokens=TOKENS):
        score = None if answer.error else read_mark(answer.text)
        if score is None:
            unreadable += 1
        else:
            append(path, [{"text": todo[place], "score": score}])
    _put_in_order(path, texts)
    distinct = set(texts)
    return RubricLabels(len(distinct) - unreadable, unreadable, sum(len(text) > LONGEST for text in distinct))


def _put_in_order(path: Path, texts: Sequence[str]) -> None:
    """The marks in the order of their texts, whenever each came, since what is learnt from them hangs on it."""
    place = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    write_lines(path, sorted(read_lines(path), key=lambda line: place.get(line.get("text", ""), -1)))


def read_mark(answer: str) -> int | None:
    """The first whole number from 0 to 5 in an answer, such as "Score: 3/5"; None where there is none."""
    found = MARK.search(answer)
    return int(found[1]) if found else None


def _known(path: Path) -> set[str]:
    """The texts that a file marks already."""
    if not path.is_file() or not path.stat().st_size:
        return set()
    return {str(row["text"]) for row in read_records(path.read_bytes(), str(path)) if row and "text" in row}
