"""The ledger of an index: which documents it holds, so that it is brought up to date and not built anew."""

import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ..context import Index
from ..core.errors import DataError
from ..core.files import writing
from ..core.samples import Samples
from ..text.chunks import chunk

LOG = logging.getLogger(__name__)

SIZE = 160  # words of a passage


LEDGER = "documents.json"  # the digest of each document that an index holds; empty while it is put in


def _bring_up_to_date(index: Index, ledger: Path | None, documents: Samples) -> None:
    names, titles = documents.meta["document"].tolist(), documents.meta["title"].tolist()
    now = {n: _digest(title, text) for n, title, text in zip(names, titles, documents.x.tolist(), strict=True)}
    before = _read(ledger, index) if ledger else {}
    changed = [name for name in names if before.get(name) != now[name]]
    gone = [name for name in before if name not in now]
    LOG.debug("%d of %d documents are new to the index or changed, %d are gone", len(changed), len(names), len(gone))
    if not changed and not gone:
        return
    if ledger:  # a kill from here on leaves names without digests, which are put in or removed the next time
        _write(ledger, before | dict.fromkeys([*changed, *gone], ""))
    if gone:
        index.remove(gone)
    if changed:
        index.add(chunk(documents.take(np.isin(names, changed)), SIZE))
    index.optimize()
    if ledger:
        _write(ledger, now)


def _digest(title: str, text: str) -> str:
    return hashlib.sha256(json.dumps([title, text]).encode()).hexdigest()


def _read(ledger: Path, index: Index) -> dict[str, str]:
    """The digests of the documents in an index; raises DataError where it holds what they do not tell of."""
    if not ledger.exists():
        if len(index):
            raise DataError(f"{ledger.parent} is an index that was not made by asking: give --index another folder.")
        return {}
    try:
        return dict(json.loads(ledger.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise DataError(f"{ledger} cannot be read: give --index another folder.") from error


def _write(ledger: Path, digests: Mapping[str, str]) -> None:
    with writing(ledger) as file:
        file.write(json.dumps(digests, indent=1).encode())
