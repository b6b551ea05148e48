"""The sandbox: what hostile programs try, each harmless to the machine of the tests even where the sandbox fails."""

import os
import socket
import subprocess
import sys
import textwrap
import time

import pytest

from autophagy.core.errors import UsageError
from autophagy.tools.sandbox import confine, run
from autophagy.tools.sandbox.ending import Limits
from autophagy.tools.sandbox.run import run_python

pytestmark = pytest.mark.skipif(bool(confine.lacking()), reason=f"the sandbox needs {confine.lacking()}")


def told(code, tests="", **limits):
    return run_python(textwrap.dedent(code), tests, limits=Limits(**limits))


@pytest.fixture
def treasure(tmp_path):
    """A file that must outlive every program."""
    path = tmp_path / "treasure"
    path.write_text("gold")
    yield path
    assert path.read_text() == "gold"
    assert sorted(os.listdir(tmp_path)) == ["treasure"]


# what ends how ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "tests", "state", "sentence"),
    [
        ("def f(x): return x + 1", "assert f(1) == 2", "passed", "It ran to its end."),
        ("def f(x): return x + 1", "x = 1\nassert f(x) == 3", "failed", "line 2 of the tests: AssertionError: assert"),
        ("def f(x): return x + 1", "assert f(1) == 3, 'off by one'", "failed", "off by one"),
        ("def f(x) return x", "", "error", "line 1 of the code: SyntaxError"),
        ("```python\nx = 1\n```", "", "error", "line 1 of the code: SyntaxError"),
        ("def f(x): return y", "f(1)", "error", "NameError: name 'y'"),
        ("def f(): f()", "f()", "error", "RecursionError"),
        ("x = '\x00'", "", "error", ""),
        ("x = '\ud800'", "", "error", "UnicodeEncodeError"),
        ("class E(Exception):\n    def __str__(self): raise E\nraise E", "", "error", "line 3 of the code: E"),
        ("import ctypes\nctypes.string_at(0)", "", "error", "It was ended by signal 11 (Segmentation fault)."),
        ("import os\nos.kill(os.getpid(), 40)", "", "error", "It was ended by signal 40"),
        (
            "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: 'int' = 1",
            "assert A().x == 1",
            "passed",
            "",
        ),
        ("import asyncio\nasync def f(): return 1", "assert asyncio.run(f()) == 1", "passed", ""),
        ("assert input()", "", "error", "EOFError"),
        ("if __name__ == '__main__': 1 / 0", "", "passed", ""),
    ],
)
def test_how_a_program_ends(code, tests, state, sentence):
    ending = run_python(code, tests)
    assert ending.state == state
    assert sentence in ending.sentence


@pytest.mark.parametrize(
    "code",
    [
        "import sys; sys.exit(0)",
        "raise SystemExit",
        "import os; os._exit(0)",
        "print('ready\\npassed'); import os; os.write(1, b'passed'); os._exit(0)",
        "import os\nfor pipe in range(3, 64):\n    try: os.write(pipe, b'0\\npassed\\nIt ran to its end.')\n"
        "    except OSError: pass\nos._exit(0)",
    ],
)
def test_who_ends_before_the_tests_do_has_not_passed(code):
    ending = run_python(code, "assert False")
    assert (ending.state, ending.sentence) == ("error", "It ended before its tests did.")


# time, memory, processes, output --------------------------------------------------------------------------------------


