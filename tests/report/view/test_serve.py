"""The server: who may ask, what an address can reach, and how it begins and ends."""

import os
import re
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autophagy.cli.main import main
from autophagy.report.view.listing import Listing
from report.view.conftest import Server, make_run, serving

HOSTILE = "<img src=x onerror=alert(1)>"
SECRET = "the secret beside the runs"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with runs, some of which try to show what lies outside of it."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.toml").write_text(f'data = "{SECRET}"\n')
    make_run(outside / "elsewhere")
    runs = tmp_path_factory.mktemp("runs")
    make_run(runs / "first")
    make_run(runs / "deep" / HOSTILE)
    for name in ("linked-spec", "linked-lines", "pipe"):
        make_run(runs / name)
    (runs / "linked-spec" / "spec.toml").unlink()
    (runs / "linked-spec" / "spec.toml").symlink_to(outside / "secret.toml")
    (runs / "linked-lines" / "generations.jsonl").unlink()
    (runs / "linked-lines" / "generations.jsonl").symlink_to(outside / "elsewhere" / "generations.jsonl")
    (runs / "pipe" / "generations.jsonl").unlink()
    os.mkfifo(runs / "pipe" / "generations.jsonl")
    (runs / "elsewhere").symlink_to(outside / "elsewhere")
    return runs


@pytest.fixture(scope="module")
def server(place: Path) -> Iterator[Server]:
    with serving(place) as running:
        yield running


def key(server: Server, name: str) -> str:
    """The part of the address that stands for a run."""
    found = re.search(rf'href="(run/\w+/)">[^<]*{re.escape(name)}<', server.ask().text)
    assert found, f"{name} is not in the list"
    return found[1]


def test_the_list_links_to_every_run_below_the_folder_and_to_no_other(server: Server) -> None:
    text = server.ask().text
    names = re.findall(r'href="run/\w+/">([^<]*)<', text)
    assert sorted(names) == ["deep/&lt;img src=x onerror=alert(1)&gt;", "first", "linked-lines", "pipe"]
    assert SECRET not in text
    assert HOSTILE not in text


def test_a_run_has_its_page(server: Server) -> None:
    run = key(server, "first")
    assert server.ask(run).status == 200
    page = server.ask(f"{run}page")
    assert (page.status, "</html>" in page.text) == (200, True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Host": "127.0.0.1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_gets_nothing(server: Server, headers: dict[str, str]) -> None:
    for path in ("", "view.css", f"{key(server, 'first')}page"):
        answer = server.ask(path, headers=headers)
        assert (answer.status, answer.text) == (403, "")


def test_the_own_page_gets_all(server: Server) -> None:
    own = f"http://{server.parts.netloc}"
    assert server.ask(headers={"Origin": own, "Sec-Fetch-Site": "same-origin"}).status == 200
    assert server.ask(headers={"Host": server.parts.netloc.replace("127.0.0.1", "localhost")}).status == 200


@pytest.mark.parametrize(
    "change", [lambda t: "", lambda t: t[:-1], lambda t: t + "x", lambda t: "%C3%A9", lambda t: "token"]
)
def test_without_its_token_an_address_is_refused(server: Server, change: Any) -> None:
    token = server.parts.path.strip("/")
    for path in ("", "/", "/view.css", "/%2e%2e/"):
        answer = server.ask(f"/{change(token)}{path}")
        assert (answer.status, answer.text) == (403, "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE"])
def test_it_is_read_only(server: Server, method: str) -> None:
    answer = server.ask(method=method)
    assert (answer.status, answer.getheader("allow")) == (405, "GET, HEAD")


def test_head_answers_without_a_body(server: Server) -> None:
    run = key(server, "first")
    for path in ("", run, f"{run}page", f"{run}events", "view.css"):
        answer = server.ask(path, "HEAD")
        assert (answer.status, answer.text) == (200, "")


def test_every_answer_keeps_to_itself(server: Server) -> None:
    run = key(server, "first")
    for path in ("", run, f"{run}page", "view.css", "view.js", "nothing", "/", "run/none/"):
        answer = server.ask(path)
        assert "default-src 'none'" in answer.getheader("content-security-policy")
        assert answer.getheader("x-content-type-options") == "nosniff"
        assert answer.getheader("referrer-policy") == "no-referrer"
        assert answer.getheader("cross-origin-resource-policy") == "same-origin"
        assert answer.getheader("access-control-allow-origin") is None


