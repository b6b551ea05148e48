"""A matplotlib figure that a notebook shows by itself, without pyplot and its global state."""

import io

from matplotlib.figure import Figure

DOTS = 144  # an inch, for screens that are finer than paper used to be


class DisplayedFigure(Figure):
    """A figure that is shown where it is the last word of a cell."""

    def _repr_png_(self) -> bytes:
        file = io.BytesIO()
        self.savefig(file, format="png", dpi=DOTS)
        return file.getvalue()
