"""What a curation is: the rows, the curators in their order, and what has to go whatever they say."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from ..core.parts import Part
from ..core.spec import Flag, PartField, Place, Plugins, Seed, Several, Spec
from ..data.memory import Data, Given


class CurateSpec(Spec):
    """One curation: rows of text in files, and the curators that judge them one after the other."""

    of = "a curation"
    runner = "autophagy.curate.run"
    kinds: ClassVar[Mapping[str, str]] = {"curators": "curator"}

    paths: Annotated[tuple[Data, ...], Several, Field(min_length=1)]
    """Files and folders of rows: .parquet, .jsonl, .csv or .txt, also .gz and .zst. They are never written to."""

    column: str | None = None
    """The column that holds the text (default: text, or what looks most like it)."""

    curators: Annotated[tuple[PartField, ...], Several, Flag("curator")] = ()
    """A curator, as NAME or NAME:setting=value, which judges what the earlier ones kept; autophagy list curators shows
    all (default: duplicates)."""

    reference: Annotated[Place, Given] | None = None
    """Rows that are there already, such as what was kept before: what repeats one of them goes."""

    against: Annotated[tuple[Place, ...], Several] = ()
    """An evaluation set. Rows that hold a part of it go."""

    exclude_source: Annotated[tuple[str, ...], Several] = ()
    """A source whose rows all go: the value of the column source, or the name of a file or folder."""

    remove: Annotated[tuple[Place, ...], Several] = ()
    """A file of what has to go: ids, SHA-256 hashes, or texts, whose near copies go too."""

    labels: Place | None = None
    """Rows marked good or bad, from which an estimator of quality is learned."""

    examples: Place | None = None
    """Texts marked as written by people or by models: rows that read like those of models go."""

    seed: Seed = 0
    """The root of all random numbers."""

    plugins: Plugins = ()
    """A Python file of your own that registers curators."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every curator in its order: rights first, those that are named, and those that other fields ask for."""
        from ..curators.asked import asked  # imported late: a verb's help reads the fields alone

        return asked(self.curators, "drops", self.exclude_source, self.remove, self.against, self.labels, self.examples)
