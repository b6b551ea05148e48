"""Context: documents cut into passages, and an index that finds the passages for a question."""

from ..text.chunks import Passage, chunk
from .embed import Embedder, find_embedder
from .index import Index, open_index
from .store import Hit

__all__ = ["Embedder", "Hit", "Index", "Passage", "chunk", "find_embedder", "open_index"]
