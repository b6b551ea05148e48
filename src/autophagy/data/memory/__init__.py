"""Data in memory: frames, tables, arrays and iterables -> the bytes of a file that the readers know."""

from typing import TYPE_CHECKING

from ...core.lazy import lazily

if TYPE_CHECKING:  # imported when first used: who picks rows of a frame needs no spec
    from .given import Data as Data
    from .given import Given as Given
    from .given import given as given
    from .given import held as held

_HOME = dict.fromkeys(("Data", "Given", "given", "held"), "given")
__all__ = lazily(__name__)
