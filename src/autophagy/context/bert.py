"""A BERT sentence encoder in NumPy: the same vectors as sentence-transformers, without the seconds of its imports.

Texts of a batch are packed one behind another, so that no time goes into padding.

Ref: Devlin et al. (2019), "BERT"; Reimers and Gurevych (2019), "Sentence-BERT", for the pooling.
"""

import json
import math
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.errors import need
from ..core.samples import Array
from ..scale.threads import threads
from ..text.searchable import compatible
from .limit import TokenLimit

Floats = NDArray[np.float32]
Weights = Mapping[str, Floats]
FEW = 1_024  # tokens, below which threads wait for each other longer than they compute
PACKED = 4_096  # tokens of a batch: enough for the matrix products, and little memory
ROWS = 32  # of the widest layer, for which all steps of its activation stay in the cache
ERF_SCALE = np.float32(0.3275911)
ERF = np.array([1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592], np.float32)  # from t^5 down to t
MODULES = [f"sentence_transformers.models.{name}" for name in ("Transformer", "Pooling", "Normalize")]
POOLING = "pooling_mode_mean_tokens"


@dataclass(frozen=True)
class Shape:
    """What config.json says of an encoder."""

    layers: int
    heads: int
    epsilon: float


class BertEmbedder:
    """A BERT encoder whose sentence vector is the mean of its tokens' vectors, of length 1."""

    def __init__(self, name: str, weights: Weights, shape: Shape, tokenizer: Any, most: int) -> None:
        self.name = name
        self.dimension = weights["embeddings.word_embeddings.weight"].shape[1]
        self.limit = TokenLimit(most, self._count)
        self._weights, self._shape, self._tokenizer = _joined(weights, shape.layers), shape, tokenizer

    def _count(self, texts: Sequence[str]) -> list[int]:
        return [len(one.ids) for one in self._tokenizer.encode_batch(list(map(compatible, texts)))]

    def encode(self, texts: Sequence[str], question: bool = False) -> Array:
        """The unit vectors (n, dimension) float32 of the texts; what is longer than the limit is not seen."""
        encoded = self._tokenizer.encode_batch(list(map(compatible, texts)))
        ids = [_cut(one.ids, self.limit.most) for one in encoded]
        sizes = [len(one) for one in ids]
        vectors = np.empty((len(ids), self.dimension), np.float32)
        with threads(1) if sum(sizes) < FEW else nullcontext():
            for batch in _batches(sizes):
                vectors[batch] = _forward(self._weights, self._shape, [ids[place] for place in batch])
        return vectors


def read_bert(name: str, folder: Path) -> BertEmbedder | None:
    """The encoder of a folder of sentence-transformers; None where it is of another kind than this file computes."""
    config = _facts(folder / "config.json")
    modules = [module.get("type") for module in _facts(folder / "modules.json", [])]
    pooling = _facts(folder / "1_Pooling" / "config.json")
    known = config.get("model_type") == "bert" and config.get("hidden_act") == "gelu"
    known &= config.get("position_embedding_type", "absolute") == "absolute"
    known &= modules == MODULES
    known &= [name for name, on in pooling.items() if name.startswith("pooling_mode_") and on] == [POOLING]
    known &= not _facts(folder / "config_sentence_transformers.json").get("prompts")
    files = [folder / "model.safetensors", folder / "tokenizer.json"]
    if not known or not all(path.is_file() for path in files):
        return None
    weights = need("safetensors.numpy", f"the embedder {name}").load_file(files[0])
    tokenizer = need("tokenizers", f"the embedder {name}").Tokenizer.from_file(str(files[1]))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    most = _facts(folder / "sentence_bert_config.json").get("max_seq_length") or config["max_position_embeddings"]
    shape = Shape(config["num_hidden_layers"], config["num_attention_heads"], config["layer_norm_eps"])
    return BertEmbedder(name, weights, shape, tokenizer, int(most))


