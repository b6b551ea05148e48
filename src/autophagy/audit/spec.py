"""What an audit is: the rows, what they are compared with, and the curators that look for something in them."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from ..core.parts import Part
from ..core.spec import Count, Flag, PartField, Place, Plugins, Seed, Several, Spec
from ..data.memory import Data, Given


class AuditSpec(Spec):
    """One audit: rows of text in files, and the curators that report what they find. Nothing is changed."""

    of = "an audit"
    runner = "autophagy.audit.run"
    kinds: ClassVar[Mapping[str, str]] = {"curators": "curator"}

    paths: Annotated[tuple[Data, ...], Several, Field(min_length=1)]
    """Files and folders of rows: .parquet, .jsonl, .csv or .txt, also .gz and .zst. They are never written to."""

    column: str | None = None
    """The column that holds the text (default: text, or what looks most like it)."""

    curators: Annotated[tuple[PartField, ...], Several, Flag("curator")] = ()
    """A curator that looks for something in all rows, as NAME or NAME:setting=value (default: all that need no file
    of yours)."""

    reference: Annotated[Place, Given] | None = None
    """Rows to compare with, such as real ones that people wrote: what repeats them is found, and so is what is missing
    beside them."""

    examples: Place | None = None
    """Texts marked as written by people or by models, from which the share of machine text is estimated, and texts
    like those of models are found."""

    against: Annotated[tuple[Place, ...], Several] = ()
    """An evaluation set. Rows that hold a part of it are found."""

    labels: Place | None = None
    """Rows marked good or bad, from which an estimator of quality is learned."""

    to_label: Count | None = None
    """Write so many rows to label.csv, those that teach an estimator of quality most: mark each 1 (good) or 0."""

    seed: Seed = 0
    """The root of all random numbers."""

    plugins: Plugins = ()
    """A Python file of your own that registers curators."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every curator: those that are named, or that need nothing, and those that other fields ask for."""
        from ..curators.asked import asked  # imported late: a verb's help reads the fields alone

        return asked(self.curators, "audits", (), (), self.against, self.labels, self.examples)
