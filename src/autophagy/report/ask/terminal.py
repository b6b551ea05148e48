"""A reply in the terminal: the answer, and the passages that it comes from, folded to the width of the terminal."""

from rich.console import Console
from rich.text import Text

from ...ask.ask import Reply
from ...context.prompt import ABSTENTION
from ...text.plural import plural

SHOWN = 3  # documents that are named where a model found nothing


def print_reply(reply: Reply) -> None:
    """The answer where a model gave one, and the passages with their places."""
    console = Console(highlight=False)
    if reply.found is None:
        console.print(Text("The model gave an empty answer.", "bold"))  # what it read is not to blame
    elif not reply.found:
        console.print(Text(f"{ABSTENTION.capitalize()}.", "bold"))
        if reply.hits:
            console.print(Text(plain(_read(reply)), "dim"))
    elif reply.answer is not None:
        console.print(Text(plain(reply.answer), "bold"))
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


def _read(reply: Reply) -> str:
    """What a model read that found no answer."""
    names = list(dict.fromkeys(hit.passage.document for hit in reply.hits))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    count = plural(len(reply.hits), "passage")
    read = f"The model found no answer in the {count} that came nearest, of {', '.join(names[:SHOWN])}{more}."
    return f"{read} Without --model they are shown."


def plain(text: str) -> str:
    """The text without what would steer the terminal, such as escape sequences."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
