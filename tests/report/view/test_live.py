"""A run followed in a real browser, while it goes and when it is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from report.view.conftest import make_run, serving

ENDLESS = "normal --model gaussian --samples 300 --generations 100000 --seeds 2 --metric drift --workers 1"
HOSTILE = "<img src=x onerror=document.title='stolen'>"


def until(true: Callable[[], Any], seconds: float = 120) -> Any:
    """What a look comes to once it is true."""
    end = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > end:
            raise AssertionError("it never came")
        time.sleep(0.2)
    return found


def text(browser: Any, name: str) -> str:
    found: str = browser.execute_script("return document.getElementById(arguments[0]).textContent", name)
    return found


def generations(browser: Any) -> int:
    return int((text(browser, "reached") or "0").split()[0])


def test_a_run_is_followed_until_it_is_killed(browser: Any, tmp_path: Path) -> None:
    folder = tmp_path / HOSTILE
    words = [sys.executable, "-m", "autophagy", "loop", *ENDLESS.split(), "--out", str(folder)]
    run = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        until((folder / "generations.jsonl").exists)
        with serving(tmp_path) as server:
            browser.get(server.address)
            browser.find_element("link text", HOSTILE).click()
            until(lambda: text(browser, "state") == "running")
            first = until(lambda: generations(browser))
            until(lambda: generations(browser) > first)
            frame = "return document.getElementById('page').src"
            page = browser.execute_script(frame)
            until(lambda: browser.execute_script(frame) != page)  # the page was made anew
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            with (folder / "generations.jsonl").open("a") as file:
                file.write('{"regime": "torn')
            until(lambda: text(browser, "state") == "unfinished")
            assert "replace" in text(browser, "figures")
            assert browser.title == f"{HOSTILE} · Autophagy"
            complaints = [line for line in browser.get_log("browser") if line["level"] == "SEVERE"]
            assert not complaints
    finally:
        run.kill()
        run.wait()


def test_what_a_page_holds_can_neither_ask_the_server_nor_leave_its_frame(browser: Any, tmp_path: Path) -> None:
    """The page of a forecast lies in its folder, where anything may have written it."""
    make_run(tmp_path / "run")
    forecast = tmp_path / "forecast"
    forecast.mkdir()
    (forecast / "spec.toml").write_text('model = "gaussian"\nregime = "replace"\n')
    for name in ("environment.json", "forecast.json"):
        (forecast / name).write_text("{}")
    attack = (
        "<p id=out></p><script>const out = [];"
        "try { out.push(parent.document.title) } catch (error) { out.push('no parent') }"
        "try { out.push(localStorage.length) } catch (error) { out.push('no storage') }"
        "const done = () => document.getElementById('out').textContent = out.join();"
        "fetch('events').then(() => out.push('fetched'), () => out.push('no fetch')).finally(done);"
        "try { top.location = 'about:blank' } catch (error) { out.push('no top') }</script>"
    )
    (forecast / "report.html").write_text(attack)
    with serving(tmp_path) as server:
        browser.get(server.address)
        browser.find_element("link text", "forecast").click()
        browser.switch_to.frame("page")
        told = until(lambda: browser.find_element("id", "out").text)
        browser.switch_to.default_content()
        assert sorted(told.split(",")) == ["no fetch", "no parent", "no storage", "no top"]
        assert browser.current_url.startswith(server.address)


def test_the_list_and_the_frame_load_nothing_from_elsewhere(browser: Any, tmp_path: Path) -> None:
    make_run(tmp_path / "run")
    with serving(tmp_path) as server:
        browser.get_log("performance")
        browser.get(server.address)
        browser.find_element("link text", "run").click()
        until(lambda: text(browser, "state") == "done")
        until(lambda: "drift" in text(browser, "figures") or text(browser, "figures"))
        events = [json.loads(line["message"])["message"] for line in browser.get_log("performance")]
        asked = {e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"}
        assert asked
        assert not {url for url in asked if not url.startswith((server.address, "data:"))}
