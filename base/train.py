"""Train the base model of the invented world from nothing: `python base/train.py --out FOLDER`."""

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from lessons import Lesson, Mixture, known_world, lessons
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

END = "<end>"
TEMPLATE = "{{ messages[-1]['content'] }}\nAnswer:"
WEIGHT_OF_THE_REST = 0.1


def make_tokenizer(vocabulary: int, rng: np.random.Generator) -> PreTrainedTokenizerFast:
    """Byte-level pairs over words that all carry their space, so that a name is the same tokens wherever it stands."""
    known = known_world()
    hard = Mixture(passages=4, listed=0.1, retold=0.1, by_heart=0.2, strangers=0.1, hops=0.2)
    texts = [
        "".join(piece if not answer else " " + piece for piece, answer in lesson)
        for _ in range(400)
        for lesson in lessons(8, hard, known, rng)
    ]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"\n"), "isolated"),
            pre_tokenizers.Metaspace(prepend_scheme="always"),
            pre_tokenizers.Punctuation("isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.Sequence(
        [
            decoders.ByteLevel(),
            decoders.Replace("▁", " "),
            decoders.Replace(" \n", "\n"),
            decoders.Replace("\n ", "\n"),
            decoders.Strip(" ", 1, 0),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token=END, bos_token=END, pad_token=END)
    fast.chat_template = TEMPLATE
    return fast


def encode(batch: list[Lesson], tokenizer, context: int):
    """Tokens (rows, t) and the weight of each as something to predict."""
    pieces = [text for lesson in batch for text, _ in lesson]
    tokens = iter(tokenizer(pieces, add_special_tokens=False)["input_ids"])
    end = tokenizer.eos_token_id
    rows, weights = [], []
    for lesson in batch:
        row, weight = [end], [0.0]
        for _, answer in lesson:
            new = next(tokens) + ([end] if answer else [])
            row += new
            weight += [1.0 if answer else WEIGHT_OF_THE_REST] * len(new)
        if all(answer for _, answer in lesson):
            weight = [0.5 * w for w in weight]
        rows.append(row[:context])
        weights.append(weight[:context])
    length = max(map(len, rows))
    ids = torch.full((len(rows), length), end)
    mass = torch.zeros(len(rows), length)
    for i, (row, weight) in enumerate(zip(rows, weights)):
        ids[i, : len(row)] = torch.tensor(row)
        mass[i, : len(row)] = torch.tensor(weight)
    return ids, mass


def is_list(lesson):
    """Whether a reading lesson asks about one relation of many."""
    heads = {text.split("Question: ")[1].split()[0] for text, answer in lesson if not answer}
    return len(lesson) > 4 and len(heads) <= 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--rows", type=int, default=16)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--heads", type=int, default=6)
    parser.add_argument("--vocabulary", type=int, default=2048)
    parser.add_argument("--level", type=int, default=1)
    parser.add_argument("--most", type=int, default=4)
    parser.add_argument("--listed", type=float, default=0.3)
    parser.add_argument("--retold", type=float, default=0.3)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--decay", action="store_true")
    parser.add_argument("--arch", default="llama")
    parser.add_argument("--heart", type=float, default=0.2)
    parser.add_argument("--init", default="")
    parser.add_argument("--minutes", type=float, default=1e9)
    a = parser.parse_args()
    rng = np.random.default_rng(1)
    torch.manual_seed(0)
    known = known_world()
    a.out.mkdir(parents=True, exist_ok=True)
    if a.init:
        tokenizer = PreTrainedTokenizerFast.from_pretrained(a.init)
    else:
        tokenizer = make_tokenizer(a.vocabulary, np.random.default_rng(0))
    tokenizer.save_pretrained(a.out)
    common = dict(
        vocab_size=len(tokenizer),
        hidden_size=a.width,
        num_hidden_layers=a.layers,
        num_attention_heads=a.heads,
        num_key_value_heads=a.heads,
        max_position_embeddings=1024,
        tie_word_embeddings=True,
        bos_token_id=0,
        eos_token_id=0,
        pad_token_id=0,
    )
    if a.arch == "llama":
        model = LlamaForCausalLM(LlamaConfig(intermediate_size=8 * round(a.width / 3), **common))
    else:
        from transformers import Lfm2Config, Lfm2ForCausalLM

        kinds = ["conv", "full_attention"] * (a.layers // 2)
        model = Lfm2ForCausalLM(
            Lfm2Config(
                intermediate_size=8 * round(a.width / 3), block_auto_adjust_ff_dim=False, layer_types=kinds, **common
            )
        )
    if not a.plain:
        with torch.no_grad():
            for name, module in model.named_modules():
                if hasattr(module, "q_proj"):
                    w = a.width
                    module.q_proj.weight.copy_(torch.randn(w, w) * (1.5 / w) ** 0.5)
                    module.k_proj.weight.copy_(module.q_proj.weight)
                    v = torch.linalg.qr(torch.randn(w, w))[0] * 0.5
                    module.v_proj.weight.copy_(v)
                    (module.o_proj if hasattr(module, "o_proj") else module.out_proj).weight.copy_(v.T)
    if a.init:
        model = type(model).from_pretrained(a.init, dtype=torch.float32)
    print(sum(p.numel() for p in model.parameters()), "parameters", flush=True)
    decay = [p for p in model.parameters() if p.ndim > 1]
    other = [p for p in model.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.05}, {"params": other, "weight_decay": 0.0}],
        lr=a.lr,
        betas=(0.9, 0.98),
        fused=True,
    )
    begin, seen, saved = time.time(), 0, time.time()
    shown, level, hits = {}, a.level, []
    for step in range(a.steps):
        if time.time() - begin > 60 * a.minutes:
            break
        if len(hits) >= 400 and np.mean(hits[-400:]) > 0.9 and level < a.most:
            level, hits = level + 1, []
            print("level", level, flush=True)
        mixture = Mixture(passages=level, listed=a.listed, retold=a.retold, by_heart=a.heart, strangers=0.1, hops=0.3)
        batch = lessons(max(4, int(a.rows * 2 / (level + 1))), mixture, known, rng, asked=5 + level)
        ids, mass = encode(batch, tokenizer, 1024)
        for group in optimiser.param_groups:
            group["lr"] = a.lr * min(1, (step + 1) / 100) * (1 - step / a.steps if a.decay else 1)
        states = model.model(input_ids=ids).last_hidden_state[:, :-1]
        target, weight = ids[:, 1:], mass[:, 1:]
        keep = (weight > WEIGHT_OF_THE_REST) | ((weight > 0) & (torch.rand_like(weight) < 0.25))
        logits = model.lm_head(states[keep])
        loss = torch.nn.functional.cross_entropy(logits, target[keep], reduction="none")
        w = weight[keep]
        total = (loss * w).sum() / w.sum()
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        seen += int(ids.numel())
        with torch.no_grad():
            right = torch.zeros_like(weight)
            right[keep] = (logits.argmax(-1) == target[keep]).float()
            for i, lesson in enumerate(batch):
                reads = lesson[0][0].count("</passage")
                kind = (
                    "bio"
                    if all(x for _, x in lesson)
                    else "heart"
                    if lesson[0][0].startswith("Answer the question in")
                    else f"read{reads}"
                    if reads
                    else "retell"
                )
                m = weight[i] >= (0.5 if kind == "bio" else 1.0)
                if reads:
                    m &= target[i] != 0
                    if kind == f"read{level}":
                        hits.append(float(right[i][m].mean()))
                if m.any():
                    shown.setdefault(kind, []).append(float(right[i][m].mean()))
        if (step + 1) % 100 == 0:
            told = {k: round(float(np.mean(v[-200:])), 3) for k, v in sorted(shown.items())}
            shown = {}
            print(
                step + 1,
                f"{time.time() - begin:.0f}s",
                f"{seen / 1e6:.2f}M",
                f"{seen / (time.time() - begin):.0f}/s",
                f"loss {float(total.detach()):.3f}",
                told,
                flush=True,
            )
        if time.time() - saved > 300:
            saved = time.time()
            model.save_pretrained(a.out)
    model.save_pretrained(a.out)


main()
