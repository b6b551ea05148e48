"""The model of a snapshot: its name, its address, what it says of itself, and the model itself to be asked."""

from typing import TYPE_CHECKING, Any

from ...answering.endpoint import Endpoint
from ...answering.find import find_model, reach
from .spec import SnapshotSpec
from .weights import weights_of

if TYPE_CHECKING:
    from ...answering.language_model import LanguageModel

AT_ONCE = 16  # requests that a server is sent at a time unless told


class SnapshotModel:
    """The model that a spec names: behind an address, which is asked as hard as is told, or of this machine."""

    def __init__(self, spec: SnapshotSpec, connections: int = AT_ONCE, per_minute: float = 0.0) -> None:
        self.name, self.system = spec.model, spec.system or ""
        self.endpoint: Endpoint | None = None
        if spec.base_url is not None:
            self.endpoint = Endpoint(
                spec.model, spec.base_url, connections=connections, per_minute=per_minute, system=self.system
            )

    @property
    def weights(self) -> dict[str, str]:
        """The digests of the files of a model of this machine; nothing of a served one."""
        return weights_of(self.name) if self.endpoint is None else {}

    def facts(self) -> dict[str, Any]:
        """What a server calls the model and its build, and which options it honours; a few requests find that out.

        Raises DataError where nothing answers.
        """
        honoured: dict[str, Any] = {}
        if self.endpoint is not None:
            reach(self.endpoint)
            from ...answering.probe import probe

            honoured = probe(self.endpoint)
        named = honoured.get("model") or self.name
        return {"model": named, "fingerprint": honoured.get("fingerprint"), "probe": honoured}

    def find(self) -> "LanguageModel":
        """The model to be asked; raises AutophagyError where there is none, or nothing answers."""
        if self.endpoint is None:
            return find_model(self.name, one_line=False, system=self.system)
        reach(self.endpoint)
        from ...answering.served import ServedModel

        return ServedModel(self.endpoint)
