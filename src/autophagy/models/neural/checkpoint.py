"""The state of a training that is under way, on disk, so that a killed run goes on where it was."""

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

# Seconds between two saves: the most work that a kill can cost.
SECONDS = 120.0


def seconds() -> float:
    """How often the state is saved: AUTOPHAGY_CHECKPOINT_SECONDS where that is a number, else SECONDS."""
    with suppress(ValueError):
        return max(0.0, float(os.environ.get("AUTOPHAGY_CHECKPOINT_SECONDS", SECONDS)))
    return SECONDS


@dataclass
class Checkpoint:
    """Where the state of one training lies; a file that is broken or of another training counts as none."""

    path: Path
    every: float = field(default_factory=seconds)
    _last: float = field(default_factory=time.monotonic, init=False)

    def load(self, steps: int) -> "tuple[int, dict[str, Tensor]] | None":
        """The step to go on from and the state before it, of a training of so many steps; None where there is none."""
        from safetensors import SafetensorError, safe_open

        try:
            with safe_open(self.path, "pt") as file:
                facts = json.loads((file.metadata() or {})["facts"])
                state = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
                return (int(facts["step"]), state) if facts["steps"] == steps else None
        except (OSError, SafetensorError, KeyError, TypeError, ValueError):
            return None

    @property
    def due(self) -> bool:
        """Whether it is time to save the state again."""
        return time.monotonic() - self._last >= self.every

    def save(self, step: int, steps: int, state: "dict[str, Tensor]") -> None:
        """Write the state before a step; a full disk costs the checkpoint alone, not the training."""
        from safetensors.torch import save_file

        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            facts = {"facts": json.dumps({"step": step, "steps": steps})}
            save_file({key: tensor.contiguous() for key, tensor in state.items()}, temporary, facts)
            temporary.replace(self.path)
        self._last = time.monotonic()

    def of(self, run: int) -> "Checkpoint":
        """The place of one run, where runs are trained one after the other."""
        return Checkpoint(self.path.with_name(f"{self.path.name}-{run}"), self.every)

    def clear(self) -> None:
        """Remove the file: the training is over."""
        self.path.unlink(missing_ok=True)
        with suppress(OSError):
            self.path.parent.rmdir()
