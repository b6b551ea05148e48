"""Archives of several files: none is read as a text, and each is told to be unpacked."""

import io
import tarfile
import zipfile

import pytest

from autophagy.core.errors import AutophagyError
from autophagy.data.documents import read_documents
from autophagy.data.load import load
from autophagy.data.stream.sources import sources

TOLD = "left out because archives must be unpacked first: all.tar, all.tar.gz, two.zip"


def tar(mode):
    """A tar archive of two small texts, which has few bytes that are none."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for name in ("a.jsonl", "b.txt"):
            text = b'{"text": "Words of a row."}\n' * 400
            head = tarfile.TarInfo(name)
            head.size = len(text)
            archive.addfile(head, io.BytesIO(text))
    return file.getvalue()


@pytest.fixture
def folder(tmp_path):
    """A folder with archives, and with a text."""
    (tmp_path / "all.tar").write_bytes(tar("w"))
    (tmp_path / "all.tar.gz").write_bytes(tar("w:gz"))
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(name, "Words.")
    (tmp_path / "words.txt").write_text("Thirty days of leave.")
    return tmp_path


def test_below_a_folder_they_are_told(folder):
    found = sources([folder])
    assert [source.name for source in found.sources] == ["words.txt"]
    assert TOLD in found.notes[0]
    assert TOLD in " ".join(read_documents(folder).notes)


@pytest.mark.parametrize("name", ["all.tar", "all.tar.gz", "two.zip"])
def test_alone_they_are_one_sentence(folder, name):
    with pytest.raises(AutophagyError, match="archives must be unpacked first"):
        sources([folder / name])
    with pytest.raises(AutophagyError):
        load(str(folder / name))


def test_under_another_name_a_tar_archive_is_no_text(folder):
    path = (folder / "all.tar.gz").rename(folder / "notes.txt.gz")
    with pytest.raises(AutophagyError):
        load(str(path))
    with pytest.raises(AutophagyError):
        read_documents(path)
