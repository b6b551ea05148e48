"""Byte-pair tokens: a vocabulary learnt once from real text, and texts as numbers and back.

Ref: Sennrich et al. 2016 (byte-pair encoding), Radford et al. 2019, section 2.2 (on bytes, so that no text is strange).
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from ...core.errors import RecordError
from ...core.samples import Array
from .network import END
from .packing import Passages

FILE = "tokenizer.json"
END_TEXT = "<|end|>"
LEAST_VOCABULARY = 257  # every byte, and the end


def train_tokenizer(texts: Iterable[str], vocabulary: int) -> Tokenizer:
    """Byte-level byte-pair encoding of at most `vocabulary` tokens; fewer where no further pair occurs twice."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        min_frequency=2,  # a pair that occurs once is no pair that other texts are likely to have
        special_tokens=[END_TEXT],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return _literal(tokenizer)


def read_tokenizer(folder: Path) -> Tokenizer:
    """Read the tokenizer of a saved model; raises RecordError where it cannot be read."""
    path = folder / FILE
    try:
        return _literal(Tokenizer.from_str(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise RecordError(f"{path} cannot be read as a tokenizer: {error}") from error


def encode(tokenizer: Tokenizer, texts: Array) -> Passages:
    """The tokens of texts (n,), each passage followed by the end token."""
    rows = [row.ids for row in tokenizer.encode_batch_fast([str(text) for text in texts.tolist()])]
    lengths = np.array([len(row) + 1 for row in rows], np.int64)
    bounds = np.concatenate([[0], np.cumsum(lengths)])
    tokens = np.full(bounds[-1], END, np.int64)
    for row, start in zip(rows, bounds[:-1], strict=True):
        tokens[start : start + len(row)] = row
    return Passages(tokens, bounds)


def decode(tokenizer: Tokenizer, rows: Array, *, end: str | None = None) -> Array:
    """Tokens (n, t) as texts (n,): up to the first end token, or with every end token read as the text `end`."""
    if end is None:
        lengths = np.where((rows == END).any(1), (rows == END).argmax(1), rows.shape[1])
        texts = tokenizer.decode_batch([row[:length].tolist() for row, length in zip(rows, lengths, strict=True)])
    else:
        texts = [text.replace(END_TEXT, end) for text in tokenizer.decode_batch(rows.tolist(), False)]
    return np.array(texts, np.dtypes.StringDType())


def _literal(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer, reading the words of the end token in a text as any other words."""
    tokenizer.encode_special_tokens = True
    return tokenizer
