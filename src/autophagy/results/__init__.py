"""What a verb found, whatever the verb: tables, sentences and charts that a reader can hold."""

from .result import Result as Result
from .scored import Scored as Scored
