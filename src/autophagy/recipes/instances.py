"""Examples of a task: how self-instruct asks for them, and how its replies are read."""

import re
from collections.abc import Sequence

from ..core.recipe import Draft, Refused
from .rules import unsound

KIND = """\
Has the following task a fixed and small set of outputs, so that it is a classification task? Answer yes or no.

Task: Decide whether the customer who wrote this message is angry, neutral or pleased.
Classification: yes

Task: Write a short speech for the opening of a public library.
Classification: no

Task: Which of the three words does not belong to the others?
Classification: yes

Task: Explain why the sky is red in the evening.
Classification: no

Task: Is the claim true, false, or impossible to tell?
Classification: yes

Task: Translate the sentence into Spanish.
Classification: no

Task: {instruction}
Classification:"""

LABELLED = """\
For each classification task, write each label that can be the answer, and below it an input that has this label. \
Where a task needs no input, write the labels alone.

Task: Decide whether the customer who wrote this message is angry, neutral or pleased.
Class label: angry
Message: I have waited three weeks for these shoes, and nobody answers my calls.
Class label: pleased
Message: The lamp came a day early and looks even better than on the picture. Thank you!
Class label: neutral
Message: Could you tell me whether the chair is also sold in blue?

Task: Does the second sentence follow from the first? Answer "yes" or "no".
Class label: no
First: Some of the boats in the harbour are white.
Second: Every boat in the harbour is white.
Class label: yes
First: The bakery opens at six every day of the week.
Second: The bakery is open on Sunday at seven.

Task: Which planet of the solar system is the largest?
Class label: Jupiter

Task: {instruction}
Class label:"""

GIVEN = """\
Write an example for each task: first its input, then the output. Where a task needs no input, write the output alone.

Task: Name three ways to save water in a kitchen.
Output: Wash vegetables in a bowl, run the dishwasher only when it is full, and mend a dripping tap.

Task: Put the words of the list in the order of the alphabet.
Input: pear, apple, cherry, banana
Output: apple, banana, cherry, pear

Task: Make the sentence more polite.
Input: Send me the report today.
Output: Could you please send me the report today?

Task: Convert 30 degrees Celsius to Fahrenheit.
Output: 30 degrees Celsius are 86 degrees Fahrenheit.

Task: {instruction}
"""

# "Output 2:"
OUTPUT = re.compile(r"^[ \t*_#]*(?:output|answer)[ \t]*\d*[*_]*[ \t]*:[*_]*[ \t]*", re.IGNORECASE | re.MULTILINE)
INPUT = re.compile(r"\A[ \t*_#]*input[ \t]*\d*[*_]*[ \t]*:[*_]*[ \t]*", re.IGNORECASE)  # "Input:"
# "Example 3:"
EXAMPLE = re.compile(r"^[ \t*_#]*example[ \t]*\d+[*_]*[ \t]*[.:]?[*_]*[ \t]*", re.IGNORECASE | re.MULTILINE)
# where the example ends: another task or input begins
NEXT = re.compile(r"^[ \t*_#]*(?:task|input[ \t]*\d*)[*_]*[ \t]*:", re.IGNORECASE | re.MULTILINE)
LABEL = re.compile(r"^[ \t*_#]*class[ \t]+label[*_]*[ \t]*:[*_]*[ \t]*", re.IGNORECASE | re.MULTILINE)  # "Class label:"
# "Task:", a new one that was not asked for
TASK = re.compile(r"^[ \t*_#]*task[*_]*[ \t]*:", re.IGNORECASE | re.MULTILINE)
ECHO = re.compile(r"\A[ \t*_#]*task[*_]*[ \t]*:.*(?:\n|\Z)", re.IGNORECASE)  # the task itself once more
NONE = re.compile(r"<?no\s*input>?\.?|n/?a|none\.?|-*", re.IGNORECASE)  # "<noinput>", "N/A", "none"


def examples(instruction: str, text: str) -> list[Draft | Refused]:
    """The examples of a reply that gives the input first."""
    pieces = [piece for piece in EXAMPLE.split(_own(text)) if piece.strip()]
    found = [each for piece in pieces for each in _example(instruction, piece.strip())]
    return found or [Refused("no output", text)]


def _own(text: str) -> str:
    """What is said of the task itself, without its echo and without the tasks that a model goes on with."""
    return TASK.split(ECHO.sub("", text), maxsplit=1)[0].strip()


def _example(instruction: str, text: str) -> list[Draft | Refused]:
    """The first input with its output, and what follows as one more example."""
    given, *rest = OUTPUT.split(text, maxsplit=1)
    if not rest:
        return [Refused("no output", text)]
    given = INPUT.sub("", given.strip()).strip()
    more = NEXT.search(rest[0]) or OUTPUT.search(rest[0])
    output = rest[0][: more.start()] if more else rest[0]
    first = Draft(instruction, "" if NONE.fullmatch(given) else given, output.strip())
    return [first, *([Refused("one more example", rest[0][more.start() :].strip())] if more else [])]


def labelled(instruction: str, text: str) -> list[Draft | Refused]:
    """The examples of a reply that gives the output, a class label, first; the prompt ended with the word."""
    text = _own(text)
    pieces = LABEL.split(text if LABEL.match(text) else f"Class label: {text}")[1:]
    found: list[Draft | Refused] = []
    for piece in pieces:
        label, _, given = piece.strip().partition("\n")
        given = given.strip()
        found.append(Draft(instruction, "" if NONE.fullmatch(given) else given, label.strip()))
    return found


def sound(found: Sequence[Draft | Refused]) -> list[Draft | Refused]:
    """The examples, of which those that no model should learn from are refused.

    Where one input has two outputs, all examples are.
    """
    outputs: dict[str, set[str]] = {}
    for each in found:
        if isinstance(each, Draft) and each.input:
            outputs.setdefault(each.input, set()).add(each.output)
    doubtful = any(len(each) > 1 for each in outputs.values())
    return [_sound(each, doubtful, each in found[:place]) for place, each in enumerate(found)]


def _sound(found: Draft | Refused, doubtful: bool, again: bool) -> Draft | Refused:
    if isinstance(found, Refused):
        return found
    reason = "two outputs" if doubtful else unsound(found) or ("repeated" if again else "")
    return Refused(reason, f"{found.input}\n{found.output}".strip()) if reason else found
