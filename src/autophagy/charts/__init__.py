"""Charts: plain values that say what is drawn, and matplotlib figures made of them."""

from .chart import Bars as Bars
from .chart import Chart as Chart
from .chart import Curve as Curve
from .chart import Ends as Ends
from .chart import Outline as Outline
from .chart import Shades as Shades
from .chart import Span as Span
from .draw import draw as draw
from .svg import to_svg as to_svg
