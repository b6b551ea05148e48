"""Parts of a page that its own style sheets hide for good, so that no reader of the page sees them."""

import re
from collections.abc import Iterator
from typing import Any

# remarks, rules under @media; "selector { declarations }" (the same as where hidden text is looked for)
from .concealed import LEFT_OUT, RULES

HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SHOWN = re.compile(r"(?:display|visibility)\s*:", re.IGNORECASE)
SIMPLE = re.compile(r"[\w-]*(?:[.#][\w-]+)+")  # "p.note", "#draft", ".a.b": no place among others, no state
NAME = re.compile(r"[.#]([\w-]+)")
DATA = ("json", "template", "importmap")  # in the type of a script that runs nothing
SEEN_ON = ("", "all", "screen")


def hidden_by_sheet(parser: Any) -> frozenset[int]:
    """The nodes, by identity, that a class or an id hides whatever else happens.

    A name that another rule shows again, or that a script of the page may, hides nothing here: behind a tab or a button
    a reader sees its text. So a page with scripts that stand elsewhere hides nothing by its sheets.
    """
    scripts = [node for node in parser.css("script") if not any(kind in _kind(node) for kind in DATA)]
    if any("src" in node.attributes for node in scripts):
        return frozenset()
    words = set(re.findall(r"[\w-]+", " ".join(node.text() for node in scripts)))
    rules = [
        (selector.strip(), declared) for selectors, declared in _rules(parser) for selector in selectors.split(",")
    ]
    for selector, declared in rules:
        if SHOWN.search(HIDDEN.sub("", declared)) or not SIMPLE.fullmatch(selector):
            words.update(NAME.findall(selector))
    return frozenset(
        node.mem_id
        for selector, declared in rules
        if HIDDEN.search(declared) and SIMPLE.fullmatch(selector) and not words & {*NAME.findall(selector)}
        for node in parser.css(selector)
    )


def _kind(script: Any) -> str:
    return (script.attributes.get("type") or "").lower()


def _rules(parser: Any) -> Iterator[tuple[str, str]]:
    for sheet in parser.css("style"):
        if (sheet.attributes.get("media") or "").strip().lower() in SEEN_ON:
            yield from RULES.findall(LEFT_OUT.sub("", sheet.text()))
