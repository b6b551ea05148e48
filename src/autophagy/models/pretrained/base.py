"""The base of a pretrained model: loaded once a process, shared by every run and generation, never changed."""

import copy
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers
from torch import nn

from ...core.errors import DataError, RecordError, UsageError, reason
from ...core.machine import trains_in_4_bits
from ...core.samples import Array
from ...gguf.find import find_gguf
from ..neural.training import Weights, device
from .dequantised import plain_folder
from .reading import quiet, reading

FILES = ["*.json", "*.safetensors", "*.model", "*.txt", "*.jinja"]  # of a hub id: no code, no pickles
NOT = ["*/*", "consolidated*"]  # the same weights in other forms


@dataclass(frozen=True, eq=False)
class CausalLM:
    """A causal language model with its tokenizer, its start and end tokens, and how many positions it has, if bounded.

    `name` is its hub id, or the path of its folder. A process loads it once.
    """

    name: str
    model: Any
    tokenizer: Any
    start: int
    end: int
    positions: int | None

    def network(self, changes: Weights) -> Any:
        """A module that holds the weights named in `changes` and shares every other with the base."""
        memory: dict[int, Any] = {id(buffer): buffer for buffer in self.model.buffers()}
        for name, weight in self.model.named_parameters():
            memory[id(weight)] = nn.Parameter(changes[name], requires_grad=False) if name in changes else weight
        return copy.deepcopy(self.model, memory)  # a tensor in the memory is handed on instead of copied

    def encode(self, texts: Iterable[str]) -> list[list[int]]:
        """The tokens of each text, without start and end; the name of a special token in a text is plain text."""
        plain = [str(text) for text in texts]
        if not plain:
            return []
        rows = self.tokenizer(plain, add_special_tokens=False, split_special_tokens=True, verbose=False)["input_ids"]
        return [list(row) for row in rows]

    def nats(self, texts: Sequence[str]) -> Array:
        """What the tokens leave unsaid of each text (n,): nothing, or NaN where one of them stands for what is unknown.

        A tokenizer that falls back on bytes has no such token.
        """
        rows, unknown = self.encode(texts), self.tokenizer.unk_token_id
        return np.array([math.nan if unknown in row else 0.0 for row in rows])

    def decode(self, rows: Sequence[Sequence[int]]) -> list[str]:
        """The text of each row of tokens, without special tokens."""
        keywords = {"skip_special_tokens": True, "clean_up_tokenization_spaces": False}
        return [self.tokenizer.decode(list(row), **keywords) for row in rows]


def find_base(name: str, method: str) -> CausalLM:
    """The base that is named by the path of its folder, a GGUF file or a hub id, as the method needs it.

    Raises DataError where there is none, and UsageError where the method cannot be had here.
    """
    quantised = method == "qlora"
    if quantised and not trains_in_4_bits():
        raise UsageError("the method qlora needs a CUDA device and the package bitsandbytes: choose method=lora.")
    path = os.path.expanduser(name)
    if file := find_gguf(name):
        path = str(plain_folder(file))
    if os.path.isfile(path):
        raise DataError(f"the base {name} is a file: give the folder of a saved model, or a GGUF file.")
    here = os.path.isdir(path)
    exact = method == "full" or device().type == "cpu"
    return _load(os.path.realpath(path) if here else name, quantised, exact)


@cache
def _load(name: str, quantised: bool, exact: bool) -> CausalLM:
    """The base of an absolute path or a hub id: in float32 where it is to be `exact`, else in its own precision."""
    folder = Path(name) if Path(name).is_dir() else _fetch(name)
    if (folder / "adapter_config.json").is_file():
        raise DataError(
            f"the base {name} is an adapter: merge it into its model and give the folder of the merged model."
        )
    with reading(folder, "base", DataError):
        model, missing = _read_model(folder, quantised, exact)
    if missing:
        raise DataError(
            f"the base {name} lacks {len(missing)} weights of a causal language model, such as {min(missing)}: "
            "give a whole model of that kind."
        )
    with reading(folder, "tokenizer", DataError):
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    config = model.config.get_text_config()
    start, end = _ends(name, tokenizer, config)
    known, rows = max(tokenizer.get_vocab().values()) + 1, model.get_input_embeddings().num_embeddings
    if known > rows:
        raise DataError(
            f"the tokenizer of the base {name} knows {known} tokens and its model {rows}: "
            "give the model its own tokenizer, or resize its embeddings and save it anew."
        )
    positions = getattr(config, "max_position_embeddings", None)
    return CausalLM(name, model.eval().requires_grad_(False), tokenizer, start, end, positions)


def write_model(base: CausalLM, module: Any, folder: Path) -> None:
    """Write a plain model with its tokenizer, as transformers reads them."""
    with quiet():
        module.save_pretrained(folder)
        base.tokenizer.save_pretrained(folder)


def read_weights(folder: Path) -> Weights:
    """The weights by name of a model that write_model wrote; raises RecordError where they cannot be read."""
    with reading(folder, "fitted model", RecordError):
        model, _ = _read_model(folder, quantised=False, exact=True)
    return {name: weight.detach() for name, weight in model.named_parameters()}


def _fetch(name: str) -> Path:
    """The folder of a hub id, whose files are fetched unless they are here; raises DataError where there is none."""
    from huggingface_hub import snapshot_download

    try:
        with quiet():
            return Path(snapshot_download(name, allow_patterns=FILES, ignore_patterns=NOT))
    except (OSError, ValueError) as error:
        raise DataError(
            f"the model {name} is no folder here and could not be downloaded ({reason(error)}): give the path of a "
            "saved model, a hub id on a machine with a network, or where it is served its address too."
        ) from error


def _read_model(folder: Path, quantised: bool, exact: bool) -> tuple[Any, set[str]]:
    """The model, and the names of the weights that the folder does not hold."""
    more: dict[str, Any] = {"dtype": torch.float32 if exact else "auto"}
    if quantised:
        more["quantization_config"] = transformers.BitsAndBytesConfig(
            # Dettmers et al. 2023, section 3: 4-bit NormalFloat, products in bfloat16
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_compute_dtype=torch.bfloat16,
        )
        more["device_map"] = {"": 0}  # bitsandbytes puts the weights on the GPU while it reads them
    model, facts = transformers.AutoModelForCausalLM.from_pretrained(
        folder,
        local_files_only=True,
        trust_remote_code=False,  # no code of a hub id is run
        use_safetensors=True,  # a pickle may run code when it is read
        output_loading_info=True,  # names the missing weights, which would begin at random
        **more,
    )
    return (model if quantised else model.to(device())), set(facts["missing_keys"])


def _ends(name: str, tokenizer: Any, config: Any) -> tuple[int, int]:
    """The token that stands before every passage, and the one behind it."""
    ends = [tokenizer.eos_token_id, config.eos_token_id]
    end = next((end for end in ends if end is not None), None)
    end = end[0] if isinstance(end, list) else end
    if end is None:
        raise DataError(
            f"the tokenizer of the base {name} has no end token: name one as eos_token in its tokenizer_config.json."
        )
    start = tokenizer.bos_token_id
    return (end if start is None else start), end
