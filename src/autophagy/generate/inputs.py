"""What is read and tried before a run has a folder: seeds, recipes, verifiers and quotas."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from ..core.errors import UsageError
from ..core.names import one_setting
from ..core.parts import Part
from ..core.recipe import PoolRow
from ..core.registry import build, find
from ..curators.told import told_of_files
from .asking import recipes_of
from .held_out import held_out
from .labels import labels_of
from .quota import Quota
from .quotas import Quotas
from .seeds import read_pool, told_of_seeds
from .spec import IDLE_JUDGE, GenerateSpec
from .tried import tried_rows
from .verify import Verify


@dataclass(frozen=True)
class GenerationInputs:
    """The pool that a run begins with and sentences for how it was read; the recipes, verifiers and quotas."""

    pool: Sequence[PoolRow]
    notes: Sequence[str]
    recipes: Sequence[Part]
    verify: Verify
    quotas: Quotas

    @classmethod
    def of(cls, spec: GenerateSpec, tell: Callable[[str, Sequence[str]], None] | None = None) -> Self:
        """All of it for a spec; `tell` is told of how seeds were read. Raises AutophagyError for what cannot work."""
        for part in spec.curators:
            build("curator", part)
            if find("curator", part.name).of == "pairs":
                raise UsageError(f"the curator {part.name} verifies answers: give it as --verifier {part}.")
        pool, notes = read_pool(spec)
        passages = {row.id: row.instruction for row in pool if row.source}
        verify = Verify(spec.verifiers, passages, spec.seed, tried_rows(spec))
        if spec.judge and (spec.answers or 0) < 2 and not verify.asks:
            raise UsageError(IDLE_JUDGE.format(spec.judge))
        notes = [*notes, *_beside(spec), *held_out(pool, spec.against, spec.seed)]
        if tell:
            tell(spec.begun, notes)
        recipes = recipes_of(spec, pool)
        quotas = Quotas([Quota.parse(text) for text in spec.quotas], pool, labels_of(recipes))
        return cls(pool, notes, recipes, verify, quotas)


def _beside(spec: GenerateSpec) -> list[str]:
    """What is to be told of how the files beside the seeds were read: evaluation sets, those of curators, labels."""
    against = [Part("contamination", {"against": one_setting(spec.against)})] if spec.against else []
    labels = told_of_seeds(spec.labels)[1] if spec.labels is not None and spec.verifiers else []
    return [*told_of_files([*against, *spec.curators]), *labels]
