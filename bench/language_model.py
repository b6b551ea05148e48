"""Our training against transformers.Trainer, our sampling against model.generate: real tokens a second, and the ratio.

    python bench/language_model.py [--pairs 5] [--rows 8] [--passages 128] [--seeds 2] [--threads 1]

One process, the same network, the same passages (the Python language reference), the same number of rows in a batch,
both libraries with their defaults, in turn. A token is real where it is no padding: it belongs to a passage or ends it.
Seconds are those of the processor; each figure is the median over the pairs, with the smallest and the largest.
"""

import argparse
import os
import re
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from pydoc_data.topics import topics

import numpy as np
import torch
import transformers

from autophagy.core.samples import Samples
from autophagy.models.neural import training
from autophagy.models.transformer import decoding
from autophagy.models.transformer.model import FittedTransformer, Transformer
from autophagy.models.transformer.tokenizer import encode

WORDS = 100
STEPS = 12


def passages() -> Samples:
    pieces = [re.findall(r"\s*\S+", text) for text in topics.values()]
    return Samples.of(["".join(words[i : i + WORDS]) for words in pieces for i in range(0, len(words), WORDS)])


def clock() -> float:
    if torch.cuda.is_available():
        torch.cuda.synchronize()
        return time.perf_counter()
    return time.process_time()


def our_training(model: Transformer, train: Samples, seeds: int, rows: int) -> float:
    """Tokens a second of the descent, the packing included; the texts are read before, as on the other side."""
    tokens = STEPS * rows * model.context
    model = replace(model, batch=rows, budget=tokens, epochs=100)
    every = Samples.concat([train] * seeds)
    plain, spent = training.train, []

    def descend(*given, **more):
        begin = clock()
        weights = plain(*given, **more)
        spent.append(clock() - begin)
        return weights

    training.train = descend
    model.fit(every, np.random.default_rng(0), runs=seeds)
    training.train = plain
    return seeds * tokens / sum(spent)


def their_training(fitted: FittedTransformer, train: Samples, rows: int, folder: Path) -> float:
    """Tokens a second of Trainer with its defaults and its collator for causal models, tokenised before."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder, pad_token="<|end|>")
    encoded = encode(fitted.prepared.tokenizer, train.x)
    parts = [part.tokens[: fitted.settings.context] for part in encoded.split(len(encoded))]
    counted = []

    class Collator(transformers.DataCollatorForLanguageModeling):
        def __call__(self, features, return_tensors=None):
            counted.append(sum(len(row["input_ids"]) for row in features))
            return super().__call__(features, return_tensors)

    trainer = transformers.Trainer(
        model=transformers.LlamaForCausalLM(fitted.network.config()),
        args=transformers.TrainingArguments(
            output_dir=str(folder / "trainer"),
            per_device_train_batch_size=rows,
            max_steps=STEPS,
            save_strategy="no",
            report_to="none",
            disable_tqdm=True,
            logging_strategy="no",
        ),
        data_collator=Collator(tokenizer, mlm=False),
        train_dataset=[{"input_ids": part.tolist()} for part in parts],
    )
    begin = clock()
    trainer.train()
    return sum(counted[:STEPS]) / (clock() - begin)


def our_sampling(fitted: FittedTransformer, seeds: int, n: int) -> float:
    weights = {key: weight[:1].expand(seeds, *weight.shape[1:]).contiguous() for key, weight in fitted.weights.items()}
    fitted = replace(fitted, weights=weights)
    counted = []
    plain = decoding.draw

    def draw(*given, **more):
        counted.append(real_tokens(made := plain(*given, **more)))
        return made

    decoding.draw = draw
    begin = clock()
    fitted.sample(n, np.random.default_rng(1))
    spent = clock() - begin
    decoding.draw = plain
    return sum(counted) / spent


def their_sampling(model, fitted: FittedTransformer, n: int) -> float:
    starts = torch.zeros((n, 1), dtype=torch.long, device=model.device)
    begin = clock()
    made = model.generate(starts, attention_mask=torch.ones_like(starts))
    text = transformers.PreTrainedTokenizerFast(tokenizer_object=fitted.prepared.tokenizer)
    text.batch_decode(made, skip_special_tokens=True)
    return real_tokens(made[:, 1:]) / (clock() - begin)


def real_tokens(made: torch.Tensor) -> int:
    """The tokens of each row up to its first end token, that one counted."""
    made = made.flatten(0, -2)
    ended = made == 0
    first = torch.where(ended.any(1), ended.int().argmax(1) + 1, made.shape[1])
    return int(first.sum())


def report(name: str, pairs: list[tuple[float, float]]) -> None:
    ratios = [ours / theirs for ours, theirs in pairs]
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"{name}: {ours:,.0f} / {theirs:,.0f} tokens/s, {statistics.median(ratios):.2f} times as fast "
        f"[{min(ratios):.2f}, {max(ratios):.2f}], {len(pairs)} pairs",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--rows", type=int, default=8, help="rows in a training batch; 8 is Trainer's default")
    parser.add_argument("--passages", type=int, default=128, help="passages sampled at once")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    transformers.logging.set_verbosity_error()
    train = passages()
    model = Transformer().prepare(train, np.random.default_rng(0))
    fitted = model.fit(train, np.random.default_rng(0))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fitted.save(folder)
        theirs = transformers.AutoModelForCausalLM.from_pretrained(folder).to(training.device()).eval()
        size = sum(weight.numel() for weight in theirs.parameters())
        print(f"{size:,} parameters, {given.threads} threads, {training.device().type}")
        for seeds in sorted({1, given.seeds}):
            pairs = [
                (our_training(model, train, seeds, given.rows), their_training(fitted, train, given.rows, folder))
                for _ in range(given.pairs)
            ]
            report(f"training, {seeds} seeds, batches of {given.rows} rows", pairs)
            decoding.ROWS = dict.fromkeys(decoding.ROWS, given.passages * seeds)
            pairs = [
                (our_sampling(fitted, seeds, given.passages), their_sampling(theirs, fitted, given.passages))
                for _ in range(given.pairs)
            ]
            report(f"sampling, {seeds} seeds, {given.passages} passages at once", pairs)


if __name__ == "__main__":
    main()
