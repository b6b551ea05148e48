"""What every test may use: the real data sets where they are, and one thread for the numeric libraries."""

import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "autophagy", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("autophagy")

DATA = Path(os.environ.get("AUTOPHAGY_DATA", Path(__file__).parents[2] / "shared" / "data"))


@pytest.fixture
def real_data():
    """A function from a file's name to its path, which skips the test where the file is absent."""

    def find(name):
        path = DATA / name
        if not path.exists():
            pytest.skip(f"the data set {name} is not here: set AUTOPHAGY_DATA to the folder that holds it")
        return path

    return find


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """The folder of a Llama of two layers with random weights, and a tokenizer with a chat template."""
    torch = pytest.importorskip("torch", reason="a local model needs torch")
    transformers = pytest.importorskip("transformers", reason="a local model needs transformers")
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    from autophagy.models.pretrained_base import quiet
    from autophagy.world.library import make_library

    plain = Tokenizer(models.BPE())
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=600, special_tokens=["<end>"], initial_alphabet=alphabet, show_progress=False
    )
    plain.train_from_iterator(make_library(8).documents.x.tolist(), trainer)
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=plain, eos_token="<end>", pad_token="<end>")
    tokenizer.chat_template = "{% for m in messages %}{{ m['content'] }}\nAnswer:{% endfor %}"
    config = transformers.LlamaConfig(
        vocab_size=600,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=2048,
        bos_token_id=None,
        eos_token_id=0,
        pad_token_id=0,
    )
    folder = tmp_path_factory.mktemp("tiny-model")
    with torch.random.fork_rng(), quiet():
        torch.manual_seed(0)
        transformers.LlamaForCausalLM(config).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
    return folder
