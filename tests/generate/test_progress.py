"""Progress of a generation: told of every reply, so that a slow writer is not a silent one."""

import json

from autophagy.generate.run import run
from autophagy.generate.spec import GenerateSpec

SEEDS = [
    {"instruction": f"Name the {thing} of {place}.", "output": f"{place} has {thing}."}
    for thing in ("rivers", "towns", "hills", "lakes")
    for place in ("Europe", "Asia", "Peru", "Rome")
]


def test_progress_is_told_of_every_reply(tmp_path):
    seeds = tmp_path / "seeds.jsonl"
    seeds.write_text("".join(json.dumps(row) + "\n" for row in SEEDS))
    told = []
    spec = GenerateSpec(seeds=str(seeds), model="ngram:order=3", recipes=("continue",), rows=12, novelty=0.9)
    run(spec, tmp_path / "run", progress=lambda *what: told.append(what))
    replies = (tmp_path / "run" / "calls.jsonl").read_text().splitlines()
    kept = [done for _, done, _ in told]
    assert len(told) >= len(replies) > 5  # a second barrier was reached
    assert kept == sorted(kept)
    assert kept[0] == 0
    assert {(what, total) for what, _, total in told} == {("rows", 12)}
