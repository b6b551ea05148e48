"""Two machines of one cluster, made of namespaces: each has its own address, host name, processes and memory.

They share the disk, as machines of a cluster do that mount one file system under the same path.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

TOOLS = ("ip", "unshare", "nsenter")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("ray") is None, reason="the cluster is one of Ray"),
    pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root of Linux makes namespaces"),
    pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"two machines are made by {', '.join(TOOLS)}"),
]
RAY = "import sys; from ray.scripts.scripts import main; sys.exit(main())"
LEAST = ("--num-cpus=1", "--object-store-memory=100000000", "--disable-usage-stats")
HEAD = "10.213.7.1"
APART = (
    "mkdir -p /tmp/ray && mount -t tmpfs tmpfs /tmp/ray && mount -t tmpfs tmpfs /dev/shm && hostname {} && sleep 600"
)
SLEEPY = """
import json, sys
from autophagy.scale.spread import spread
from sleepy import nap

for told in spread(nap, list(range(10)), ray=sys.argv[1]):
    print(json.dumps(told), flush=True)
"""
NAP = """
import socket, time

def nap(job):
    time.sleep(1)
    yield job, socket.gethostname()
"""


def done(*words):
    subprocess.run(words, check=True, capture_output=True, timeout=60)


@dataclass
class Machine:
    """A machine, whose first process ends with all others of it."""

    number: int
    space: str
    folder: Path
    first: subprocess.Popen[bytes]

    @classmethod
    def on(cls, number, space, folder):
        unshared = ("unshare", "--mount", "--uts", "--pid", "--ipc", "--fork", "--mount-proc", "--kill-child")
        first = subprocess.Popen(
            ["ip", "netns", "exec", space, *unshared, "sh", "-c", APART.format(f"machine{number}")]
        )
        machine = cls(number, space, folder, first)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with subprocess.Popen(machine.words("hostname"), stdout=-1, stderr=-3) as asked:
                if asked.communicate()[0].strip() == f"machine{number}".encode():
                    return machine
            time.sleep(0.1)
        machine.off()
        pytest.skip("this system lets nobody make a machine of namespaces")

    @property
    def address(self):
        return f"10.213.7.{self.number}"

    def words(self, *command):
        """The words that run a command there, in the shared folder."""
        children = Path(f"/proc/{self.first.pid}/task/{self.first.pid}/children").read_text().split()
        inside = ["nsenter", "--target", *children[:1], "--mount", "--uts", "--pid", "--ipc", "--net"]
        return [*inside, f"--wd={self.folder}", *command] if children else ["true"]

    def begin(self, *command, **streams):
        return subprocess.Popen(self.words(*command), **streams)

    def join(self, *words):
        """Start Ray there."""
        command = self.words(sys.executable, "-c", RAY, "start", f"--node-ip-address={self.address}", *words, *LEAST)
        told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert told.returncode == 0, told.stdout + told.stderr

    def off(self):
        self.first.kill()
        self.first.wait()


@pytest.fixture
def network(monkeypatch):
    """The names of two places, joined by a cable."""
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    spaces = [f"autophagy-{os.getpid()}-{number}" for number in (1, 2)]
    ends = [f"au{os.getpid() % 10**6}-{number}" for number in (1, 2)]
    try:
        for space in spaces:
            done("ip", "netns", "add", space)
        done("ip", "link", "add", ends[0], "type", "veth", "peer", "name", ends[1])
        for number, (space, end) in enumerate(zip(spaces, ends, strict=True), 1):
            done("ip", "link", "set", end, "netns", space)
            done("ip", "-n", space, "address", "add", f"10.213.7.{number}/24", "dev", end)
            for each in (end, "lo"):
                done("ip", "-n", space, "link", "set", each, "up")
        yield spaces
    except subprocess.CalledProcessError as error:
        pytest.skip(f"this system lets nobody join namespaces: {error.stderr.decode().strip()}")
    finally:
        for space in spaces:
            subprocess.run(["ip", "netns", "delete", space], capture_output=True, check=False)


@pytest.fixture
def folder(monkeypatch):
    """The folder that both machines have, from which the commands run."""
    with tempfile.TemporaryDirectory(prefix="machines") as made:
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([*filter(None, sys.path), made]))
        yield Path(made)


@pytest.fixture
def machines(network, folder):
    """Two machines, of which the first is the head of the cluster."""
    made = []
    try:
        for number, space in enumerate(network, 1):
            made.append(Machine.on(number, space, folder))
        made[0].join("--head", "--port=6379", "--include-dashboard=false")
        yield made
    finally:
        for machine in made:
            machine.off()


def curated(machine, *words):
    command = (sys.executable, "-m", "autophagy", "curate", "rows.jsonl", "--json", *words)
    with machine.begin(*command, stdout=-1, stderr=-1, text=True) as process:
        return *process.communicate(timeout=240), process.returncode


def parquet(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.parquet")}


def test_two_machines_do_what_one_does_and_one_without_the_files_is_told(machines, folder):
    rows = [{"text": f"A text about the number {number % 40}, and nothing else at all."} for number in range(60)]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    one, two = machines
    done(*two.words("mount", "-t", "tmpfs", "tmpfs", str(folder)))  # a folder of that name, but its own
    two.join(f"--address={HEAD}:6379")
    (folder / "loop.py").write_text(SLEEPY)
    (folder / "sleepy.py").write_text(NAP)
    with one.begin(sys.executable, "loop.py", "auto", stdout=-1, stderr=-1, text=True) as process:
        _, told = process.communicate(timeout=120)
    assert f"machine2 of the cluster has other files in {folder}: run from a folder that all machines share." in told
    done(*two.words("umount", str(folder)))
    assert curated(one, "--out", "here", "--workers", "1")[2] == 0
    assert curated(one, "--out", "there", "--ray", "auto")[2] == 0
    assert parquet(folder / "here") == parquet(folder / "there") != {}


def test_what_a_machine_that_dies_had_not_finished_is_done_by_the_other(machines, folder):
    one, two = machines
    two.join(f"--address={HEAD}:6379")
    (folder / "loop.py").write_text(SLEEPY)
    (folder / "sleepy.py").write_text(NAP)
    told = []
    with one.begin(sys.executable, "loop.py", "auto", stdout=-1, text=True) as process:
        for line in process.stdout:
            told.append(json.loads(line))
            if told[-1][1] == "machine2" and two.first.poll() is None:
                two.off()  # while it naps once more
    assert process.returncode == 0
    assert sorted(job for job, _ in told) == list(range(10))
    assert [host for _, host in told].count("machine2") == 1
