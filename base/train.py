"""Train the base model of the invented world from nothing: `python base/train.py --out FOLDER`."""

import argparse
import json
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from lessons import Lesson, Mixture, lessons
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import Tensor
from torch.nn import functional
from transformers import Lfm2Config, Lfm2ForCausalLM, PreTrainedTokenizerFast

from autophagy.data.world.dataset import known_world

END = "<end>"
CHAT = "{{ messages[-1]['content'] }}\nAnswer:"
REST = 0.1  # the weight of a token that is no answer, since a quarter of them is looked at
LOOKED_AT = 0.25
SHARP = 1.0  # queries and keys are normed: at 1 no head could pick one token out of hundreds
ENOUGH, WINDOW = 0.9, 300  # of answers right in so many lessons of the hardest kind: then come more passages
EVERY = 100


def make_tokenizer(vocabulary: int, rng: np.random.Generator) -> PreTrainedTokenizerFast:
    """Byte pairs over words that all carry their space, so that a name is the same tokens wherever it stands."""
    known = known_world()
    every = Mixture(passages=4, listed=0.2, drilled=0.5, retold=0.2, by_heart=0.2, strangers=0.1, hops=0.2)
    made = [lesson for _ in range(600) for lesson in lessons(8, every, known, rng)]
    texts = ["".join(f" {text}" if answer else text for text, answer in lesson.pieces) for lesson in made]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"\n"), "isolated"),
            pre_tokenizers.Metaspace(prepend_scheme="always"),
            pre_tokenizers.Punctuation("isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    spaces = [decoders.Replace("▁", " "), decoders.Replace(" \n", "\n"), decoders.Replace("\n ", "\n")]
    tokenizer.decoder = decoders.Sequence([decoders.ByteLevel(), *spaces, decoders.Strip(" ", 1, 0)])
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, special_tokens=[END], initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token=END, bos_token=END, pad_token=END)
    fast.chat_template = CHAT
    return fast


def make_model(settings: dict[str, Any], tokens: int) -> Lfm2ForCausalLM:
    """Short convolutions and attention in turn; attention begins by matching like with like and copying it.

    Ref: Trockman and Kolter 2023 (mimetic initialisation).
    """
    width, layers, heads = (settings[name] for name in ("width", "layers", "heads"))
    config = Lfm2Config(
        vocab_size=tokens,
        hidden_size=width,
        intermediate_size=8 * round(width / 3),
        block_auto_adjust_ff_dim=False,
        num_hidden_layers=layers,
        layer_types=["conv", "full_attention"] * (layers // 2),
        num_attention_heads=heads,
        num_key_value_heads=heads,
        max_position_embeddings=settings["context"],
        tie_word_embeddings=True,
        bos_token_id=0,
        eos_token_id=0,
        pad_token_id=0,
    )
    model = Lfm2ForCausalLM(config)
    with torch.no_grad():
        for module in model.modules():
            if hasattr(module, "q_layernorm"):
                for norm in (module.q_layernorm, module.k_layernorm):
                    norm.weight.fill_(SHARP)
                module.q_proj.weight.normal_(std=(1.5 / width) ** 0.5)
                module.k_proj.weight.copy_(module.q_proj.weight)
                values = torch.linalg.qr(torch.randn(width, width))[0] / 2
                module.v_proj.weight.copy_(values)
                module.out_proj.weight.copy_(values.T)
    return model


def encode(batch: Sequence[Lesson], tokenizer: PreTrainedTokenizerFast, context: int) -> tuple[Tensor, Tensor]:
    """Tokens (rows, t), and how much each counts as something to predict."""
    tokens = iter(tokenizer([t for lesson in batch for t, _ in lesson.pieces], add_special_tokens=False)["input_ids"])
    end = tokenizer.eos_token_id
    rows, weights = [], []
    for lesson in batch:
        row, weight = [end], [0.0]
        for _, answer in lesson.pieces:
            new = next(tokens) + [end] * answer
            row += new
            weight += [(0.5 if lesson.kind == "biography" else 1.0) if answer else REST] * len(new)
        rows.append(torch.tensor(row[:context]))
        weights.append(torch.tensor(weight[:context]))
    pad = torch.nn.utils.rnn.pad_sequence
    return pad(rows, batch_first=True, padding_value=end), pad(weights, batch_first=True)


class Log:
    """What share of answer tokens was right, by kind of lesson, and how fast it went."""

    def __init__(self, path: Path) -> None:
        self._path, self._begun, self.tokens, self.steps = path, time.time(), 0, 0
        self._right: dict[str, list[float]] = defaultdict(list)

    def add(self, kind: str, right: float) -> None:
        """Count one lesson."""
        self._right[kind].append(right)

    def step(self, tokens: int, level: int, loss: float) -> None:
        """Count a step; write a line now and then."""
        self.tokens, self.steps = self.tokens + tokens, self.steps + 1
        if self.steps % EVERY:
            return
        right = {kind: round(float(np.mean(v)), 3) for kind, v in sorted(self._right.items())}
        spent = round(time.time() - self._begun)
        line = {"step": self.steps, "tokens": self.tokens, "seconds": spent, "level": level, "loss": round(loss, 3)}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({**line, "right": right}) + "\n")
        self._right.clear()


