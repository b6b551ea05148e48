"""JSON lines into parquet: speed and peak memory against pyarrow and polars, each in a process of its own, in turn.

    python bench/ingest.py [--megabytes 1000] [--repeats 3] [--file FILE.jsonl]

The file has documents of 50 to 400 words with an id, an address and nested columns. Ours reads it twice (once for the
line ends), checks every line by itself, and writes chunks of 10,000 rows with the place of each; `json` is the bound:
each line parsed and dropped. The last line of the table is a file with one line of 200 MB between others.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


def ours(file: Path, out: Path) -> None:
    from autophagy.data.stream.ingest import ingest
    from autophagy.data.stream.sources import sources
    from autophagy.data.stream.stretches import jobs
    from autophagy.data.stream.totals import totals

    totals([ingest(job, out) for job in jobs(sources([file]).sources)])


def bare_json(file: Path, out: Path) -> None:
    with file.open("rb") as lines:
        for line in lines:
            json.loads(line.decode())


def arrow(file: Path, out: Path) -> None:
    import pyarrow.json as pj
    import pyarrow.parquet as pq

    options = pj.ReadOptions(use_threads=False, block_size=2**24)
    pq.write_table(pj.read_json(file, read_options=options), out / "all.parquet", compression="lz4")


def polars(file: Path, out: Path) -> None:
    import polars as pl

    pl.scan_ndjson(file).sink_parquet(out / "all.parquet", compression="lz4")


TOOLS: dict[str, Callable[[Path, Path], None]] = {
    "ours": ours,
    "json": bare_json,
    "pyarrow": arrow,
    "polars": polars,
}


def write(file: Path, size: int) -> None:
    rng = random.Random(1)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 9))) for _ in range(5000)]
    with file.open("w") as out:
        number = 0
        while out.tell() < size:
            for _ in range(1000):
                text = " ".join(rng.choices(words, k=rng.randint(50, 400)))
                meta = {"score": number / 7, "language": "en"}
                out.write(json.dumps({"id": number, "text": text, "url": f"http://x/{number}", "meta": meta}) + "\n")
                number += 1


def one(tool: str, file: Path) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of one tool, in a process with one thread."""
    alone = os.environ | {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
    line = [sys.executable, __file__, "--tool", tool, "--file", str(file)]
    done = subprocess.run(line, capture_output=True, text=True, env=alone, check=False)
    if done.returncode:
        print(f"{tool} failed: {done.stderr.strip().splitlines()[-1][:100]}")
        return float("nan"), float("nan")
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def run(tool: str, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        TOOLS[tool](file, Path(folder))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--tool", choices=TOOLS)
    arguments = parser.parse_args()
    if arguments.tool:
        return run(arguments.tool, arguments.file)
    with tempfile.TemporaryDirectory() as folder:
        file = arguments.file or Path(folder) / "in.jsonl"
        if not arguments.file:
            write(file, arguments.megabytes * 10**6)
        found = {tool: [one(tool, file) for _ in range(arguments.repeats)] for tool in TOOLS}
        size = file.stat().st_size / 1e6
        long = Path(folder) / "long.jsonl"
        with long.open("w") as out:  # in parts: a child's peak memory counts from its parent's
            out.write('{"text": "a"}\n{"text": "')
            out.writelines("x" * 10**6 for _ in range(200))
            out.write('"}\n{"text": "b"}\n')
        extra = one("ours", long)
    base = statistics.median(seconds for seconds, _ in found["ours"])
    print(f"{size:,.0f} MB, medians of {arguments.repeats}, CPU seconds of the whole process")
    for tool, runs in found.items():
        seconds = statistics.median(run[0] for run in runs)
        spread = f"{min(run[0] for run in runs):.1f} to {max(run[0] for run in runs):.1f}"
        memory = statistics.median(run[1] for run in runs)
        print(
            f"{tool:8} {size / seconds:6.0f} MB/s  {seconds:5.1f} s ({spread})  {memory:6.0f} MB  x{seconds / base:.2f}"
        )
    print(f"a line of 200 MB: {extra[0]:.1f} s, {extra[1]:.0f} MB")
    return None


if __name__ == "__main__":
    main()
