"""What a path is called where it is shown: pages and cards are passed on, and say nothing of the machine."""

from collections.abc import Iterable
from pathlib import Path

from ...core.folder import SPEC
from .spec import RowsSpec


def given(spec: RowsSpec) -> list[str]:
    """Every path that a spec names."""
    fields = (spec.paths, spec.reference, spec.against, spec.labels, spec.examples, spec.plugins)
    several = (*fields, getattr(spec, "remove", ()))
    return [str(each) for one in several for each in (one if isinstance(one, tuple) else (one,)) if each is not None]


def called(path: str) -> str:
    """The last part of a path."""
    return Path(path).name or path


def titled(spec: RowsSpec) -> str:
    """The rows of a spec."""
    return ", ".join(str(each) if hasattr(each, "digest") else called(str(each)) for each in spec.paths)


def shortened(text: str, paths: Iterable[str]) -> str:
    """A text in which every one of the paths is what it is called, and what lies below it too."""
    for path in sorted(paths, key=len, reverse=True):
        short = called(path)
        if short != path:
            text = text.replace(path, short)
    return text


def again(verb: str, folder: Path) -> str:
    """The command that makes a run once more, from the folder in which its own folder lies."""
    import shlex

    where = shlex.quote(f"{folder.resolve().name}/{SPEC}")
    return f"autophagy {verb} --spec {where} --out another-folder"