def test_the_page_of_a_run_belongs_to_no_site_and_is_shown_in_its_frame_alone(server: Server) -> None:
    run = key(server, "first")
    policy = server.ask(f"{run}page").getheader("content-security-policy")
    assert policy.startswith("sandbox allow-scripts")
    assert "allow-same-origin" not in policy
    assert 'sandbox="allow-scripts allow-downloads"' in server.ask(run).text
    assert server.ask(f"{run}page", headers={"Sec-Fetch-Dest": "document"}).status == 403


OUT = ("../first/spec.toml", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", "run//etc/passwd/",
       "run/..%2f..%2foutside/page", "run/%00/page", "run/first/page", "page.css", "view.css%00", "run/first/spec.toml",
       "//etc/passwd", "view/list.html")  # fmt: skip


@pytest.mark.parametrize("path", OUT)
def test_no_address_names_a_file(server: Server, path: str) -> None:
    answer = server.ask(path if path.startswith("/etc") else server.parts.path + path)
    assert answer.status in (403, 404)
    assert "root:" not in answer.text
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    ("name", "reason"), [("linked-lines", "is a link to a place outside"), ("pipe", "is no plain file")]
)
def test_a_run_that_leads_elsewhere_is_not_read(server: Server, name: str, reason: str) -> None:
    answer = server.ask(f"{key(server, name)}page")
    assert answer.status == 422
    assert reason in answer.text


def test_a_damaged_run_is_told_and_the_server_goes_on(place: Path, server: Server) -> None:
    make_run(place / "damaged")
    (place / "damaged" / "environment.json").write_text('{"regimes": 7, "figures": [[]]}')
    answer = server.ask(f"{key(server, 'damaged')}page")
    assert answer.status in (200, 422)
    shutil.rmtree(place / "damaged")
    assert server.ask().status == 200


def test_a_page_is_made_anew_where_its_run_has_changed(place: Path, server: Server) -> None:
    make_run(place / "changing")
    run = key(server, "changing")
    before = server.ask(f"{run}page").text
    assert server.ask(f"{run}page").text == before
    lines = (place / "changing" / "generations.jsonl").read_text().splitlines(keepends=True)
    (place / "changing" / "generations.jsonl").write_text("".join(lines[:1]) + '{"regime": "torn')
    assert server.ask(f"{run}page").text != before
    shutil.rmtree(place / "changing")
    assert server.ask(f"{run}page").status == 404


def test_the_list_is_sorted_and_searched(server: Server) -> None:
    names = re.findall(r'href="run/\w+/">([^<]*)<', server.ask("?sort=name").text)
    assert names == sorted(names)
    assert "No run has" in server.ask("?q=%3Cscript%3E").text
    assert "<script>" not in server.ask("?q=%3Cscript%3E&sort=%3Cscript%3E").text
    assert "first" in server.ask("?q=FIRST").text


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly(place: Path, ending: signal.Signals) -> None:
    with serving(place) as running:
        live = running.ask(f"{key(running, 'first')}events")  # even while someone looks
        running.process.send_signal(ending)
        out, err = running.process.communicate(timeout=60)
        assert (running.process.returncode, out, err) == (0, "", "")
        live.close()
        live.link.close()


def test_it_listens_on_this_machine_alone_and_at_the_port_that_is_named(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with serving(place, "--port", str(port)) as running:
        assert (running.parts.hostname, running.parts.port) == ("127.0.0.1", port)
        lines = Path("/proc/net/tcp").read_text().splitlines() if Path("/proc/net/tcp").exists() else []
        assert not [line for line in lines if f"00000000:{port:04X}" in line]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere"], "there is no folder nowhere"),
        ([".", "--port", "x"], "--port is 'x'"),
        ([".", "--port", "99999"], "the port 99999 is none"),
        ([".", "--port", "-1"], "the port -1 is none"),
        ([".", "more"], "nothing takes the words 'more'"),
    ],
)
def test_wrong_words_are_told_in_a_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["view", *words]) == 2
    assert sentence in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["view", str(tmp_path), "--port", str(taken.getsockname()[1])]) == 2
    assert "cannot be had (Address already in use)" in capsys.readouterr().err


def test_a_run_that_is_going_is_told_from_one_that_was_stopped(tmp_path: Path) -> None:
    from autophagy.core.folder import claimed
    from autophagy.core.locks import LOCKS

    if not LOCKS.exists():
        pytest.skip("this system does not tell who holds a lock")
    make_run(tmp_path / "run", finished=False)
    listing = Listing(tmp_path)
    assert [run.state for run in listing.runs()] == ["unfinished"]
    with claimed(tmp_path / "run"):
        assert [run.state for run in listing.runs()] == ["running"]
    (tmp_path / "run" / "DONE").touch()
    assert [run.state for run in listing.runs()] == ["done"]
