"""Rows of files that are larger than memory: they become chunks, parquet files in a folder."""

from .ingest import ingest
from .sources import Inputs, Source, sources
from .stretches import Stretch, jobs
from .totals import Totals, totals

__all__ = ["Inputs", "Source", "Stretch", "Totals", "ingest", "jobs", "sources", "totals"]
