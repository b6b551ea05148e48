"""Landlock of every version that this kernel has or had: what lies outside is neither read nor written."""

import subprocess
import sys

import pytest

from autophagy.tools.sandbox import landlock
from autophagy.tools.sandbox.run import PACKAGES

VERSIONS = range(1, landlock.version() + 1) if sys.platform == "linux" else ()
SCRIPT = """
import ctypes, os, sys
sys.path.insert(0, sys.argv[1])
from autophagy.tools.sandbox import landlock
version, inside, outside = int(sys.argv[2]), *sys.argv[3:]
landlock.version = lambda: version
ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
landlock.restrict(("/usr", "/nowhere"), ("/dev/null",), inside)
open(inside + "/new", "w").write("x")
os.mkdir(inside + "/d")
os.rename(inside + "/new", inside + "/moved")
open("/dev/null", "w").write("x")
os.listdir("/usr")
tries = (lambda: open(outside), lambda: open(outside, "w"), lambda: os.remove(outside), lambda: os.listdir("/"),
         lambda: open(outside + "2", "w"), lambda: os.rename(outside, inside + "/mine"), lambda: os.mkfifo("/tmp/f"),
         lambda: os.mknod(inside + "/device", 0o20600, 1), lambda: os.link(outside, inside + "/mine"))
for number, each in enumerate(tries):
    try:
        each()
        print("done", number)
    except OSError:
        pass
print("end")
"""


@pytest.mark.parametrize("version", VERSIONS)
def test_the_file_system_is_closed(version, tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.write_text("gold")
    words = [sys.executable, "-c", SCRIPT, PACKAGES, str(version), str(inside), str(outside)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout == "end\n", done.stderr
    assert outside.read_text() == "gold"
