"""LoRA on a pretrained model: our training against `peft` with Trainer; real tokens a second, and the ratio.

    python bench/tuning.py [--base smollm2] [--pairs 3] [--passages 48] [--rows 8]

One process, one thread, in turn: the same base, the same adapters (rank 8 on every linear layer), the same passages
(paragraphs of the Python language reference), one epoch, batches of as many rows. Two comparisons: the passages as they
are, which Trainer's collator pads to the longest of a batch and we pack, and blocks of equal length, where nothing is
padded on either side. A token is real where it is no padding. Seconds are those of the processor.
"""

import argparse
import os
import statistics
import tempfile
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

from pydoc_data.topics import topics

import torch
import transformers

from autophagy.models.pretrained.adapter import adapted, adapters, begin
from autophagy.models.pretrained.base import find_base
from autophagy.models.pretrained.tune import pack, tune

CONTEXT, RANK, ALPHA, RATE = 128, 8, 16.0, 2e-4


def passages(base, count):
    """Paragraphs as tokens (n,), none longer than a block."""
    texts = [text.strip() for topic in topics.values() for text in topic.split("\n\n") if len(text.split()) >= 8]
    return [row[: CONTEXT - 1] for row in base.encode(texts[:: len(texts) // count][:count])]


def wrapped(base):
    """The base with adapters that learn."""
    module = adapted(base, RANK, ALPHA, {})
    begin(module, torch.Generator().manual_seed(0))
    for _, weight in adapters(module):
        weight.requires_grad_(True)
    return module


def ours(base, rows, batch):
    module = wrapped(base)
    start = time.process_time()
    tune(base, module, rows, torch.Generator().manual_seed(0), 1, RATE, batch, CONTEXT)
    return sum(len(row) + 1 for row in rows) / (time.process_time() - start)


def theirs(base, rows, batch):
    """Tokens a second of Trainer with its defaults and a collator that pads to the longest row of a batch."""
    module = wrapped(base)

    def collate(features):
        longest = max(len(row["input_ids"]) for row in features)
        ids, labels, seen = [], [], []
        for row in features:
            free = longest - len(row["input_ids"])
            ids.append(row["input_ids"] + [base.end] * free)
            labels.append(row["input_ids"] + [-100] * free)
            seen.append([1] * len(row["input_ids"]) + [0] * free)
        named = {"input_ids": ids, "labels": labels, "attention_mask": seen}
        return {name: torch.tensor(values) for name, values in named.items()}

    with tempfile.TemporaryDirectory() as folder:
        trainer = transformers.Trainer(
            model=module,
            args=transformers.TrainingArguments(
                output_dir=folder,
                per_device_train_batch_size=batch,
                num_train_epochs=1,
                learning_rate=RATE,
                save_strategy="no",
                report_to="none",
                disable_tqdm=True,
                logging_strategy="no",
                dataloader_pin_memory=False,
            ),
            data_collator=collate,
            train_dataset=[{"input_ids": list(row)} for row in rows],
        )
        trainer.remove_callback(transformers.trainer_callback.PrinterCallback)
        start = time.process_time()
        trainer.train()
        return sum(map(len, rows)) / (time.process_time() - start)


def report(name, pairs):
    ratios = sorted(mine / peer for mine, peer in pairs)
    mine, peer = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"{name}: ours {mine:,.0f}, Trainer {peer:,.0f} tokens/s, {statistics.median(ratios):.2f} times as fast "
        f"[{ratios[0]:.2f}, {ratios[-1]:.2f}], {len(pairs)} pairs",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="smollm2")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--passages", type=int, default=48)
    parser.add_argument("--rows", type=int, default=8)
    given = parser.parse_args()
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    base = find_base(given.base, "lora")
    rows = passages(base, given.passages)
    lengths = sorted(map(len, rows))
    print(f"{len(rows)} passages of {lengths[0]} to {lengths[-1]} tokens, median {lengths[len(rows) // 2]}")
    as_they_are = [[*row, base.end] for row in rows]
    report(
        "passages as they are",
        [(ours(base, rows, given.rows), theirs(base, as_they_are, given.rows)) for _ in range(given.pairs)],
    )
    blocks = [row[:CONTEXT] for row in pack(base, rows, CONTEXT).tolist()[:-1]]
    whole = [block[:-1] for block in blocks]  # with its end token each fills a block of ours
    report(
        "blocks of equal length",
        [(ours(base, whole, given.rows), theirs(base, blocks, given.rows)) for _ in range(given.pairs)],
    )


if __name__ == "__main__":
    main()
