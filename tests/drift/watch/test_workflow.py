"""The CI job of docs/drift.md: its YAML is read, and its steps are run in a clean folder, day after day."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autophagy.cli.main import main
from autophagy.core.files import read_lines
from provider import served

yaml = pytest.importorskip("yaml")
pytest.importorskip("aiohttp", reason="a served model needs aiohttp")

ROOT = Path(__file__).parents[3]
ALWAYS = "always()"


@pytest.fixture(scope="module")
def job():
    """The one job of the workflow that the guide shows."""
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "docs/drift.md").read_text(encoding="utf-8"), re.M | re.S)
    workflow = yaml.safe_load(text)
    assert workflow[True] == {"schedule": [{"cron": "0 6 * * *"}]}  # YAML 1.1 calls the key `on` true, as GitHub knows
    (job,) = workflow["jobs"].values()
    return job


class Runner:
    """Runs the steps of a job as GitHub does: a shell each, those behind a failure only where they always run.

    `pip` is a stand-in that notes what it should install, and `autophagy` the one under test.
    """

    def __init__(self, home):
        self.home, self.cache, self.installed = home, {}, home / "installed"
        tools = home / "tools"
        tools.mkdir()
        for name, line in (
            ("pip", f'echo "$@" >> {self.installed}'),
            ("autophagy", f'exec {sys.executable} -m autophagy "$@"'),
        ):
            (tools / name).write_text(f"#!/bin/sh\n{line}\n")
            (tools / name).chmod(0o755)
        path = os.pathsep.join([str(tools), os.environ["PATH"]])
        self.env = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src")}

    def run(self, job, day):
        """What each step came to, in a workspace of its own."""
        space, failed, told = self.home / f"job-{day}", False, []
        space.mkdir()
        for step in job["steps"]:
            if failed and step.get("if") != ALWAYS:
                continue
            done = self._step(step, space, day)
            failed |= bool(done and done.returncode)
            told += [done] if done else []
        return failed, told, space

    def _step(self, step, space, day):
        if "run" in step:
            env = {**self.env, **dict.fromkeys(step.get("env", {}), "none")}
            return subprocess.run(
                ["bash", "-e", "-c", step["run"]], cwd=space, env=env, capture_output=True, text=True, check=False
            )
        action, given = step["uses"].partition("@")[0], step.get("with", {})
        if action == "actions/checkout":
            shutil.copytree(self.home / "baseline", space / "baseline")
        elif action == "actions/cache/restore":
            known = [key for key in self.cache if key.startswith(given["restore-keys"])]
            if known:
                shutil.copy(self.cache[known[-1]], space / given["path"])
        elif action == "actions/cache/save":
            key = given["key"].replace("${{ github.run_id }}", str(day))
            assert key not in self.cache, "a cache is never written twice"
            self.cache[key] = shutil.copy(space / given["path"], self.home / f"cached-{day}")
        elif action == "actions/upload-artifact":
            assert (space / given["path"]).is_file()
        else:
            assert action == "actions/setup-python"
        return None


def test_an_unchanged_model_passes_and_a_changed_one_fails_the_job_and_is_kept(job, tmp_path):
    pytest.importorskip("matplotlib")
    said, runner = {"text": "[Yes]"}, Runner(tmp_path)
    with served(lambda handler, request, count: handler.say(said["text"])) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        words = ["--suite", "primes", "--prompts", "40", "--model", "fake", "--base-url", address]
        assert main(["drift", "record", *words, "--out", str(tmp_path / "baseline"), "--quiet"]) == 0
        failed, told, _ = runner.run(job, 1)
        assert not failed, told[-1].stderr
        said["text"] = "I would say that it is not easy to tell."
        failed, told, space = runner.run(job, 2)
    assert failed
    assert told[-1].returncode == 1, told[-1].stderr
    assert "the model changed" in told[-1].stderr
    assert list(runner.cache) == ["looks-1", "looks-2"]
    assert len(read_lines(runner.cache["looks-2"])) == 2, "the alarm is a look too, beside the one of the day before"
    assert "does not answer as it was recorded" in (space / "looks.html").read_text()
    assert runner.installed.read_text().split() == ["install", "autophagy[context,report]"] * 2


def test_what_the_job_installs_exists(job):
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (wanted,) = [step["run"] for step in job["steps"] if step.get("run", "").startswith("pip")]
    name, extras = re.fullmatch(r'pip install "(\w+)\[([\w,]+)\]"', wanted).groups()
    assert name == project["name"]
    assert set(extras.split(",")) <= project["optional-dependencies"].keys()
