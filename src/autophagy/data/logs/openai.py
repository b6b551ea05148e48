"""OpenAI's JSON lines: files of a batch, stored pairs of request and response, and conversations of a fine-tuning.

A file of a batch's answers names each by its custom_id, whose prompt stands in the file of requests: give the folder
that holds both.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from ...core.logged import Log, Logged
from ...core.questions import Answer, Question
from ..golds.cells import Broken, text_of, texts_of
from ..readers.records import Record
from .build import LogBuilder, LogFile, NotRead
from .cells import date_of, first, name_of, number_of, stop_of
from .plain import ALONE, SECONDS

GOLDS = ("reference", "target", "expected", "ideal", "answers", "answer")

Object = Mapping[str, Any]


def fits(row: Record) -> bool:
    """Whether a row is one of OpenAI's: a request of a batch, a response, or a conversation."""
    if "response" in row:
        return isinstance(row["response"], Mapping) or ("custom_id" in row and row["response"] is None)
    return ("custom_id" in row and "body" in row) or isinstance(row.get("messages"), list)


def read(files: Sequence[LogFile], where: str) -> Log:
    """The Log of OpenAI's files; raises DataError where none of their rows holds an answer with its prompt."""
    found, asked = LogBuilder(), _requests(files)
    numbers: dict[tuple[str, str], Iterator[int]] = {}
    for file in files:
        found.read(file, lambda row, file=file: _logged(row, asked, file.stem, numbers))  # type: ignore[misc]
    if not asked and any("custom_id" in (row or {}) for file in files for row in file.rows):
        found.notes.append("the requests of the batch are not here, so that its prompts are known by their ids alone.")
    found.guess()
    return found.log(where)


def _requests(files: Sequence[LogFile]) -> dict[str, Object]:
    """The requests of a batch by their custom_id."""
    rows = (row for file in files for row in file.rows if row)
    return {text_of(row["custom_id"]): _object(row["body"]) for row in rows if "custom_id" in row and "body" in row}


def _logged(
    row: Record, asked: Mapping[str, Object], stem: str, numbers: dict[tuple[str, str], Iterator[int]]
) -> Iterator[Logged]:
    """The answers of a row, none of a request."""
    if "body" in row and "response" not in row:
        return
    name = text_of(row.get("custom_id"))
    request = _object(row.get("request")) or asked.get(name, row)
    response = _object(row.get("response"))
    response = _object(response.get("body")) or response
    if "messages" in row and "response" not in row:
        request, response = _conversation(row)
    question = _question(row, request, name)
    model = next(filter(None, (text_of(each.get("model")) for each in (response, request, row))), stem)
    usage, error = _object(response.get("usage")), _error(row, response)
    for text, stop in [("", "")] if error else _said(response):
        answer = Answer(
            question.id,
            text,
            tokens_in=number_of(first(usage, ("prompt_tokens", "input_tokens"))),
            tokens_out=number_of(first(usage, ("completion_tokens", "output_tokens"))),
            seconds=number_of(first(row, SECONDS)),
            error=error,
            stop=stop,
        )
        yield Logged(
            ALONE,
            question,
            answer,
            model,
            next(numbers.setdefault((question.id, model), count())),
            date=date_of(first(response, ("created", "created_at"))),
            fingerprint=text_of(response.get("system_fingerprint")),
        )


def _question(row: Record, request: Object, name: str) -> Question:
    """What was asked, by its text where it is known, so that a prompt has one name in the logs of two batches."""
    prompt = _prompt(first(request, ("messages", "input", "prompt")))
    if not prompt and not name:
        raise NotRead("it has no prompt")
    try:
        golds = tuple(texts_of(first(row, GOLDS)))
    except Broken:
        golds = ()
    return Question(f"{ALONE}/{name_of(prompt) if prompt else name}", prompt, golds, type=ALONE)


def _prompt(messages: Any) -> str:
    """A prompt as text: the one message of a user as it stands, a conversation with its roles."""
    if not isinstance(messages, list):
        return text_of(messages)
    said = [(text_of(one.get("role")), _content(one.get("content"))) for one in _objects(messages)]
    if len(said) == 1:
        return said[0][1]
    return "\n\n".join(f"{role}: {text}" for role, text in said)


def _conversation(row: Record) -> tuple[Object, Object]:
    """A recorded conversation as request and response: its last message is the answer."""
    messages = row["messages"]
    if not isinstance(messages, list) or not messages or _object(messages[-1]).get("role") != "assistant":
        raise NotRead("its last message is none of the assistant's")
    return {"messages": messages[:-1]}, {"choices": [{"message": messages[-1]}]}


def _said(response: Object) -> list[tuple[str, str]]:
    """The answers of a response, each with why it stopped: of chat, of completions, or of the interface Responses."""
    found = []
    for choice in _objects(response.get("choices")):
        message = _object(choice.get("message"))
        text = choice.get("text", message.get("content"))
        if text is None:
            text = message.get("refusal") or json.dumps(message.get("tool_calls") or "").strip('"')
        found.append((_content(text), stop_of(choice.get("finish_reason"))))
    parts = [part for part in _objects(response.get("output")) if part.get("type") == "message"]
    if parts:
        cut = _object(response.get("incomplete_details")).get("reason")
        found.append(("".join(_content(part.get("content")) for part in parts), stop_of(cut)))
    if not found:
        raise NotRead("its response holds no answer")
    return found


def _content(content: Any) -> str:
    """The text of a message, also where it stands in parts."""
    if isinstance(content, list):
        return "".join(_content(first(_object(part), ("text", "refusal"))) for part in content)
    return content if isinstance(content, str) else text_of(content)


def _error(row: Record, response: Object) -> str:
    """Why there is no answer, "" where there is one."""
    found = row.get("error") or response.get("error")
    return text_of(_object(found).get("message")) or (json.dumps(found, default=str) if found else "")


def _object(cell: Any) -> Object:
    return cell if isinstance(cell, Mapping) else {}


def _objects(cell: Any) -> list[Object]:
    """The objects of a list, without what is none."""
    return [one for one in cell if isinstance(one, Mapping)] if isinstance(cell, list) else []
