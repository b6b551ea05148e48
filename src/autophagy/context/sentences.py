"""Any model of sentence-transformers, by that library."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import need
from ..core.samples import Array
from ..text.searchable import compatible
from .limit import TokenLimit

BATCH = 32  # texts at a time, as sentence-transformers has it by default


class Sentences:
    """A sentence-transformers model."""

    def __init__(self, name: str, model: Any) -> None:
        self.name = name
        self.dimension = int(model.get_embedding_dimension())
        self._model = model

    @property
    def limit(self) -> TokenLimit | None:
        """The most tokens that it reads of a text, where it has such a limit."""
        most = self._model.get_max_seq_length()
        return TokenLimit(int(most), self._tokens) if most else None

    def _tokens(self, texts: Sequence[str]) -> list[int]:
        words = {"truncation": False, "padding": False, "return_attention_mask": False, "verbose": False}
        ids = self._model.tokenizer(list(map(compatible, texts)), **words)["input_ids"]
        return list(map(len, ids))

    def encode(self, texts: Sequence[str], question: bool = False) -> Array:
        """The unit vectors (n, dimension) float32 of the texts; a batch holds texts of like length."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        encode = self._model.encode_query if question else self._model.encode_document
        vectors = encode(
            list(map(compatible, texts)), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)


def read_sentences(name: str, folder: Path) -> Sentences:
    """The model of a folder; raises MissingExtra where the library is not installed, and whatever it raises."""
    library = need("sentence_transformers", f"the embedder {name}")
    from ..models.pretrained.reading import quiet

    with quiet():
        model = library.SentenceTransformer(
            str(folder), local_files_only=True, trust_remote_code=False, model_kwargs={"use_safetensors": True}
        )
    return Sentences(name, model)
