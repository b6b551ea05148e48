"""The same jobs on a Ray of this machine and on a cluster that was started for it, and what becomes of those killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

import jobs
from autophagy.cli.main import main
from autophagy.core.errors import MissingExtra, RecordError, Unreadable, UsageError
from autophagy.curate.run import run as curated
from autophagy.curate.spec import CurateSpec
from autophagy.forecast import make_plan, parse_axes, phase_map
from autophagy.loop.run import run
from autophagy.loop.spec import LoopSpec
from autophagy.scale import cluster
from autophagy.scale.ray import Home
from autophagy.scale.spread import spread

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("ray") is None, reason="the cluster is one of Ray"),
    # Ray's own: sockets and files that it leaves to the garbage collector, and what it says of other Pythons to come
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SMALL = {"generations": 3, "samples": 30, "seeds": 2, "metrics": ["drift"]}
LOCAL, HEAD, CLIENT = "local", "head", "client"
STARTS, PATIENCE, STARTED = 3, 60, "start.log"  # seconds that a slow machine takes at most to start Ray


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@pytest.fixture(scope="module")
def programs():
    """The programs of Ray ask for no token, which they would keep in the home folder, and find the package and jobs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_AUTH_MODE", "disabled")
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        yield


@pytest.fixture(scope="module")
def head(programs):
    """The addresses of a head node on this machine that a command started, which is tried with other ports too."""
    told = []
    for _ in range(STARTS):
        ports = {HEAD: free_port(), CLIENT: free_port()}
        with tempfile.TemporaryDirectory(
            prefix="ray", ignore_cleanup_errors=True
        ) as folder:  # a socket's path is too long below pytest's own
            process = start_head(ports, Path(folder))
            try:
                if is_up(process, ports, Path(folder)):
                    yield {HEAD: f"127.0.0.1:{ports[HEAD]}", CLIENT: f"ray://127.0.0.1:{ports[CLIENT]}"}
                    return
                told += [f"{path}:\n{path.read_text(errors='replace')}" for path in logs_of(Path(folder))]
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(60)
    pytest.fail(f"no head node came up in {STARTS} starts of {PATIENCE} s:\n" + "\n".join(told))


def start_head(ports, folder):
    words = ["--head", "--block", "--node-ip-address=127.0.0.1", f"--port={ports[HEAD]}", "--num-cpus=2"]
    words += [f"--ray-client-server-port={ports[CLIENT]}", "--include-dashboard=false", "--disable-usage-stats"]
    words += [f"--temp-dir={folder}", "--object-store-memory=100000000"]
    code = "import sys; from ray.scripts.scripts import main; sys.exit(main())"
    with (folder / STARTED).open("wb") as file:
        return subprocess.Popen([sys.executable, "-c", code, "start", *words], stdout=file, stderr=subprocess.STDOUT)


def is_up(process, ports, folder):
    """Whether all of it is there in time: the command is done before its server of clients, which starts beside it."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        if "--block" in (folder / STARTED).read_text() and all(map(listens, ports.values())):
            return True
        time.sleep(0.05)
    return False


def listens(port):
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def logs_of(folder):
    return [
        folder / STARTED,
        *folder.glob("session_2*/logs/ray_client_server*"),
        *folder.glob("session_2*/logs/*exit*"),
    ]


@pytest.fixture(scope="module", params=[LOCAL, HEAD, CLIENT])
def address(request, programs):
    """An address of each kind, to which this process is connected until the next."""
    yield LOCAL if request.param == LOCAL else request.getfixturevalue("head")[request.param]
    sys.modules["ray"].shutdown()  # not imported here, which would be before it is told to be quiet


def test_every_message_comes_once_and_nothing_is_printed(address, capfd):
    found = Counter(spread(jobs.count_to, [0, 3, 1, 0, 2], 2, address))
    assert found == Counter(spread(jobs.count_to, [0, 3, 1, 0, 2], 2))
    assert capfd.readouterr().out == ""


def test_no_jobs_need_no_cluster():
    assert list(spread(jobs.count_to, [], 2, "127.0.0.1:1")) == []


def test_a_worker_takes_one_job_after_the_other_unless_they_are_to_be_fresh(address):
    lasting = dict(spread(jobs.who, range(30), 2, address))
    assert len(set(lasting.values())) <= 2
    assert len(set(dict(spread(jobs.who, range(3), 2, address, fresh=True)).values())) == 3


def test_a_job_that_was_killed_is_run_again_and_its_messages_come_once(address, tmp_path, capfd):
    found = list(spread(partial(jobs.die_at_first, tmp_path), range(5), 2, address))
    assert sorted(found) == [(job, step) for job in range(5) for step in range(4)]
    assert len(list(tmp_path.iterdir())) == 5
    assert capfd.readouterr().out == ""


def test_a_job_that_is_always_killed_ends_all(address, tmp_path):
    with pytest.raises(RecordError, match=r"was killed.*--resume"):
        list(spread(partial(jobs.always_die, tmp_path), [1, 2], 2, address))
    assert max(Counter(path.name.partition("-")[0] for path in tmp_path.iterdir()).values()) == 3


def test_an_error_of_a_job_is_raised_as_it_was(address):
    with pytest.raises(Unreadable, match=r"^a.txt is broken: mend it\.$"):
        list(spread(jobs.fail, range(8), 2, address))


def test_a_fault_of_a_task_is_told_with_its_traceback(address, caplog):
    with pytest.raises(RecordError, match="for the reason above"):
        list(spread(jobs.divide, [1, 0], 2, address))
    assert "ZeroDivisionError" in caplog.text


def test_actors_end_where_no_more_is_asked_for(address, tmp_path):
    messages = spread(partial(jobs.hang, tmp_path), range(4), 2, address)
    next(messages)
    messages.close()
    workers = [int(path.name) for path in tmp_path.iterdir()]
    end = time.monotonic() + 30
    while any(map(jobs.alive, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert workers
    assert not any(map(jobs.alive, workers))


PLUGIN = """
from dataclasses import dataclass
from autophagy import model
from autophagy.models.gaussian import Gaussian

