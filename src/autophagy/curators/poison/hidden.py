"""Hidden text: characters that no reader sees, and text that a page holds and does not show."""

import json
import logging
import re

import numpy as np

from ...core.decorators import curator
from ...core.errors import MissingExtra
from ...core.plugin import Verdict
from ...core.samples import Array, Samples
from ...data.readers.concealed import COMMON, Concealed, hidden_in_html
from ...text.column import column, content
from ..found import Place, verdict_of
from .instructions import instructions
from .invisible import rows_with_unseen, unseen
from .whispers import whispered

# signs of HTML; a text without any is not parsed
PAGE = re.compile(r"<!--|</(?:html|body|div|span|p|font|td|a|b|i|li|section|small)\s*>|<img\b", re.IGNORECASE)
LOG = logging.getLogger(__name__)
SIGNS = (  # one at least
    *("<!--", "style", "STYLE", "hidden", "color", "COLOR", "alt=", "ALT=", "title=", "TITLE=", "content=", "value="),
    *("aria-", "data-", "placeholder=", "<template", "<noscript", "<dialog"),
)
MARKUP = ("</", "<!--", "<img", "<IMG")
OPENERS = np.zeros((256, 256), bool)  # the two letters that follow the bracket of one
OPENERS[ord("!"), ord("-")] = True
OPENERS[np.ix_([*b"iI"], [*b"mM"])] = True
OPENERS[ord("/"), [*b"hbdspftailHBDSPFTAIL"]] = True
FEW = 3  # words: a shorter text in hidden letters is a spacer, a label or a mark


@curator(
    "hidden",
    of="text",
    title="Hidden text",
    says="hold text that no reader sees",
    advice="Read the decoded text: remove the characters, or drop the rows where they carry orders.",
    audits=True,
)
def hidden(batch: Samples, reference: Samples, rng: np.random.Generator) -> Verdict:
    """Find text that a reader does not see and a model does: invisible characters, and what a page hides.

    Characters: zero-width, direction, tag, variation selectors, soft hyphens and private use, each where nothing around
    it calls for it (the rules: curators.poison.invisible); what tags and selectors spell is decoded. Pages: rows that
    hold HTML, and the column `hidden` that the reader of pages fills, a JSON list of [text, why]. Text hidden in a way
    that menus, labels and notes use too, such as display: none, counts where it gives orders to a model.

    Source: Boucher & Anderson 2021 (direction marks); Greshake et al. 2023 (hidden instructions in pages).
    """
    texts = batch.x
    found = {row: places for row in rows_with_unseen(texts) if (places := list(unseen(str(texts[row]))))}
    hidden_texts = [(row, text, each) for row, text in _pages(texts) for each in _in_page(text)]
    for row, told in enumerate(batch.meta["hidden"].tolist() if "hidden" in batch.meta else ()):
        hidden_texts += [(row, "", each) for each in _read(told)] if told else []
    said = [each.text for _, _, each in hidden_texts]
    orders = {*instructions(said), *whispered(said)} if said else set()
    for number, (row, source, each) in enumerate(hidden_texts):
        if number in orders or (each.why not in COMMON and len(each.text.split()) >= FEW):
            found.setdefault(row, []).append(_at(source, each))
    return verdict_of(found, len(texts), "holds text that no reader sees")


def _pages(texts: Array) -> list[tuple[int, str]]:
    """The rows that hold HTML in which something may be hidden, with their texts."""
    data, ends = content(column(texts))
    opened = np.flatnonzero(data == ord("<"))
    second, third = (data[np.minimum(opened + step, len(data) - 1)] for step in (1, 2))
    opened = opened[OPENERS[second, third]]
    rows = np.unique(np.searchsorted(ends, opened, side="right") - 1).tolist()
    return [
        (row, text)
        for row, text in ((row, str(texts[row])) for row in rows)
        if any(mark in text for mark in MARKUP) and any(sign in text for sign in SIGNS) and PAGE.search(text)
    ]


def _in_page(source: str) -> list[Concealed]:
    try:
        return hidden_in_html(source)
    except MissingExtra as error:
        LOG.warning("rows that hold HTML were not searched for hidden text: %s", error)
        return []


def _read(told: object) -> list[Concealed]:
    """What the reader of pages found; nothing where the column is the user's own."""
    try:
        return [Concealed(text, why) for text, why in json.loads(str(told))]
    except (ValueError, TypeError):
        return []


def _at(source: str, hidden: Concealed) -> Place:
    """The place in the source, or the whole row where the text is written there with tags or blanks inside."""
    start = source.find(hidden.text) if source else -1
    end = start + len(hidden.text) if start >= 0 else -1
    return Place(start, end, f'"{hidden.text[:120]}" ({hidden.why})')
