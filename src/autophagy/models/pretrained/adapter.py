"""Low-rank adapters on every linear layer of a pretrained model."""

import math
from pathlib import Path
from typing import Any

import peft
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn

from ...core.errors import RecordError
from ..neural.training import Weights, device
from .base import CausalLM
from .reading import quiet

FILE = "adapter_model.safetensors"


def adapted(base: CausalLM, rank: int, alpha: float, adapter: Weights) -> Any:
    """The base with adapters of these weights on it; where there are none, with adapters yet to be drawn."""
    return _wrap(base, {}, rank, alpha, adapter)


def merged(base: CausalLM, rank: int, alpha: float, adapter: Weights) -> Any:
    """The base with these adapters added into its weights."""
    own = {name: weight.detach().clone() for name, weight in base.model.named_parameters()}
    return _wrap(base, own, rank, alpha, adapter).merge_and_unload()


def begin(wrapped: Any, generator: torch.Generator) -> None:
    """Draw the adapters as they begin: A uniform, B zero, so that the module still is its base.

    Ref: Hu et al. 2021, section 4.1.
    """
    for name, weight in adapters(wrapped):
        if "lora_A" in name:
            # sqrt 5 gives a uniform law between -1 and 1 over the root of the inputs, as torch's Linear and peft begin
            drawn = nn.init.kaiming_uniform_(torch.empty(weight.shape), math.sqrt(5), generator=generator)
            weight.data.copy_(drawn)
        else:
            nn.init.zeros_(weight)


def adapters(wrapped: Any) -> list[tuple[str, Any]]:
    """The adapters' weights in a module, by name."""
    return [(name, weight) for name, weight in wrapped.named_parameters() if "lora_" in name]


def read_off(wrapped: Any) -> Weights:
    """The adapters' weights, by the names that peft saves them under."""
    weights = peft.get_peft_model_state_dict(wrapped, save_embedding_layers=False)
    return {name: weight.detach().clone() for name, weight in weights.items()}


def write_adapter(base: CausalLM, rank: int, alpha: float, adapter: Weights, folder: Path) -> None:
    """Write adapter_model.safetensors and adapter_config.json, as peft reads them."""
    settings = _settings(base, rank, alpha)
    settings.inference_mode = True
    settings.save_pretrained(folder)
    save_file({name: weight.contiguous() for name, weight in adapter.items()}, folder / FILE, {"format": "pt"})


def read_adapter(folder: Path) -> Weights:
    """Read the weights that write_adapter wrote; raises RecordError where they cannot be read."""
    try:
        return load_file(folder / FILE, device=str(device()))
    except (OSError, SafetensorError) as error:
        raise RecordError(f"{folder / FILE} cannot be read as an adapter: {error}.") from error


def _wrap(base: CausalLM, own: Weights, rank: int, alpha: float, adapter: Weights) -> Any:
    with torch.random.fork_rng(), quiet():  # peft draws first weights from the global stream; `begin` draws ours
        wrapped = peft.get_peft_model(base.network(own), _settings(base, rank, alpha))
        if adapter:
            peft.set_peft_model_state_dict(wrapped, adapter)
    return wrapped.eval().requires_grad_(False)


def _settings(base: CausalLM, rank: int, alpha: float) -> Any:
    return peft.LoraConfig(
        task_type="CAUSAL_LM",
        r=rank,
        lora_alpha=alpha,
        lora_dropout=0.0,  # its masks would come from the global stream
        target_modules="all-linear",  # Dettmers et al. 2023, section 4: needed to match a full fine-tuning
        base_model_name_or_path=base.name,
    )
