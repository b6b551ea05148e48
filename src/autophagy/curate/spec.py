"""What a curation is: the rows, the curators in their order, and what has to go whatever they say."""

from typing import Annotated

from ..core.parts import Part
from ..core.spec import Flag, Several
from ..data.memory.beside import GivenPart, RowsField, Sets
from ..data.stored.spec import RowsSpec

DROPPING = "duplicates"  # of the curators of the package, the one that drops rows unasked


class CurateSpec(RowsSpec):
    """One curation: rows of text in files, and the curators that judge them one after the other."""

    of = "a curation"
    runner = "autophagy.curate.run"

    curators: Annotated[tuple[GivenPart, ...], Several, Flag("curator")] = ()
    """A curator, as NAME or NAME:setting=value, which judges what the earlier ones kept; autophagy list curators shows
    all (default: duplicates)."""

    exclude_source: Annotated[tuple[str, ...], Several] = ()
    """A source whose rows all go: the value of the column source, or the name of a file or folder."""

    remove: Annotated[tuple[RowsField, ...], Several, Sets] = ()
    """A file of what has to go: ids, SHA-256 hashes, or texts, whose near copies go too."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every curator in its order: rights first, those that are named, and those that other fields ask for."""
        from ..curators.asked import asked, rights

        return (*rights(self.exclude_source, self.remove), *asked(self.curators, "drops", self, [DROPPING]))

    @property
    def files(self) -> tuple[str, ...]:
        """Every file and folder that the result depends on."""
        return (*super().files, *self.remove)
