"""Where a file cannot be written, the sentence says what helps: room, or another folder."""

import errno
import os
from pathlib import Path

import pytest

from autophagy.cli.main import main
from autophagy.core.files import unwritable


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_folder_that_is_closed_is_not_said_to_be_full(number):
    told = str(unwritable(Path("runs/a"), OSError(number, os.strerror(number))))
    assert told == f"runs/a cannot be written ({os.strerror(number)}): choose a folder that you may write to."
    assert "free space" in str(unwritable(Path("runs/a"), OSError(errno.ENOSPC, "No space left on device")))


def test_a_folder_that_is_closed_to_its_reader_is_told_by_its_own_name(tmp_path, monkeypatch, capsys):
    closed = tmp_path / "closed"
    closed.mkdir()
    is_file, access = Path.is_file, os.access

    def refused(path, **how):
        if path.parent == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return is_file(path, **how)

    monkeypatch.setattr(Path, "is_file", refused)
    monkeypatch.setattr("os.access", lambda path, mode, **how: Path(path) != closed and access(path, mode, **how))
    assert main(["audit", str(closed)]) == 2
    assert f"autophagy: {closed} cannot be read or written (Permission denied)" in capsys.readouterr().err
