"""A fitted transformer in a folder, in the format that the library transformers reads, and back."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from ...core.errors import RecordError
from ..neural.training import Weights, device
from .network import END, Llama
from .packing import Passages
from .prepared import Prepared
from .tokenizer import END_TEXT, FILE, read_tokenizer

FACTS = "autophagy.json"
WEIGHTS = "model.safetensors"
PROMPTS, PASSAGES = "prompts.npy", "passages.npz"


def write(
    folder: Path,
    settings: dict[str, Any],
    prepared: Prepared,
    network: Llama,
    weights: Weights,
    diverged: tuple[int, ...],
) -> None:
    """Write config.json, model.safetensors, the tokenizer and our own facts; a folder in it for each of many runs."""
    folder.mkdir(parents=True, exist_ok=True)
    runs, passages = len(weights["norm"]), prepared.passages
    facts = {"settings": settings, "longest": prepared.longest, "runs": runs, "diverged": diverged}
    (folder / FACTS).write_text(json.dumps(facts, indent=2), encoding="utf-8")
    if settings["prompt"]:
        np.save(folder / PROMPTS, prepared.prompts, allow_pickle=False)
    if passages is not None:
        np.savez(folder / PASSAGES, allow_pickle=False, tokens=passages.tokens, bounds=passages.bounds)
    for run, place in enumerate(_places(folder, runs)):
        place.mkdir(exist_ok=True)
        network.config().save_pretrained(place)
        _generation(settings, prepared.longest).save_pretrained(place)
        prepared.tokenizer.save(str(place / FILE))
        words = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": END_TEXT, "eos_token": END_TEXT}
        (place / "tokenizer_config.json").write_text(json.dumps(words, indent=2), encoding="utf-8")
        own = {key: weight[run] for key, weight in weights.items()}
        named = {name: tensor.contiguous() for name, tensor in _foreign(own, network).items()}
        save_file(named, place / WEIGHTS, {"format": "pt"})


def read(folder: Path) -> tuple[dict[str, Any], Prepared, Weights, tuple[int, ...]]:
    """The settings, what was prepared, the weights and the diverged runs that `write` wrote.

    Raises RecordError where they cannot be read.
    """
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        settings, longest, diverged = facts["settings"], facts["longest"], tuple(facts["diverged"])
        places = _places(folder, facts["runs"])
        each = [_own(_tensors(place / WEIGHTS), settings["layers"]) for place in places]
        prompts = np.load(folder / PROMPTS, allow_pickle=False) if settings["prompt"] else np.zeros((1, 0), np.int64)
        passages = _passages(folder / PASSAGES) if settings["edit"] < 1 else None
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise RecordError(f"{folder} cannot be read as a fitted transformer: {error}") from error
    weights = {key: torch.stack([weights[key] for weights in each]) for key in each[0]}  # a leading axis over runs
    return settings, Prepared(read_tokenizer(places[0]), longest, prompts, passages), weights, diverged


def _passages(path: Path) -> Passages:
    with np.load(path, allow_pickle=False) as held:
        return Passages(held["tokens"], held["bounds"])


def _places(folder: Path, runs: int) -> list[Path]:
    return [folder] if runs == 1 else [folder / str(run) for run in range(runs)]


def _tensors(path: Path) -> dict[str, Tensor]:
    with safe_open(path, "pt", device=str(device())) as file:
        return {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118


def _generation(settings: dict[str, Any], longest: int) -> Any:
    """How transformers is to sample, as we do."""
    from transformers import GenerationConfig

    return GenerationConfig(
        bos_token_id=END,
        eos_token_id=END,
        pad_token_id=END,
        do_sample=settings["beams"] == 1,
        num_beams=settings["beams"],
        max_new_tokens=settings["prompt"] or longest,
        top_p=settings["top_p"],
        top_k=settings["top_k"],
        repetition_penalty=settings["repetition_penalty"],
    )


def _foreign(weights: Weights, network: Llama) -> Weights:
    """The weights of one run under the names, and in the shapes, of transformers."""
    named = {"model.embed_tokens.weight": weights["embed"], "model.norm.weight": weights["norm"][0]}
    for layer in range(network.layers):
        prefix = f"model.layers.{layer}."
        # transformers stores (outputs, inputs), we (inputs, outputs) and maps of the same input side by side
        queries, keys, values = torch.split(weights[f"{layer}.attend"].T, [network.width, network.size, network.size])
        gate, up = weights[f"{layer}.up"].T.chunk(2)  # (inner, width) each
        before, between = weights[f"{layer}.norm"]  # (width,) each
        named |= {
            prefix + "self_attn.q_proj.weight": queries,
            prefix + "self_attn.k_proj.weight": keys,
            prefix + "self_attn.v_proj.weight": values,
            prefix + "self_attn.o_proj.weight": weights[f"{layer}.out"].T,
            prefix + "mlp.gate_proj.weight": gate,
            prefix + "mlp.up_proj.weight": up,
            prefix + "mlp.down_proj.weight": weights[f"{layer}.down"].T,
            prefix + "input_layernorm.weight": before,
            prefix + "post_attention_layernorm.weight": between,
        }
    return named


def _own(named: Weights, layers: int) -> Weights:
    """What _foreign named, as the network takes it."""
    weights = {"embed": named["model.embed_tokens.weight"], "norm": named["model.norm.weight"][None]}
    for layer in range(layers):
        prefix = f"model.layers.{layer}."
        mixing = [named[f"{prefix}self_attn.{kind}_proj.weight"] for kind in "qkv"]
        feeding = [named[f"{prefix}mlp.{kind}_proj.weight"] for kind in ("gate", "up")]
        norms = [named[f"{prefix}{place}_layernorm.weight"] for place in ("input", "post_attention")]
        weights |= {
            f"{layer}.attend": torch.cat(mixing).T.contiguous(),  # (width, width + 2 size)
            f"{layer}.out": named[prefix + "self_attn.o_proj.weight"].T.contiguous(),
            f"{layer}.up": torch.cat(feeding).T.contiguous(),  # (width, 2 inner)
            f"{layer}.down": named[prefix + "mlp.down_proj.weight"].T.contiguous(),
            f"{layer}.norm": torch.stack(norms),  # (2, width)
        }
    return weights
