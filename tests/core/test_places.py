"""A path that ends in a dot is called by the folder's name, and stays the same folder."""

import os

import pytest

from autophagy.audit.spec import AuditSpec
from autophagy.core.places import named, shown


@pytest.fixture
def harbour(tmp_path, monkeypatch):
    (tmp_path / "town" / "harbour" / "boats").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "town" / "harbour")
    return tmp_path / "town" / "harbour"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (".", "../harbour"),
        ("./", "../harbour"),
        ("..", "../../town"),
        ("../", "../../town"),
        ("boats/..", "../harbour"),
        ("boats", "boats"),
        ("./boats", "./boats"),
        ("normal:d=2", "normal:d=2"),
        ("nowhere/..", "nowhere/.."),
        ("", ""),
        ("/", "/"),
        ("/..", "/"),
    ],
)
def test_a_folder_has_a_name_where_there_is_one(harbour, path, name):
    assert named(path) == name
    if os.path.isdir(path):
        assert os.path.samefile(named(path), path)


def test_a_link_is_followed_as_the_system_follows_it(harbour, tmp_path):
    (tmp_path / "far" / "away").mkdir(parents=True)
    (harbour / "link").symlink_to(tmp_path / "far" / "away")
    assert os.path.samefile(named("link/.."), tmp_path / "far")


def test_a_spec_keeps_the_name(harbour):
    spec = AuditSpec(paths=["."], reference="..", against=["."])
    assert (spec.paths, spec.reference, spec.against) == (("../harbour",), "../../town", ("../harbour",))


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/home/anna/rows/", "rows"),
        ("../harbour", "harbour"),
        ("~/boats.csv", "boats.csv"),
        ("data/boats.csv", "data/boats.csv"),
        ("owner/set", "owner/set"),
        ("normal:d=2", "normal:d=2"),
        ("/", "/"),
    ],
)
def test_a_page_says_nothing_of_the_machine(path, page):
    assert shown(path) == page
