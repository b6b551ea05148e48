"""The part of an answer that decides: without the thinking, the wrapping and what the text itself takes back."""

import json
import re
from itertools import pairwise
from typing import Any

from ...answering.plain import plain
from ...text.values.forms import one_form

# a next question that a model asks itself behind its answer
RUN_ON = re.compile(
    r"\n\s*(?:#+\s*)?(?:Question|Problem|Q|Human|User|Instruction|Input|Context|Passage)\s*\d*\s*:(?=\s)", re.I
)
# in front of the question that is asked, which a model says again before it answers
AGAIN = re.compile(
    r"\W*(?:(?:sure|okay|ok|certainly|of course|alright|great)\b[^\n]*|(?:let|here|first|now|we|i)\b[^\n\d]*[.:!])\W*",
    re.I,
)
# <answer>...</answer>, also without its end
TAGGED = re.compile(r"<(answer|final_answer|final|output|result)>\s*(.*?)\s*(?:</\1>|\Z)", re.S | re.I)
BOXED = re.compile(r"\\(?:boxed|fbox|box)\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
JOINING = re.compile(r"(?:[\s,;$]|\\q?quad|\\[,;!]|\b(?:and|or)\b|\\text\{\s*(?:and|or)\s*\})+")  # between two boxes
CONFIDENCE = re.compile(
    r"(?<=\S)\s*\n[^\w\n]*confidence\W{0,6}(?:\d[\d.]*\s?%?|(?:very\s+)?(?:high|medium|moderate|low)|true|false)[^\w\n]*\Z",
    re.I,
)  # as a last line
WORKING = re.compile(r"<<[-+*/().,%\d\s]*=[-.,%\d\s]*>>")  # "<<2*5=10>>", the calculator in GSM8K's solutions
MARKED = re.compile(r"^####\s*(.+)$", re.M)  # "#### 42"
KEYS = ("final_answer", "final answer", "answer", "choice", "response", "result", "output", "label", "prediction")
# the field of an answer in JSON
FIELD = re.compile(
    r"""["'](?:final_?\s?answer|answer|choice)["']\s*:\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([-\w.]+))""", re.IGNORECASE
)
# the word for answer, and right behind it, in other languages
ABROAD = r"resposta|antwoord|svar|cevap|yanıt|odpowiedź|jawaban|ответ|정?답|الإجابة|الجواب|उत्तर|đáp\ án"
RIGHT = "(?:correcta?|correcte|corretta|finale?|الصحيحة|النهائية)"
STATED = re.compile(
    rf"""(?:\b(?:(?:so|thus|therefore|hence|and),?\s+)?(?:(?:the|my|our)\s+)?(?:(?:final|correct|right|best|short)\s+)*
    (?<!wrong\x20)(?<!incorrect\x20)(?<!false\x20)(?:answer|ans\.?|solution|antwort|réponse|respuesta|risposta|{ABROAD})(?:\s+(?:{RIGHT}|choice|option|letter))?(?:\s+(?:to|for)\s+(?:the|this|your)\s+question)?
   (?:\s+(?:is|was|would\s+be|must\s+be|should\s+be|ist|est|es|è|é|adalah)\b(?:\s+(?:therefore|thus|then|also))?\s*:?(?!\s*(?:not|n't)\b)|\s*(?:[*_]{{1,3}})?\s*[:=])
    |\bfinal\s+answer\s*(?:(?=[-$\\€£]{{0,2}}\d)|[-:])|\banswer\s+-\s+(?=[(]?[A-Z][)]?\W*(?:$|\n))|\[\s*(?:정답|답)\s*\]|(?:答案|答え|正解|回答)\s*(?:是|为|為|：|:)
    |(?<![不未排])[选選](?:择|擇)?\s*(?:是|为|為|：|:)?(?=\s*[(]?[A-Z](?![A-Za-z])))\s*""",
    re.VERBOSE | re.IGNORECASE,
)
TAKEN_BACK = re.compile(
    r"(?<=[\s.!?,;—-])(?:(?:oh|oops|hmm|no)[,.]?\s+)?(?:wait|scratch that|correction|let me correct|I made a mistake|"
    r"I stand corrected|or rather|strike that(?=\s*[,.;:!—-])|(?<=[,;—-]\s)make that|my mistake|"
    r"no,?\s+sorry|sorry(?=,\s+(?:I\s+meant\s+)?[A-Z0-9])|let me (?:double-check|re-?check|reconsider)|"
    r"on second thoughts?|I mean(?=[,:\s]+[A-Z0-9])|"
    r"(?:no|sorry|actually),?\s+(?:actually|it(?:'s|\s+is|\s+was)|that(?:'s|\s+is)))\b[\s,.:!—-]*|(?<=[.!?]\s)Actually,\s*|\.{3}\s*no,\s+"
    r"|\bno,\s+(?=\(?[A-Z]\)?\W*\Z)",
    re.IGNORECASE,
)
LAST = re.compile(
    r"(?:\A|(?<=[.!?:;,\n]))\s*(?:so|thus|hence|therefore|consequently|in conclusion|in summary|to sum up|in short|"
    r"overall|donc|por lo tanto|daher|somit)\b,?\s+([^.!?\n]*(?:\.\d[^.!?\n]*)*)", re.I,
)  # fmt: skip


def without_wrapping(text: str) -> str:
    """The text in one form, without its thinking and what it goes on to ask itself, out of a fence, a tag or JSON."""
    return one_form(_unwrapped(text))


def _unwrapped(text: str) -> str:
    said = WORKING.sub("", CONFIDENCE.sub("", plain(text).text))
    text = before_next(said)
    if found := _field(text):
        return found
    if tagged := [found[2] for found in TAGGED.finditer(text) if found[2].strip()]:
        return tagged[-1]
    return text


def before_next(text: str) -> str:
    """The text before a next question that a model asks itself; all of it where it only says its own question again."""
    before = RUN_ON.split(f"{text}\n", maxsplit=1)[0].strip()
    return text if not before or AGAIN.fullmatch(before) else before


def stated(text: str) -> str | None:
    """What the text states in so many words as its answer: boxed, behind ####, or behind "the answer is"; else None."""
    boxed = [found[1] for found in BOXED.finditer(text)]
    if boxed:
        return boxed[-1]
    if marked := MARKED.findall(text):
        return marked[-1]
    found = list(STATED.finditer(text))
    if not found:
        return None
    return text[found[-1].end() :] or None


def boxes(text: str) -> str:
    """What stands in the boxes of a text that it joins by no more than a comma or an "and"; empty for a single one."""
    found = list(BOXED.finditer(text))
    between = [text[one.end() : other.start()] for one, other in pairwise(found)]
    return ", ".join(one[1] for one in found) if between and all(map(JOINING.fullmatch, between)) else ""


def behind_box(text: str) -> str | None:
    """What a text states as its answer after its last box, since boxes may hold steps on the way; None without one."""
    boxed = list(BOXED.finditer(text))
    found = [match for match in STATED.finditer(text) if boxed and match.start() >= boxed[-1].end()]
    return text[found[-1].end() :] or None if found else None


def told(text: str) -> str | None:
    """What the text states behind "the answer is", whatever it puts into boxes; None where it does not."""
    found = list(STATED.finditer(BOXED.sub(" ", text)))
    return BOXED.sub(" ", text)[found[-1].end() :] if found else None


def before_statement(text: str) -> str:
    """What comes before the last statement of the answer."""
    found = list(STATED.finditer(text))
    return text[: found[-1].start()] if found else ""


def not_taken_back(text: str) -> str:
    """The text from where it last takes back what it said before."""
    found = list(TAKEN_BACK.finditer(text))
    rest = text[found[-1].end() :] if found else text
    return rest if any(map(str.isalnum, rest)) else text


def last_word(text: str) -> str | None:
    """The last sentence or clause that draws a conclusion (so, therefore, in short), None where none does."""
    found = LAST.findall(text)
    return found[-1] if found else None


def _field(text: str) -> str | None:
    """The answer of a text that is JSON, or nearly so."""
    if "{" not in text:
        return None
    start, end = text.find("{"), text.rfind("}")
    try:
        whole: Any = json.loads(text[start : end + 1])
    except ValueError:
        whole = None
    if isinstance(whole, dict):
        low = {str(key).lower(): value for key, value in whole.items()}
        for key in KEYS:
            if isinstance(low.get(key), str | int | float | bool):
                return str(low[key])
            if isinstance(low.get(key), list) and len(low[key]) == 1:
                return str(low[key][0])
    found = FIELD.search(text) if text.lstrip().startswith(("{", "```", "json")) else None
    return next((part for part in found.groups() if part is not None), None) if found else None
