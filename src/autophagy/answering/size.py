"""How large a model is, and whether it is taught to chat: what tells how it is best asked."""

import json
import struct
from functools import cache
from math import prod
from pathlib import Path

from ..context.prompt import AUTO, FORMS, INSTRUCTED, PromptForm, form_for
from ..core.errors import UsageError
from ..core.parts import did_you_mean
from ..data.world.source import WORLD, model_path
from ..gguf.find import find_gguf
from ..gguf.header import parameters


def prompt_form(name: str, model: str, base_url: str | None = None) -> PromptForm:
    """How a model is asked about passages: the form of that name, or the one that suits it.

    An answer can be begun only where the model runs here. Raises UsageError where there is no such form, or it cannot
    be had.
    """
    if name not in (AUTO, *FORMS):
        raise UsageError(f"there is no prompt {name!r}{did_you_mean(name, [AUTO, *FORMS])}: name {_either()}.")
    if name != AUTO:
        if base_url and FORMS[name].begins:
            raise UsageError(f"the prompt {name} begins the answer, which a server does not allow: name another.")
        return FORMS[name]
    if base_url or model_path(model) == model_path(WORLD):  # which was trained on this form
        return INSTRUCTED
    return form_for(*_facts(model))


def _either() -> str:
    return f"{AUTO}, {', '.join(list(FORMS)[:-1])} or {list(FORMS)[-1]}"


@cache
def _facts(model: str) -> tuple[int | None, bool]:
    """How many parameters a model has, None where that is not known, and whether it has a chat template."""
    file = find_gguf(model)
    if file:
        return parameters(file.path), bool(file.template)
    folder = Path(model).expanduser()
    if not folder.is_dir():
        return None, True
    settings = folder / "tokenizer_config.json"
    said = settings.read_text("utf-8", "replace") if settings.is_file() else ""
    chats = (folder / "chat_template.jinja").is_file() or '"chat_template"' in said
    return sum(map(_weights, folder.glob("*.safetensors"))) or None, chats


def _weights(path: Path) -> int:
    """How many numbers a file of safetensors holds, by its header; 0 where it cannot be read."""
    try:
        with path.open("rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(min(size, 1 << 28)))
        return sum(prod(tensor["shape"]) for name, tensor in header.items() if name != "__metadata__")
    except (OSError, struct.error, ValueError, KeyError, TypeError, AttributeError):
        return 0
