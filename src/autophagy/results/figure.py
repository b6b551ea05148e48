"""A figure as a file for paper: its words stay words, in fonts that go with it, and its bytes are always the same."""

import warnings
from typing import IO, Any

from ..core.errors import need
from .letters import spell_out

KINDS = ("svg", "pdf", "png")
DOTS = 300  # an inch of a .png
NOT_DATED: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
FONTS = {
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "autophagy",
}  # 42: TrueType, which journals ask for


def write_figure(figure: Any, file: IO[bytes], kind: str) -> None:
    """Write a matplotlib figure; raises MissingExtra where matplotlib is not installed."""
    matplotlib: Any = need("matplotlib", "a figure")
    with matplotlib.rc_context(FONTS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        if kind != "svg":  # whose reader has fonts of its own
            spell_out(figure)
        figure.savefig(file, format=kind, dpi=DOTS, metadata=NOT_DATED[kind])
