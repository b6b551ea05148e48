"""The data of a comparison: documents that may be learnt or looked up, and the questions about them."""

import hashlib
import json
from dataclasses import asdict, dataclass

from ..core.questions import Question
from ..core.samples import Samples


@dataclass(frozen=True)
class Corpus:
    """What may be learnt or looked up: documents (columns `document`, `title`), and rewritings of them, if any.

    `rewritings` has a column `document` too. `style` is a corpus about something else in the same style.
    """

    documents: Samples
    rewritings: Samples | None = None
    style: "Corpus | None" = None


@dataclass(frozen=True)
class Dataset:
    """A corpus and the questions about it; `general` are questions that the model answers already.

    `notes` say in one sentence each what was set aside or changed while the files were read.
    """

    corpus: Corpus
    questions: tuple[Question, ...]
    general: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A SHA-256 of documents, rewritings and questions."""
        parts = [self.corpus.documents, self.corpus.rewritings, self.corpus.style and self.corpus.style.documents]
        digests = [part.digest() if part else "" for part in parts]
        asked = [asdict(question) for question in (*self.questions, *self.general)]
        return hashlib.sha256(json.dumps([digests, asked], sort_keys=True).encode()).hexdigest()