def batches(stage: dict[str, Any], seed: int) -> Iterator[tuple[list[Lesson], "Ladder"]]:
    """The lessons of each step of a stage; the ladder says how many passages they have at most."""
    rng, known = np.random.default_rng(seed), known_world()
    ladder = Ladder(stage["passages"], stage["most_passages"])
    shares = {name: stage[name] for name in ("listed", "drilled", "retold", "by_heart", "strangers", "hops")}
    for _ in range(stage["steps"]):
        rows = max(4, 2 * stage["rows"] // (ladder.level + 1))
        yield lessons(rows, Mixture(passages=ladder.level, **shares), known, rng, asked=5 + ladder.level), ladder


class Ladder:
    """How many passages a lesson may have: one more whenever the hardest are answered well enough."""

    def __init__(self, level: int, most: int) -> None:
        self.level, self._most = level, most
        self._right: list[float] = []

    def add(self, kind: str, right: float) -> None:
        """Count a lesson, if it is of the hardest kind."""
        if kind == f"read{self.level}":
            self._right.append(right)
        if len(self._right) >= WINDOW and np.mean(self._right[-WINDOW:]) > ENOUGH and self.level < self._most:
            self.level, self._right = self.level + 1, []


def train(
    model: Lfm2ForCausalLM, tokenizer: PreTrainedTokenizerFast, stage: dict[str, Any], seed: int, log: Log
) -> None:
    """One stage: AdamW, with a warm-up and, where `decay` says so, a linear decay to zero."""
    torch.manual_seed(seed)
    wide = [weight for weight in model.parameters() if weight.ndim > 1]
    rest = [weight for weight in model.parameters() if weight.ndim <= 1]
    groups = [{"params": wide, "weight_decay": 0.05}, {"params": rest, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=stage["learning_rate"], betas=(0.9, 0.98), fused=True)
    for step, (batch, ladder) in enumerate(batches(stage, seed)):
        tokens, weights = encode(batch, tokenizer, model.config.max_position_embeddings)
        for group in optimiser.param_groups:
            decay = 1 - step / stage["steps"] if stage["decay"] else 1.0
            group["lr"] = stage["learning_rate"] * min(1, (step + 1) / 100) * decay
        states = model.model(input_ids=tokens).last_hidden_state[:, :-1]
        target, weight = tokens[:, 1:], weights[:, 1:]
        keep = (weight > REST) | ((weight > 0) & (torch.rand_like(weight) < LOOKED_AT))
        scores = model.lm_head(states[keep])
        losses = functional.cross_entropy(scores, target[keep], reduction="none")
        loss = (losses * weight[keep]).sum() / weight[keep].sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        right = torch.zeros_like(weight)
        right[keep] = (scores.detach().argmax(-1) == target[keep]).float()
        for i, lesson in enumerate(batch):
            answers = (weight[i] > REST) & (target[i] != tokenizer.eos_token_id)
            share = float(right[i][answers].mean())
            log.add(lesson.kind, share)
            ladder.add(lesson.kind, share)
        log.step(tokens.numel(), ladder.level, float(loss.detach()))
        if step % (3 * EVERY) == 3 * EVERY - 1:
            model.save_pretrained(log._path.parent)


def main() -> None:
    """Make the tokenizer and the model, or take up those of a folder, and go through the stages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the folder of the trained model")
    parser.add_argument("--settings", type=Path, default=Path(__file__).with_name("settings.toml"))
    parser.add_argument("--start", type=Path, help="a trained model to go on from")
    parser.add_argument("--stage", type=int, action="append", help="only these stages, counted from 1")
    words = parser.parse_args()
    settings = tomllib.loads(words.settings.read_text(encoding="utf-8"))
    words.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    if words.start:
        tokenizer = PreTrainedTokenizerFast.from_pretrained(words.start)
        model = Lfm2ForCausalLM.from_pretrained(words.start, dtype=torch.float32)
    else:
        tokenizer = make_tokenizer(settings["model"]["vocabulary"], np.random.default_rng(0))
        model = make_model(settings["model"], len(tokenizer))
    tokenizer.save_pretrained(words.out)
    log = Log(words.out / "training.jsonl")
    for number, stage in enumerate(settings["stage"], 1):
        if not words.stage or number in words.stage:
            train(model, tokenizer, stage, number, log)
    model.half().save_pretrained(words.out)  # 16 bits are enough, and half of what is shipped


if __name__ == "__main__":
    main()