@model("own")
@dataclass(frozen=True)
class Own:
    "A Gaussian by another name."
    def fit(self, train, rng, *, start=None, runs=1):
        return Gaussian().fit(train, rng, runs=runs)
"""


def test_a_loop_has_the_same_numbers(address, tmp_path, own_registry, monkeypatch):
    """With a model of one's own, from a folder that is named from where the command runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.py").write_text(PLUGIN)
    spec = LoopSpec(data="ring", model="own", plugins=["own.py"], regimes=["replace", "augment"], **SMALL)
    for folder, ray in (("here", None), ("there", address)):
        assert run(spec, folder, workers=2, ray=ray).done
    assert (tmp_path / "here/generations.jsonl").read_bytes() == (tmp_path / "there/generations.jsonl").read_bytes()
    paths = [path.relative_to("here") for path in sorted(Path("here/samples").rglob("*.npz"))]
    assert len(paths) == 1 + 2 * SMALL["generations"]
    for path in paths:
        assert (Path("here") / path).read_bytes() == (Path("there") / path).read_bytes()


def test_a_curation_gets_the_rows_in_memory_that_its_curators_read(address, tmp_path):
    asked = "If a train leaves at noon and needs three hours for the whole way, when is it there?"
    curators = ["duplicates", {"contamination": {"against": [{"question": asked}]}}]
    spec = CurateSpec(paths=[[{"text": f"{asked} {n}"} for n in range(9)] + [{"text": "Another."}]], curators=curators)
    for folder, ray in (("here", None), ("there", address)):
        assert curated(spec, tmp_path / folder, workers=2, ray=ray).done
    here, there = ((tmp_path / folder / "summary.json").read_bytes() for folder in ("here", "there"))
    assert here == there
    assert json.loads(here)["kept"] == 1


def test_a_curation_has_the_same_bytes(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [{"text": f"A text about the number {number % 40}, and nothing else at all."} for number in range(60)]
    Path("rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    words = ["curate", "rows.jsonl", "--workers", "2", "--json"]
    assert main([*words, "--out", "here"]) == 0
    assert main([*words, "--out", "there", "--ray", address]) == 0
    here, there = (
        {path.relative_to(folder): path.read_bytes() for path in Path(folder).rglob("*.parquet")}
        for folder in ("here", "there")
    )
    assert len(here) >= 2
    assert here == there


def test_a_map_has_the_same_numbers(address):
    plan = make_plan("gaussian:d=1", samples=50, generations=5, chains=40)
    axes = parse_axes(("fresh=0..0.4:5", "bias=0.7..1:4"), plan)
    here, there = (phase_map(plan, *axes, workers=1, ray=ray) for ray in (None, address))
    assert here.json() == there.json()


@pytest.mark.parametrize("address", ["127.0.0.1:{}", "ray://localhost:{}"])
def test_where_nobody_listens_is_told_at_once(address):
    begun = time.monotonic()
    with pytest.raises(UsageError, match=r"^no Ray cluster answers at .*: start one with ray start --head"):
        list(spread(jobs.who, [1], 2, address.format(free_port())))
    assert time.monotonic() - begun < cluster.WAIT


@pytest.mark.parametrize("address", ["", "here", "host:", "http://a:80", "a:99999"])
def test_what_is_no_address_is_told(address):
    with pytest.raises(UsageError, match="no address of a Ray cluster"):
        list(spread(jobs.who, [1], 2, address))


def test_one_that_listens_and_is_no_ray_is_told(programs):
    """In a process of its own, which Ray leaves in disorder."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        code = (
            "import jobs\nfrom autophagy.scale import cluster\nfrom autophagy.scale.spread import spread\n"
            "cluster.WAIT = 3\ntry:\n"
            f"    list(spread(jobs.who, [1], 2, '127.0.0.1:{door.getsockname()[1]}'))\n"
            "except Exception as error: print(type(error).__name__, error)\n"
        )
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert told.stdout.startswith("UsageError Ray cannot be reached at 127.0.0.1:")


def test_ray_that_is_not_installed_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtra, match=r"pip install 'autophagy\[scale\]'"):
        list(spread(jobs.who, [1], 2, "local"))


def test_a_machine_that_shares_no_folder_or_has_another_version_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Home.here().move_in() == ""  # there is nothing in it to tell by
    (tmp_path / "crawl.jsonl").touch()
    (tmp_path / "clean").mkdir()
    home = Home.here()
    assert home.move_in() == ""
    assert "has no folder" in replace(home, folder=str(tmp_path / "gone")).move_in()
    assert "install the same version there" in replace(home, version="0.0.1").move_in()
    (tmp_path / "clean").rmdir()
    assert home.move_in() == ""  # one that others work in
    (tmp_path / "crawl.jsonl").rename(tmp_path / "other.jsonl")
    assert "has other files in" in home.move_in()
