"""A reply in the terminal: the answer, and the passages that it comes from, folded to the width of the terminal."""

from rich.console import Console
from rich.text import Text

from ...ask.ask import Reply
from ...context.prompt import ABSTENTION


def print_reply(reply: Reply) -> None:
    """The answer where a model gave one, and the passages with their places."""
    console = Console(highlight=False)
    if reply.answer is not None:
        console.print(Text(plain(reply.answer), "bold"))
    elif not reply.found:
        console.print(Text(f"{ABSTENTION.capitalize()}.", "bold"))
    why = dict(zip((hit.passage.id for hit in reply.hits), reply.evidence, strict=True))
    if reply.found and not any(each.words for each in reply.evidence):
        console.print(Text("No passage shares a word with the question. These are the nearest in meaning.", "dim"))
    for number, hit in enumerate(reply.cited if reply.found else (), 1):
        passage = hit.passage
        place = f"{passage.document}, characters {passage.start} to {passage.end}"
        console.print()
        console.print(Text(plain(f"[{number}] {passage.title or passage.document}"), "bold"))
        console.print(Text(plain(f"{place}; {why[passage.id].told()}"), "dim"))
        text = Text(plain(passage.text))
        text.highlight_words([plain(reply.answer)] if reply.answer else [], "bold", case_sensitive=False)
        console.print(text)


def plain(text: str) -> str:
    """The text without what would steer the terminal, such as escape sequences."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
