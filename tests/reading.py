"""Reading files through chunks, as tests of several folders do."""

import json

import pyarrow.parquet as pq

from autophagy.data.stream.ingest import ingest
from autophagy.data.stream.schema import conform
from autophagy.data.stream.sources import sources
from autophagy.data.stream.stretches import jobs
from autophagy.data.stream.totals import totals


def read(paths, folder, column=None, rows=7):
    """The rows of all chunks as dicts, and the totals."""
    facts = [ingest(job, folder, column, rows) for job in jobs(sources(paths, folder).sources)]
    tables = [pq.read_table(folder / each["file"]) for fact in facts for each in fact["chunks"]]
    assert [len(table) for table in tables] == [each["rows"] for fact in facts for each in fact["chunks"]]
    json.dumps(facts, allow_nan=False)
    found = totals(facts, column)
    return [row for table in tables for row in conform(table, found.schema).to_pylist()], found
