"""Labels from a language model: it gives each text a mark from 0 to 5 by a rubric."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...answering.language_model import LanguageModel
from ...core.errors import DataError
from ...core.files import read_lines, write_lines
from ...data.readers.records import read_records

LONGEST = 4000  # characters of a text that the model is shown
TOKENS = 16  # of an answer: a mark, and a word or two around it
AT_ONCE = 32  # prompts that are handed over together; what they bring is on disk before the next ones
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
    already marks is not asked again, so that a run that was stopped goes on. An answer without a mark is no label: it
    is counted, and asked again by the next run. Raises DataError where the rubric has no place for the text.
    """
    if "{text}" not in rubric:
        raise DataError("the rubric does not say where the text stands: write {text} in it.")
    path = Path(out)
    known = _known(path)
    todo = [text for text in dict.fromkeys(texts) if text not in known]
    unreadable = 0
    if path.is_file() and not path.read_bytes().endswith(b"\n"):  # a kill tore the last line
        write_lines(path, read_lines(path))
    with path.open("a", encoding="utf-8") as file:
        for start in range(0, len(todo), AT_ONCE):
            some = todo[start : start + AT_ONCE]
            prompts = [rubric.replace("{text}", text[:LONGEST]) for text in some]
            for text, answer in zip(some, model.complete(prompts, max_tokens=TOKENS), strict=True):
                score = None if answer.error else read_mark(answer.text)
                if score is None:
                    unreadable += 1
                else:
                    file.write(json.dumps({"text": text, "score": score}, ensure_ascii=False) + "\n")
            file.flush()
    distinct = set(texts)
    return RubricLabels(len(distinct) - unreadable, unreadable, sum(len(text) > LONGEST for text in distinct))


def read_mark(answer: str) -> int | None:
    """The first whole number from 0 to 5 in an answer, such as "Score: 3/5"; None where there is none."""
    found = MARK.search(answer)
    return int(found[1]) if found else None


def _known(path: Path) -> set[str]:
    """The texts that a file marks already."""
    if not path.is_file() or not path.stat().st_size:
        return set()
    return {str(row["text"]) for row in read_records(path.read_bytes(), str(path)) if row and "text" in row}
