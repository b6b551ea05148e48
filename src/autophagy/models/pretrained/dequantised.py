"""A GGUF file as a folder that transformers reads and tunes: its weights out of their few bits, made once a user."""

import hashlib
import io
import os
from contextlib import redirect_stderr, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
import transformers
from tokenizers import pre_tokenizers

from ...core.errors import DataError, need
from ...core.files import unwritable
from ...gguf.find import GgufFile
from .reading import quiet, reading

MADE = 2  # raised where the folder is made otherwise, so that no old one is taken
DIGITS = "smollm"  # the rule that cuts off each digit, of which transformers does not know


def plain_folder(file: GgufFile) -> Path:
    """The folder, in the user's cache: weights in half precision, which hold those of few bits as they are.

    Raises DataError where transformers cannot read the file, RecordError where the folder cannot be written.
    """
    need("gguf", f"the tuning of {file.path.name}")
    with file.path.open("rb") as data:
        content = hashlib.file_digest(data, "sha256").hexdigest()
    key = hashlib.sha256(f"{MADE} {content} {file.template}".encode()).hexdigest()[:16]
    folder = _cache() / f"{file.path.stem}-{key}"
    if not folder.is_dir():
        model, tokenizer = _read(file)
        try:
            _write(model, tokenizer, folder)
        except OSError as error:
            raise unwritable(folder, error) from error
    return folder


def _cache() -> Path:
    """Where programs keep what they can make again."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if os.path.isabs(home) else Path.home() / ".cache") / "autophagy" / "models"


def _read(file: GgufFile) -> tuple[Any, Any]:
    """The model and its tokenizer, as transformers has them out of the file."""
    more = {"gguf_file": file.path.name, "local_files_only": True, "trust_remote_code": False}
    bars = redirect_stderr(io.StringIO())  # which this reader draws whatever it is told
    with bars, reading(file.path, "GGUF file", DataError):
        model = transformers.AutoModelForCausalLM.from_pretrained(file.path.parent, dtype=torch.float16, **more)
        tokenizer = transformers.AutoTokenizer.from_pretrained(file.path.parent, **more)
    tokenizer.chat_template = file.template or None
    if file.cuts == DIGITS:
        parts = [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
        tokenizer.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence(parts)
    return model, tokenizer


def _write(model: Any, tokenizer: Any, folder: Path) -> None:
    """Write the folder whole or not at all.

    The model that was read counts as quantised, and transformers writes none of that kind: a plain one has its weights.
    """
    config = transformers.AutoConfig.for_model(**model.config.to_dict())
    del config.quantization_config
    with torch.device("meta"):  # without weights of its own
        plain = transformers.AutoModelForCausalLM.from_config(config, dtype=torch.float16)
    plain.load_state_dict(model.state_dict(), assign=True)
    plain.tie_weights()
    plain.generation_config = model.generation_config
    folder.parent.mkdir(parents=True, exist_ok=True)
    with quiet(), TemporaryDirectory(dir=folder.parent, prefix=".part-") as part:
        made = Path(part) / folder.name
        plain.save_pretrained(made)
        tokenizer.save_pretrained(made)
        with suppress(FileExistsError):  # another process was faster
            made.rename(folder)
