"""What an audit is: the rows, what they are compared with, and the curators that look for something in them."""

from typing import Annotated, Literal

from ..core.parts import Part
from ..core.spec import Count, Flag, Several
from ..data.memory.beside import GivenPart
from ..data.stored.spec import RowsSpec


class AuditSpec(RowsSpec):
    """One audit: rows of text in files, and the curators that report what they find. Nothing is changed."""

    of = "an audit"
    runner = "autophagy.audit.run"

    curators: Annotated[tuple[GivenPart, ...], Several, Flag("curator")] = ()
    """A curator that looks for something in all rows, as NAME or NAME:setting=value (default: all that need no file
    of yours)."""

    law: Literal["words", "detector", "curvature"] = "words"
    """How the share of machine text is estimated from `examples`: by words, by a detector, or by curvature, a small
    language model's surprise, which depends least on the domain and takes a second for some 250 tokens."""

    to_label: Count | None = None
    """Write so many rows to label.csv, those that teach an estimator of quality most: mark each 1 (good) or 0."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every curator: those that are named, or that need nothing, and those that other fields ask for."""
        from ..curators.asked import asked  # imported late: a verb's help reads the fields alone

        return asked(self.curators, "audits", self)
