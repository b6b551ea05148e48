"""The folder of a program: counted in bytes and names, and gone afterwards whatever is in it."""

import math
import os

import pytest

from autophagy.tools.sandbox.folder import remove, size, temporary


def deep(folder, depth):
    here = os.getcwd()
    try:
        os.chdir(folder)
        for _ in range(depth):
            os.mkdir("d" * 60)
            os.chdir("d" * 60)
        with open("end", "w") as file:
            file.write("x")
    finally:
        os.chdir(here)


@pytest.mark.slow
def test_a_folder_deeper_than_python_recurses_goes(tmp_path):
    folder = tmp_path / "f"
    folder.mkdir()
    deep(folder, 1100)  # and longer than a path may be
    assert size(str(folder), 1 << 30) == math.inf, "what cannot be counted is too much"
    remove(str(folder))
    assert os.listdir(tmp_path) == []


def test_a_link_goes_and_what_it_leads_to_stays(tmp_path):
    (tmp_path / "treasure").mkdir()
    (tmp_path / "treasure" / "gold").write_text("gold")
    with temporary() as folder:
        os.symlink(tmp_path / "treasure", os.path.join(folder, "link"))
        os.mkdir(os.path.join(folder, "closed"))
        os.symlink(tmp_path / "treasure" / "gold", os.path.join(folder, "closed", "link"))
        os.mkfifo(os.path.join(folder, "pipe"))
        os.chmod(os.path.join(folder, "closed"), 0)
    assert not os.path.exists(folder)
    assert (tmp_path / "treasure" / "gold").read_text() == "gold"


def test_bytes_and_names_are_counted_until_they_are_too_many(tmp_path):
    assert size(str(tmp_path), 1 << 30) == 0
    (tmp_path / "a").write_bytes(b"x" * 100_000)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c").touch()
    total = size(str(tmp_path), 1 << 30)
    assert total >= 100_000 + 3 * 4096
    assert total < 200_000
    assert size(str(tmp_path / "gone"), 1 << 30) == 0
