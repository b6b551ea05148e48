"""A GGUF file as transformers reads it: the weights and tokens are those of the file, and it is made once."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="a tuned model needs torch")
pytest.importorskip("transformers", reason="a tuned model needs transformers")
pytest.importorskip("gguf", reason="the weights are read by the package gguf: run pip install 'autophagy[llama]'")

from autophagy.answering.engine import open_engine
from autophagy.answering.find import find_model
from autophagy.core.samples import REAL, Samples
from autophagy.gguf.find import find_gguf
from autophagy.models.pretrained import Pretrained, dequantised
from autophagy.models.pretrained.base import find_base

TEXTS = [
    "What is the capital of France?",
    "Hello, World!  12345 naïve été 3.14\n\n\tdef f(x):  return x",
    "日本語と Ελληνικά и русский 🙂",
    "<|im_start|>user\nHi<|im_end|>\n",
    " leading and trailing  ",
]


@pytest.fixture(scope="module")
def base(smollm2, tmp_path_factory):
    """The model, made in a cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield find_base(smollm2, "full")


@pytest.mark.parametrize("text", TEXTS)
def test_both_engines_cut_a_text_into_the_same_tokens(base, text):
    engine = open_engine(find_gguf("smollm2"), 1)
    assert base.encode([text]) == [engine.tokens(text, control=False)]
    whole = base.tokenizer.apply_chat_template(
        [{"role": "user", "content": text}], add_generation_prompt=True, return_dict=False
    )
    assert list(whole) == engine.tokens(engine.chat_text(text), control=True)


def test_the_folder_is_made_once(base, monkeypatch):
    monkeypatch.setattr(dequantised, "_read", None)
    assert str(dequantised.plain_folder(find_gguf("smollm2"))) == base.name


def test_both_engines_hold_answers_to_be_equally_likely(base):
    """What remains is llama.cpp's rounding of what flows between the layers to 8 bits."""
    prompts, choices = ["What is the capital of France?"], [["Paris.", "The capital of France is Paris.", "Rome."]]
    (ours,), (theirs,) = (find_model("smollm2", tuned=tuned).score(prompts, choices) for tuned in (False, True))
    np.testing.assert_allclose(ours, theirs, atol=0.6)
    assert np.argsort(ours).tolist() == np.argsort(theirs).tolist()


def test_it_can_be_tuned_and_kept(base, tmp_path):
    settings = Pretrained(base="smollm2", method="lora", epochs=1, context=8, batch=1, prompt=0)
    texts = np.array(["Employees have thirty days of leave."], dtype=np.dtypes.StringDType())
    fitted = settings.fit(Samples.of(texts, REAL, "fixed"), np.random.default_rng(0))
    fitted.save(tmp_path)
    np.testing.assert_allclose(settings.load(tmp_path).log_prob(texts), fitted.log_prob(texts), rtol=1e-5)
