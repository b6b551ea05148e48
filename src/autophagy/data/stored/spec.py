"""What every spec of rows that curators judge has: the rows, what they are compared with, and who judges them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from ...core.memory import InMemory
from ...core.parts import Part
from ...core.spec import Flag, Place, Plugins, Seed, Several, Spec
from ..memory import Data, Given
from ..memory.beside import GivenPart, RowsField, Sets

KEPT, INDEX = "kept", "index"  # of a curation: the rows that it kept, and what is known of them
LISTING = f"{INDEX}/index.json"  # the parts that it kept, with their digests


class RowsSpec(Spec):
    """Rows of text in files, and the curators that judge them."""

    kinds: ClassVar[Mapping[str, str]] = {"curators": "curator"}

    paths: Annotated[tuple[Data, ...], Several, Field(min_length=1)]
    """Files and folders of rows: .parquet, .jsonl, .csv or .txt, also .gz and .zst. They are never written to."""

    column: str | None = None
    """The column that holds the text (default: text, or what looks most like it)."""

    curators: Annotated[tuple[GivenPart, ...], Several, Flag("curator")] = ()
    """A curator, as NAME or NAME:setting=value."""

    reference: Annotated[Place, Given] | None = None
    """Rows to compare with, such as those that were kept before, or that people wrote."""

    against: Annotated[tuple[RowsField, ...], Several, Sets] = ()
    """An evaluation set. Rows that hold a part of it are found."""

    labels: RowsField | None = None
    """Rows marked good or bad, from which an estimator of quality is learned."""

    examples: RowsField | None = None
    """Texts marked as written by people or by models. Rows that read like those of models are found."""

    seed: Seed = 0
    """The root of all random numbers."""

    plugins: Plugins = ()
    """A Python file of your own that registers curators."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The curators in their order, those that nobody named among them."""
        return self.curators

    @property
    def files(self) -> tuple[str, ...]:
        """Every file and folder that the result depends on."""
        more = (_index_of(self.reference), *self.against, self.labels, self.examples)
        return (*self.paths, *(each for each in more if each is not None))


def _index_of(reference: str | None) -> str | None:
    """The reference, or where it is a curation the file that says what it kept: its pages may change."""
    listing = None if reference is None or isinstance(reference, InMemory) else Path(reference).expanduser() / LISTING
    return str(listing) if listing and listing.is_file() else reference
