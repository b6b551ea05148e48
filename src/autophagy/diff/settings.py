"""What two runs differ in before anything is measured: settings, versions, machine and data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..core.errors import UsageError
from ..core.parts import Part
from ..core.registry import KINDS, plural
from ..forecast.document import DocumentResult
from ..results.result import Result

Group = Literal["settings", "versions", "machine", "data"]
# facts of the machine in environment.json, and what they are called
MACHINE = {
    "processor": "processor",
    "cores": "cores",
    "llama_cpp_threads": "threads of llama.cpp",
    "memory_gib": "memory in GiB",
}
PARTS = {"model", *map(plural, KINDS)}  # the fields that name plug-ins
DIGEST = 12  # digits of a digest that are shown
UNSET = "not set"


@dataclass(frozen=True)
class Differing:
    """One thing in which two runs differ, and what it is in each."""

    group: Group
    what: str
    a: str
    b: str

    def json(self) -> dict[str, str]:
        """The difference as the command line's JSON has it."""
        return {"group": self.group, "what": self.what, "a": self.a, "b": self.b}


def differing(a: Result, b: Result) -> list[Differing]:
    """Everything that the two runs differ in: their settings first, then what else a result depends on."""
    found = [Differing("settings", *each) for each in _fields(settings(a), settings(b))]
    mine, other = (_environment(run) for run in (a, b))
    groups: tuple[Group, ...] = ("versions", "machine", "data")
    for group in groups:
        left, right = _facts(group, mine), _facts(group, other)
        found += [
            Differing(group, name, left.get(name, UNSET), right.get(name, UNSET))
            for name in dict.fromkeys([*left, *right])
            if left.get(name) != right.get(name)
        ]
    return found


def settings(result: Result) -> dict[str, Any]:
    """The fields of a run's spec; of a forecast that was not written, those of its plan."""
    if result.record is not None:
        fields: dict[str, Any] = result.record.spec().to_dict()
        return fields
    return dict(result.document()["plan"]) if isinstance(result, DocumentResult) else {}


def _environment(result: Result) -> dict[str, Any]:
    return result.record.environment() if result.record is not None else {}


def _facts(group: str, environment: Mapping[str, Any]) -> dict[str, str]:
    """The facts of an environment that belong to a group."""
    if group == "versions":
        commit = {"commit": environment.get("commit")}
        versions = {**environment.get("versions", {}), **commit}
        return {name: str(value)[:DIGEST] for name, value in versions.items() if value}
    if group == "machine":
        return {title: str(environment[name]) for name, title in MACHINE.items() if name in environment}
    digests = {"data": environment.get("data"), "teacher": environment.get("teacher")}
    found = {name: str(part["digest"])[:DIGEST] for name, part in digests.items() if part}
    if "digest" in environment:
        found["documents and questions"] = str(environment["digest"])[:DIGEST]
    files: Mapping[str, str] = environment.get("files", {})
    found |= {name.removeprefix("the file "): digest[:DIGEST] for name, digest in files.items()}
    return found | {f"plug-in {path}": digest[:DIGEST] for path, digest in environment.get("plugins", {}).items()}


def _fields(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The fields that differ, those that name plug-ins setting by setting."""
    for name in dict.fromkeys([*a, *b]):
        mine, other = a.get(name), b.get(name)
        if mine == other:
            continue
        if name in PARTS and mine is not None and other is not None:
            yield from _parts(name, *([each] if isinstance(each, str) else each for each in (mine, other)))
        else:
            yield name.replace("_", " "), _shown(mine), _shown(other)


def _parts(name: str, a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Plug-ins that are in one list only; where both lists have one of a name, the settings in which it differs."""
    mine, other = ([text for text in own if text not in rest] for own, rest in ((a, b), (b, a)))
    try:
        parts = [{part.name: part for part in map(Part.parse, own)} for own in (mine, other)]
    except UsageError:
        yield name, _shown(mine), _shown(other)
        return
    if [len(each) for each in parts] == [len(mine), len(other)]:
        for label in [label for label in parts[0] if label in parts[1]]:
            left, right = (each.pop(label).settings for each in parts)
            for key in dict.fromkeys([*left, *right]):
                if left.get(key) != right.get(key):
                    yield f"{key} of {label}", str(left.get(key, "default")), str(right.get(key, "default"))
        mine, other = ([str(part) for part in each.values()] for each in parts)
    if mine or other:
        yield name, _shown(mine), _shown(other)


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return UNSET if value is None else str(value)
