"""How the libraries of language models read: quietly, and what they raise of a damaged folder as one sentence."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from transformers.utils import logging

from ...core.errors import AutophagyError, reason

NOISY = r"(transformers|tokenizers|peft|huggingface_hub|accelerate|torch)\b"


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the libraries' progress bars and notes off standard error."""
    bars, level = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=NOISY)
            yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


@contextmanager
def reading(folder: Path, what: str, kind: type[AutophagyError]) -> Iterator[None]:
    """Turn whatever the libraries raise of a damaged folder into one sentence."""
    try:
        with quiet():
            yield
    except Exception as error:  # the reader of tokenizers raises nothing more special
        raise kind(
            f"the {what} in {folder} cannot be read ({reason(error)}): give the folder of a causal language model "
            "with its tokenizer and weights in safetensors."
        ) from error
