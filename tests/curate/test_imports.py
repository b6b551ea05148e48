"""What a curation imports: of the curators those that judge, since to import all takes longer than many a run."""

import subprocess
import sys

from autophagy.core.registry import built_in, entries
from autophagy.curate.spec import DROPPING

ONE = """
import sys
from autophagy.curate.spec import CurateSpec
from autophagy.curators.personal.mask import concealed
from autophagy.curators.session import recorded

print([part.name for part in CurateSpec(paths=["rows.jsonl"]).parts])
print(concealed(["Write to jane@autophagy-corp.com, or call +1 650 253 0000."]))
print(sorted(name for name in sys.modules if name in {names}))
"""


def test_of_ours_one_drops_rows_unasked():
    drop = [name for name, entry in entries("curator").items() if built_in(entry) and entry.facts.drops]
    assert drop == [DROPPING]


def test_to_judge_with_one_and_mask_what_is_shown_imports_no_other_and_no_pandas():
    names = {f"autophagy.curators.{name}" for name in ("contamination", "quality", "poison", "machine")}
    code = ONE.format(names=names | {"pandas", "scipy", "autophagy.data.readers.read"})
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    judged, masked, imported = run.stdout.splitlines()
    assert judged == f"['{DROPPING}']"
    assert "jane@" not in masked
    assert "253" not in masked
    assert imported == "[]"
