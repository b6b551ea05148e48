"""Which weights a model of this machine has: the digests of the files that hold them."""

import hashlib
from pathlib import Path

from ...gguf.find import find_gguf

ENDINGS = (".safetensors", ".bin", ".gguf")


def weights_of(model: str) -> dict[str, str]:
    """A SHA-256 of each file of weights by its name; nothing of a model of the hub, whose files lie elsewhere."""
    file = find_gguf(model)
    folder = Path(model)
    paths = [file.path] if file else sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: _digest(path) for path in paths if path.suffix in ENDINGS}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
