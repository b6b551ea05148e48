"""The runs below a folder are found at any depth, once each, whatever links and rights say."""

import os

import pytest

from autophagy.runs.search import RunSearch


def make(folder, *names):
    folder.mkdir(parents=True)
    for name in names or ("spec.toml", "environment.json"):
        (folder / name).write_text("12345")
    return folder


def found(root):
    return {run.folder for run in RunSearch(root).runs}


def test_runs_are_found_at_any_depth_also_inside_another(tmp_path):
    runs = {make(tmp_path / name) for name in ("a", "b/c/d/e", "a/inside")}
    make(tmp_path / "f", "notes.txt")
    assert found(tmp_path) == runs
    assert found(tmp_path / "a") == {tmp_path / "a", tmp_path / "a" / "inside"}


def test_a_settings_file_alone_is_no_run_and_a_run_without_one_is_damaged(tmp_path):
    make(tmp_path / "settings", "spec.toml", "notes.txt")
    run = make(tmp_path / "run", "environment.json", "generations.jsonl")
    assert found(tmp_path) == {run}


def test_hidden_folders_are_passed_over_unless_they_are_named(tmp_path):
    hidden = make(tmp_path / ".hidden" / "run")
    assert found(tmp_path) == set()
    assert found(tmp_path / ".hidden") == {hidden}


def test_a_circle_of_links_ends_and_a_run_is_found_once_under_its_own_name(tmp_path):
    run = make(tmp_path / "z" / "run")
    (tmp_path / "a").symlink_to(tmp_path)
    (tmp_path / "latest").symlink_to(run)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    walk = RunSearch(tmp_path)
    assert [each.folder for each in walk.runs] == [run]
    assert len(walk.unreadable) == 1  # the link that leads nowhere


def test_a_link_leads_to_runs_that_lie_elsewhere(tmp_path):
    make(tmp_path / "elsewhere" / "run")
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "far").symlink_to(tmp_path / "elsewhere")
    assert found(tmp_path / "runs") == {tmp_path / "runs" / "far" / "run"}


def test_the_size_is_that_of_all_files_of_the_run_and_of_no_other(tmp_path):
    run = make(tmp_path / "run")
    (run / "samples").mkdir()
    (run / "samples" / "1.npz").write_bytes(b"x" * 100)
    (run / "link").symlink_to(run / "samples" / "1.npz")
    inside = make(run / "inside")
    sizes = {run.folder: run.size for run in RunSearch(tmp_path).runs}
    assert sizes == {run: 110, inside: 10}


def test_a_shallow_look_follows_no_link_goes_into_no_run_and_has_an_end(tmp_path, monkeypatch):
    runs = {make(tmp_path / name) for name in ("a", "b/c")}
    make(tmp_path / "a" / "inside")
    (tmp_path / "link").symlink_to(make(tmp_path.with_name("elsewhere") / "run").parent)
    assert {run.folder for run in RunSearch(tmp_path, shallow=True).runs} == runs
    monkeypatch.setattr("autophagy.runs.search.MOST", 2)
    assert len(RunSearch(tmp_path, shallow=True).runs) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_told(tmp_path):
    make(tmp_path / "closed").chmod(0)
    run = make(tmp_path / "run")
    walk = RunSearch(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert [each.folder for each in walk.runs] == [run]
    assert len(walk.unreadable) == 1
    assert "closed" in walk.unreadable[0]


def test_a_folder_that_is_gone_is_told(tmp_path):
    walk = RunSearch(tmp_path / "gone")
    assert walk.runs == []
    assert "cannot be read" in walk.unreadable[0]
