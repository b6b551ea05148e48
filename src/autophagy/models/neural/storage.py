"""A fitted neural model in a file: tensors and plain facts, as safetensors."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from ...core.errors import RecordError
from .frame import Frame
from .training import Weights, device

FILE = "model.safetensors"


def write_model(folder: Path, weights: Weights, frame: Frame, facts: dict[str, Any]) -> None:
    """Write the weights, the frame and `facts` (whatever JSON can hold) into the folder."""
    tensors = {f"weights.{key}": weight for key, weight in weights.items()}
    tensors |= {f"frame.{field.name}": getattr(frame, field.name) for field in fields(frame)}
    folder.mkdir(parents=True, exist_ok=True)
    contiguous = {key: tensor.contiguous() for key, tensor in tensors.items()}
    save_file(contiguous, folder / FILE, {"facts": json.dumps(facts)})


def read_model(folder: Path) -> tuple[Weights, Frame, dict[str, Any]]:
    """Read what write_model wrote; raises RecordError where it cannot be read."""
    try:
        with safe_open(folder / FILE, "pt", device=str(device())) as file:
            facts = json.loads(file.metadata()["facts"])
            tensors: dict[str, Tensor] = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise RecordError(f"{folder / FILE} cannot be read as a fitted model: {error}") from error
    weights = {key.removeprefix("weights."): tensor for key, tensor in tensors.items() if key.startswith("weights.")}
    frame = Frame(*(tensors[f"frame.{field.name}"] for field in fields(Frame)))
    return weights, frame, facts
