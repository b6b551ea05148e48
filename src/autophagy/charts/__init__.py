"""Charts: plain values that say what is drawn, and matplotlib figures made of them."""

from .chart import Chart as Chart
from .chart import Curve as Curve
from .draw import draw as draw