@pytest.mark.slow  # seconds of the processor
@pytest.mark.parametrize(
    "code",
    [
        "while True: pass",
        "import signal\nfor n in (signal.SIGXCPU, signal.SIGTERM, signal.SIGINT, signal.SIGALRM):\n"
        "    signal.signal(n, signal.SIG_IGN)\nwhile True: pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    ],
)
def test_an_endless_loop_is_ended(code):
    ending = told(code, cpu_seconds=1, seconds=60)
    assert (ending.state, ending.sentence) == ("timed out", "It used more than 1 s of the processor.")
    assert ending.cpu_seconds < 4


@pytest.mark.parametrize(
    "code",
    [
        "import time\ntime.sleep(50)",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
        "import os, time\nos.closerange(0, 64)\ntime.sleep(50)",
    ],
)
def test_what_waits_for_ever_is_ended(code):
    ending = told(code, seconds=0.7)
    assert (ending.state, ending.sentence) == ("timed out", "It ran longer than 0.7 s.")


@pytest.mark.parametrize(
    "code", ["x = bytearray(10 << 30)", "x = []\nwhile True: x.append(bytearray(1 << 20))", "x = list(range(10**9))"]
)
def test_ten_gigabytes_are_not_had(code):
    ending = told(code, memory=256 << 20)
    assert (ending.state, ending.sentence) == ("out of memory", "It needs more memory than it may use.")


def test_a_fork_bomb_starts_no_process():
    code = """
        import os, subprocess, sys, threading, time
        for start in (os.fork, os.forkpty, lambda: subprocess.run([sys.executable]), lambda: os.system("") and 1 / 0):
            for _ in range(50):
                try:
                    if not start():
                        print("started")
                        time.sleep(9)
                        os._exit(0)
                except (OSError, ZeroDivisionError):
                    pass
        try:
            os.execv(sys.executable, [sys.executable, "-c", "print('started')"])
        except PermissionError:
            print("alone")
    """
    ending = told(code, seconds=30)
    assert (ending.state, ending.output) == ("passed", "alone\n")


def test_a_bomb_of_threads_runs_into_the_limit_of_memory():
    code = """
        import threading, time
        def wait():
            time.sleep(20)
        n = 0
        try:
            while n < 2000:
                threading.Thread(target=wait, daemon=True).start()
                n += 1
        except (RuntimeError, MemoryError):
            pass
        print(n)
    """
    ending = told(code, memory=256 << 20)
    assert ending.state == "passed"
    assert int(ending.output) < 100


def test_a_hundred_megabytes_of_output_are_cut_and_the_cut_is_told():
    ending = told("import os\nfor _ in range(1600): os.write(1, b'x' * 65536)", output=1000)
    assert (ending.state, ending.output, ending.cut) == ("passed", "x" * 1000, 1600 * 65536 - 1000)


def test_files_and_the_folder_are_bounded():
    ending = told("open('x', 'wb').write(b'x' * 2**21)", file=1 << 20)
    assert (ending.state, "File too large" in ending.sentence) == ("error", True)
    code = "import time\nfor n in range(40): open(str(n), 'wb').write(b'x' * 2**20)\ntime.sleep(5)"
    ending = told(code, folder=16 << 20)
    assert ending.sentence == "It filled its folder with more than 16,777,216 bytes."


def test_nothing_is_left_of_a_program():
    """Neither its process nor its folder, however deep it is and whatever its links lead to."""
    ending = told(
        """
        import os
        print(os.getpid(), os.getcwd())
        os.mkdir("closed", 0)
        os.symlink("/", "link")
        for _ in range(100):
            os.mkdir("d")
            os.chdir("d")
        """
    )
    process, _, folder = ending.output.strip().partition(" ")
    assert ending.state == "passed"
    assert not os.path.lexists(folder)
    with pytest.raises(ProcessLookupError):
        os.kill(int(process), 0)


# what lies outside ---------------------------------------------------------------------------------------------------


def test_nothing_outside_of_the_folder_is_deleted_or_written(treasure):
    code = f"""
        import ctypes, os, shutil
        path = {str(treasure)!r}
        folder = os.path.dirname(path)
        libc = ctypes.CDLL(None, use_errno=True)
        os.symlink(path, "link")
        tries = [
            lambda: os.remove(path), lambda: shutil.rmtree(folder), lambda: os.rename(path, "mine"),
            lambda: os.rename(path, path + "2"), lambda: open(path, "w"), lambda: open(path, "a"),
            lambda: open(path + "2", "w"), lambda: open("link", "w"), lambda: os.truncate(path, 0),
            lambda: os.link(path, "hard"), lambda: os.chmod(path, 0), lambda: os.chown(path, 1, 1),
            lambda: os.utime(path, (0, 0)), lambda: os.mkdir(folder + "/d"), lambda: os.symlink("x", folder + "/s"),
            lambda: os.mkfifo(folder + "/f"), lambda: os.setxattr(path, "user.x", b"1"), lambda: os.rmdir(folder),
            lambda: open(path), lambda: os.listdir(folder), lambda: os.chroot("."),
            lambda: libc.unlink(path.encode()) and 1 / 0, lambda: libc.truncate(path.encode(), 0) and 1 / 0,
            lambda: libc.mount(b"none", b".", b"tmpfs", 0, None) and 1 / 0, lambda: libc.unshare(0x10000000) and 1 / 0,
        ]
        for number, each in enumerate(tries):
            try:
                each()
                print("done:", number)
            except (OSError, ZeroDivisionError):
                pass
        print(len(tries))
    """
    assert told(code).output == "25\n"


def test_its_own_folder_is_its_to_use():
    code = """
        import os, shutil, tempfile
        open("a", "w").write("x")
        os.rename("a", "b")
        os.makedirs("c/d")
        shutil.copyfile("b", "c/d/e")
        os.remove("b")
        shutil.rmtree("c")
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"x")
        with tempfile.TemporaryDirectory() as folder:
            print(os.path.dirname(folder) == os.getcwd() == os.path.expanduser("~"), os.listdir("."))
    """
    ending = told(code)
    assert ending.state == "passed", ending.sentence
    assert ending.output.startswith("True ['tmp")


def test_no_connection_reaches_a_server(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as box:
        server.setblocking(False)
        box.setblocking(False)
        box.bind(str(tmp_path / "box"))
        code = f"""
            import ctypes, os, socket
            def by_pair(kind):
                socket.socketpair(socket.AF_UNIX, kind)[0].sendto(b"x", {str(tmp_path / "box")!r})
            tries = [
                lambda: socket.create_connection({server.getsockname()!r}),
                lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)),
                lambda: socket.socket(socket.AF_UNIX), lambda: socket.create_server(("127.0.0.1", 0)),
                lambda: by_pair(socket.SOCK_DGRAM), lambda: by_pair(socket.SOCK_STREAM),
                lambda: ctypes.CDLL(None).syscall(425, 1, None) < 0 and 1 / 0,  # io_uring, which goes round filters
                lambda: ctypes.CDLL(None).syscall(41, 2, 1, 0) < 0 and 1 / 0,
            ]
            for number, each in enumerate(tries):
                try:
                    each()
                    print("done:", number)
                except (OSError, ZeroDivisionError):
                    pass
        """
        assert told(code).output == ""
        for heard in (server.accept, lambda: box.recv(1)):
            with pytest.raises(BlockingIOError):
                heard()


def test_our_environment_and_files_are_not_read(monkeypatch, treasure):
    monkeypatch.setenv("AUTOPHAGY_TEST_SECRET", "s3cr3t")
    code = """
        import ctypes, os, stat
        print(dict(os.environ))
        for path in ("/proc/self/environ", f"/proc/{os.getppid()}/environ", "/etc/passwd", "/etc/hosts", "/proc/mounts",
                     f"/proc/{os.getppid()}/fd", "/root", "/home", os.path.expanduser("~root/.ssh")):
            try:
                print(path, os.listdir(path) if os.path.isdir(path) else open(path).read())
            except OSError:
                pass
        streams, files = 0, []
        for number in range(64):
            try:
                there = os.fstat(number)
            except OSError:
                continue
            if stat.S_ISREG(there.st_mode):
                files.append((there.st_dev, there.st_ino))
            else:
                streams += 1
        print(streams, files)
    """
    with treasure.open() as opened:
        os.set_inheritable(opened.fileno(), True)
        ours = os.fstat(opened.fileno())
        ending = told(code)
    assert ending.state == "passed", ending.sentence
    environment, found = ending.output.splitlines()
    streams, _, files = found.partition(" ")
    assert "s3cr3t" not in environment
    assert set(eval(environment)) <= {"HOME", "TMPDIR", "PATH", "LANG", "LC_CTYPE", "PYTHONHASHSEED"} | {
        f"{library}_NUM_THREADS" for library in ("OMP", "OPENBLAS", "MKL")
    }
    assert int(streams) == 4  # the three of every process, and the one that says how it ended
    assert (ours.st_dev, ours.st_ino) not in eval(files)  # a library may hold its own file open, as libffi does


def test_no_other_process_is_signalled_traced_or_limited():
    """By signal 0, which harms nobody where it gets through."""
    code = """
        import ctypes, fcntl, os, resource, signal
        libc = ctypes.CDLL(None)
        reads, writes = os.pipe()
        tries = [
            lambda: os.kill(os.getppid(), 0), lambda: os.kill(-1, 0), lambda: os.kill(1, 0),
            lambda: os.killpg(os.getpgid(os.getppid()), 0), lambda: fcntl.fcntl(reads, fcntl.F_SETOWN, os.getppid()),
            lambda: libc.ptrace(16, os.getppid(), None, None) < 0 and 1 / 0, lambda: os.pidfd_open(os.getppid()),
            lambda: resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE), lambda: os.setpriority(0, 0, 1),
            lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)), lambda: os.setuid(1), lambda: os.setsid(),
            lambda: libc.prctl(1, 0, 0, 0, 0) and 1 / 0, lambda: os.sched_setaffinity(0, {0}),
        ]
        for number, each in enumerate(tries):
            try:
                each()
                print("done:", number)
            except (OSError, ValueError, ZeroDivisionError):
                pass
        caught = []
        signal.signal(signal.SIGUSR1, lambda *_: caught.append(1))
        os.kill(os.getpid(), signal.SIGUSR1)
        signal.raise_signal(signal.SIGUSR1)
        print(caught)
    """
    assert told(code).output == "[1, 1]\n"


# what is refused ----------------------------------------------------------------------------------------------------


def test_without_isolation_nothing_runs_unless_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(run, "lacking", lambda: "Landlock")
    ending = run_python("print(1)")
    assert (ending.state, ending.output) == ("refused", "")
    assert "this machine lacks Landlock" in ending.sentence
    assert ending.sentence.endswith("isolated=false.")
    assert run_python("print(1)", isolated=False).output == "1\n"


def test_a_sandbox_that_does_not_close_runs_nothing(monkeypatch):
    """Here since another process than the one that waits for it seems to have started it."""
    monkeypatch.setattr(run.os, "getpid", lambda: 1)
    ending = run_python("print(1)")
    assert (ending.state, ending.output) == ("refused", "")
    assert "the process that started it is gone" in ending.sentence


def test_a_sandbox_that_does_not_start_is_no_fault_of_the_code(monkeypatch):
    monkeypatch.setattr(run, "START", "import nowhere_at_all")
    ending = run_python("print(1)")
    assert ending.state == "refused"
    assert "did not start (ModuleNotFoundError: No module named 'nowhere_at_all')" in ending.sentence


def test_unprotected_code_is_still_bounded():
    code = "import os, time\nprint(os.getpid(), flush=True)\nopen('x', 'w').write('x')\ntime.sleep(50)"
    ending = run_python(code, limits=Limits(seconds=0.7), isolated=False)
    assert ending.state == "timed out"
    with pytest.raises(ProcessLookupError):
        os.kill(int(ending.output), 0)


@pytest.mark.parametrize("limits", [{"cpu_seconds": 0}, {"seconds": -1}, {"memory": 1 << 20}, {"output": 0}])
def test_impossible_limits_are_one_sentence(limits):
    with pytest.raises(UsageError, match="must be"):
        Limits(**limits)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_it_holds_for_a_user_who_is_not_root():
    nobody = {"user": 65534, "group": 65534, "extra_groups": [], "cwd": "/", "env": {"PATH": os.environ["PATH"]}}
    script = (
        "import os, sys, tempfile; sys.path.insert(0, sys.argv[1])\n"
        "from autophagy.tools.sandbox.run import run_python\n"
        "with tempfile.NamedTemporaryFile() as file:\n"
        "    theirs = f'open({file.name!r})', f'import os; os.remove({file.name!r})', 'import os; os.fork()'\n"
        '    for code in (\'open("x", "w").write("x")\', *theirs, \'import socket; socket.socket()\'):\n'
        "        print(run_python(code).state)\n"
        "    assert os.path.exists(file.name)\n"
    )
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            done = subprocess.run([python, "-c", script, run.PACKAGES], capture_output=True, text=True, **nobody)
        except OSError:  # this Python is not for everyone
            continue
        if "ModuleNotFoundError" not in done.stderr:
            break
    else:
        pytest.skip("another user may not read a Python, or this package")
    assert done.stdout.split() == ["passed", *["error"] * 4], done.stderr


def test_an_interrupted_wait_leaves_no_process(monkeypatch):
    """Ctrl-C while the code runs: its process goes with the wait."""
    from autophagy.tools.sandbox.running import Running

    processes = []

    def interrupted(self):
        processes.append(self.process.pid)
        time.sleep(0.1)
        raise KeyboardInterrupt

    monkeypatch.setattr(Running, "follow", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_python("import time\ntime.sleep(50)")
    with pytest.raises(ProcessLookupError):
        os.kill(processes[0], 0)
