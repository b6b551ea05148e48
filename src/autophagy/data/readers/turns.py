"""Conversations: turns in a list, or the tree of turns that ChatGPT exports -> one text, the role before each turn."""

from collections.abc import Mapping, Sequence
from typing import Any

# what a column of conversations is called
TURNS = (
    "messages",
    "conversations",
    "conversation",
    "dialogue",
    "dialog",
    "turns",
    "chat_messages",
    "mapping",
    "thread",
    "contents",
)
ROLES = ("role", "from", "sender", "speaker")
_SPEAKERS = """
user human prompter assistant ai gpt bot chatbot model system developer tool function observation function_call
"""
SPEAKERS = frozenset(_SPEAKERS.split())  # who speaks where a machine does
SAID = ("content", "value", "text", "message", "parts", "blocks", "data")
PART = ("text", "value", "content")  # the words of a part of a turn, of which others are pictures and sounds
MEDIA = frozenset(("image", "image_url", "video", "audio", "file"))
BESIDE = frozenset(("messages", "tools", "tool_choice", "parallel_tool_calls", "functions", "system"))
NODE = frozenset(("message", "parent", "children"))  # what each turn of a tree has


class Talk(str):
    """A text that was a conversation, so that its column is known by what it holds."""

    __slots__ = ()


def conversation(cell: Any) -> Talk:
    """The turns of a conversation, each behind its role; empty where the cell is none."""
    said = [(_role(turn), _words(turn)) for turn in _turns(cell)]
    if not any(words for _, words in said) or not all(isinstance(part, str) for turn in said for part in turn):
        return Talk()
    return Talk("\n".join(f"{role}: {words}" for role, words in said))


def is_chat(cell: Any) -> bool:
    """Whether a cell is a conversation with a machine, and not what people wrote to each other over the years."""
    return bool(conversation(cell)) and all(str(_role(turn)).lower() in SPEAKERS for turn in _turns(cell))


def exchanges(cell: Any) -> list[tuple[str, str]]:
    """Who says what in a conversation, in order; empty where the cell is none."""
    return [(str(_role(turn)).lower(), _words(turn) or "") for turn in _turns(cell)] if conversation(cell) else []


def spans(cell: Any) -> str | None:
    """A text that is written as a list of its parts, plain or in bold, as Telegram and servers write it; or None."""
    if not isinstance(cell, list) or not any(isinstance(part, dict) for part in cell):
        return None
    texts = [
        part if isinstance(part, str) else part.get("text") if isinstance(part, dict) and "type" in part else None
        for part in cell
    ]
    if not all(isinstance(text, str) for text in texts):
        return None
    return ("" if any(isinstance(part, str) for part in cell) else "\n").join(map(str, texts))


def unlisted(value: Any) -> list[Any]:
    """The rows of a value that stands where a row should: a list of turns is one, and other objects in a list are rows.

    Anything else is a row itself.
    """
    if not isinstance(value, list) or not value or not all(isinstance(row, dict) for row in value):
        return [value]
    return [{"messages": value}] if conversation(value) else value


def _turns(cell: Any) -> Sequence[Mapping[str, Any]]:
    if isinstance(cell, dict) and "messages" in cell and cell.keys() <= BESIDE:
        return _turns(cell["messages"])
    if isinstance(cell, dict) and str(_role(cell)).lower() in SPEAKERS:
        replies = cell.get("replies")  # as Open Assistant hangs the answers on what they answer, the best one first
        return [cell, *(_turns(replies[0]) if isinstance(replies, list) and replies else [])]
    if isinstance(cell, dict):
        return _thread(cell)
    if not isinstance(cell, list) or not all(isinstance(turn, dict) for turn in cell):
        return []
    within = [turn.get("message") for turn in cell]  # as the choices of a server's answer hold it
    return [inner if isinstance(inner, dict) else turn for inner, turn in zip(within, cell, strict=True)]


def _thread(nodes: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The turns of a tree from its root on; where an answer was made again, the last one is followed."""
    if not nodes or not all(isinstance(node, dict) and node.keys() >= NODE for node in nodes.values()):
        return []
    name = next((name for name, node in nodes.items() if node["parent"] not in nodes), None)
    turns, left = [], len(nodes)
    while name is not None and name in nodes and left:  # a tree that leads back ends, too
        turns.append(nodes[name]["message"])
        name, left = next(iter(reversed(nodes[name]["children"] or [])), None), left - 1
    return [turn for turn in turns if isinstance(turn, dict) and _words(turn)]


def _role(turn: Mapping[str, Any]) -> Any:
    author = turn.get("author")
    if isinstance(author, dict):
        return author.get("role")
    named = next((turn[name] for name in ROLES if name in turn), None)
    others = (one for one in (author, turn.get("type")) if isinstance(one, str) and one in SPEAKERS)
    return named if named is not None else next(others, None)


def _words(turn: Mapping[str, Any]) -> str | None:
    """The words of a turn, whose content may come in parts of which some are pictures, or be left out for a tool."""
    content = next((turn[name] for name in SAID if turn.get(name) is not None), None)
    if isinstance(content, dict):
        content = next((content[name] for name in ("parts", *PART) if name in content), None)
    if content is None and turn.get("tool_calls"):
        return ""
    if isinstance(content, str):
        return content
    if not isinstance(content, list) or not all(isinstance(part, str | dict) for part in content):
        return None
    return "\n".join(filter(None, map(_part, content)))


def _part(part: str | Mapping[str, Any]) -> str | None:
    if isinstance(part, str):
        return part
    words = (part.get(name) for name in PART if str(part.get("type")) not in MEDIA)
    return next((text for text in words if isinstance(text, str)), None)
