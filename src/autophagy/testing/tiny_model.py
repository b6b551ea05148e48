"""A tiny language model with random weights: it writes noise, but is made, fine-tuned and asked in a moment."""

import atexit
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ..core.errors import need
from ..data.world.dataset import make_dataset

END = "<end>"
CHAT = "{% for m in messages %}{{ m['content'] }}\nAnswer:{% endfor %}"


@cache
def tiny_model() -> Path:
    """The folder of a two-layer Llama whose tokenizer has learnt the invented world; it is removed at exit."""
    # eight people: few texts, from which 600 tokens can still be learnt
    tokenizer = make_tokenizer(make_dataset(8).corpus.documents.x.tolist(), 600, CHAT)
    folder = Path(tempfile.mkdtemp(prefix="autophagy-tiny-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    network = make_network(len(tokenizer))
    # random weights never come to an end by themselves, so every token ends an answer: it is one token long
    network.generation_config.eos_token_id = list(range(len(tokenizer)))
    return save(folder, network, tokenizer)


def make_tokenizer(
    texts: Iterable[str], vocabulary: int, chat: str | None = None, special: tuple[str, ...] = ()
) -> Any:
    """A byte-level tokenizer learnt from the texts, in the form of transformers; `chat` is its template.

    Its special tokens are the end, which is token 0, and after it those of `special`.
    """
    need("tokenizers", "a tokenizer")
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    plain = Tokenizer(models.BPE())
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[END, *special],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    plain.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(tokenizer_object=plain, eos_token=END, chat_template=chat)


def make_network(
    vocabulary: int,
    kind: Literal["llama", "gpt2"] = "llama",
    *,
    positions: int = 2048,
    spread: float = 0.02,
    seed: int = 0,
) -> Any:
    """A Llama, or a GPT-2 with tied embeddings, of two layers; `spread` is the standard deviation of its weights.

    The global random numbers of torch are left as they are.
    """
    torch = need("torch", "a model")
    need("transformers", "a model")
    from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

    facts: dict[str, Any] = {"vocab_size": vocabulary, "initializer_range": spread}
    ends: dict[str, Any] = {"bos_token_id": None, "eos_token_id": 0}
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        if kind == "gpt2":
            return GPT2LMHeadModel(GPT2Config(n_embd=32, n_layer=2, n_head=2, n_positions=positions, **facts, **ends))
        return LlamaForCausalLM(
            LlamaConfig(
                hidden_size=32,
                intermediate_size=64,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=positions,
                **facts,
                **ends,
            )
        )


def save(folder: Path, network: Any, tokenizer: Any) -> Path:
    """Write a network with its tokenizer into a folder, as transformers reads them; returns the folder."""
    from ..models.pretrained.reading import quiet

    with quiet():
        network.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
    return folder