def _facts(path: Path, missing: Any = None) -> Any:
    """A JSON file, or what stands for a missing one."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else ({} if missing is None else missing)


def _cut(ids: list[int], most: int) -> list[int]:
    """The first tokens with the closing mark, as the tokenizer cuts."""
    return ids if len(ids) <= most else [*ids[: most - 1], ids[-1]]


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """The places of texts in batches of like length, each of at most PACKED tokens."""
    batches: list[list[int]] = []
    room = 0
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if room < lengths[place]:
            batches.append([])
            room = PACKED
        batches[-1].append(place)
        room -= lengths[place]
    return batches


def _joined(weights: Weights, layers: int) -> Weights:
    """The weights by short names, each matrix (in, out); a layer's query, key and value in one."""
    named: dict[str, Floats] = {
        "words": weights["embeddings.word_embeddings.weight"],
        # every text is of the first of two types
        "places": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
        **_norm(weights, "embeddings", "start"),
    }
    for layer in range(layers):
        at = f"encoder.layer.{layer}."
        heads = [f"{at}attention.self.{name}" for name in ("query", "key", "value")]
        named[f"{layer}.attend"] = np.concatenate([weights[f"{head}.weight"] for head in heads]).T
        named[f"{layer}.attend+"] = np.concatenate([weights[f"{head}.bias"] for head in heads])
        dense = {"attention.output": "mix", "intermediate": "widen", "output": "narrow"}
        for place, short in dense.items():
            named[f"{layer}.{short}"] = weights[f"{at}{place}.dense.weight"].T
            named[f"{layer}.{short}+"] = weights[f"{at}{place}.dense.bias"]
        named |= _norm(weights, f"{at}attention.output", f"{layer}.mixed") | _norm(
            weights, f"{at}output", f"{layer}.end"
        )
    return named


def _norm(weights: Weights, place: str, short: str) -> dict[str, Floats]:
    return {f"{short}*": weights[f"{place}.LayerNorm.weight"], f"{short}+": weights[f"{place}.LayerNorm.bias"]}


def _forward(weights: Weights, shape: Shape, ids: Sequence[Sequence[int]]) -> Floats:
    """The sentence vectors (n, dimension) of n texts of tokens."""
    sizes = [len(one) for one in ids]
    ends = np.cumsum(sizes)
    spans = [slice(end - size, end) for size, end in zip(sizes, ends, strict=True)]
    tokens = np.concatenate([np.asarray(one) for one in ids])
    places = np.concatenate([np.arange(size) for size in sizes])
    x = weights["words"][tokens] + weights["places"][places]  # (tokens of all texts, dimension)
    x = _normed(x, weights, "start", shape.epsilon)
    for layer in range(shape.layers):
        mixed = _attended(_dense(x, weights, f"{layer}.attend"), spans, shape.heads)
        x = _normed(x + _dense(mixed, weights, f"{layer}.mix"), weights, f"{layer}.mixed", shape.epsilon)
        wide = _gelu(_dense(x, weights, f"{layer}.widen"))
        x = _normed(x + _dense(wide, weights, f"{layer}.narrow"), weights, f"{layer}.end", shape.epsilon)
    means = np.stack([x[span].mean(axis=0) for span in spans])
    return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), np.float32)


def _dense(x: Floats, weights: Weights, name: str) -> Floats:
    product = x @ weights[name]
    product += weights[f"{name}+"]
    return product


def _attended(joint: Floats, spans: Sequence[slice], heads: int) -> Floats:
    """Attention within each text: `joint` (tokens, 3 x dimension) holds query, key and value -> (tokens, dimension)."""
    width = joint.shape[1] // 3
    size = width // heads
    mixed = np.empty((len(joint), width), np.float32)
    for span in spans:
        # (3, heads, tokens, size)
        query, key, value = joint[span].reshape(-1, 3, heads, size).transpose(1, 2, 0, 3)
        scores = query @ key.transpose(0, 2, 1)  # (heads, tokens, tokens)
        scores *= 1 / math.sqrt(size)
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed[span].reshape(-1, heads, size)[:] = (scores @ value).transpose(1, 0, 2)
    return mixed


def _normed(x: Floats, weights: Weights, name: str, epsilon: float) -> Floats:
    """Layer normalisation. Ref: Ba, Kiros and Hinton (2016)."""
    x = x - x.mean(axis=1, keepdims=True)
    x /= np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / x.shape[1] + epsilon)
    x *= weights[f"{name}*"]
    x += weights[f"{name}+"]
    return x


def _gelu(x: Floats) -> Floats:
    """Each number times the normal distribution below it, in place. Ref: Hendrycks and Gimpel (2016)."""
    for start in range(0, len(x), ROWS):  # so few rows at a time that what is in between stays near the processor
        part = x[start : start + ROWS]
        share = _erf(part * np.float32(1 / math.sqrt(2)))
        share += 1
        part *= share
        part *= np.float32(0.5)
    return x


def _erf(x: Floats) -> Floats:
    """The error function to 5e-7, by operations that NumPy does on many numbers at once.

    Ref: Abramowitz and Stegun (1964), equation 7.1.26.
    """
    size = np.abs(x)
    t = 1 / (1 + ERF_SCALE * size)
    tail = np.full_like(t, ERF[0])
    for coefficient in ERF[1:]:
        tail *= t
        tail += coefficient
    tail *= t
    np.negative(np.square(size, out=size), out=size)
    tail *= np.exp(size, out=size)
    return np.copysign(1 - tail, x)
