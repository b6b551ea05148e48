"""The report: run folders in, one self-contained page out."""

from typing import TYPE_CHECKING

from ..core.lazy import lazily

if TYPE_CHECKING:  # imported when first used: the terminal of every verb lies in this folder, and needs no page
    from .write import write_report as write_report

_HOME = {"write_report": "write"}
__all__ = lazily(__name__)
