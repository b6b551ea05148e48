"""The formats of rows as TRL's trainers read them: pairs by DPO, chat and alpaca by SFT.

Run: pip install trl, in an environment of its own, and there: pytest tests/generate/test_trl.py
"""

import json

import pytest

pytest.importorskip("trl", reason="the formats are read by TRL where it is installed: pip install trl")
pytest.importorskip("datasets", reason="pip install datasets")

from autophagy import GenerateSpec, run
from autophagy.testing.tiny_model import CHAT, make_network, make_tokenizer, save
from writer import Answerer

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")  # TRL's own
SEEDS = [{"instruction": f"Name river {n} of Europe.", "output": "Rhine."} for n in range(6)]


@pytest.fixture
def made(tmp_path, monkeypatch):
    """The file of rows in a format, made by the verb, as datasets loads it."""
    import datasets

    def make(format):
        (tmp_path / "seeds.jsonl").write_text("\n".join(map(json.dumps, SEEDS)), encoding="utf-8")
        monkeypatch.setattr("autophagy.generate.writer.find_model", lambda *_, **__: Answerer())
        spec = GenerateSpec(seeds=str(tmp_path / "seeds.jsonl"), model="writer", rows=24, answers=4, format=format)
        run(spec, tmp_path / format)
        path = str(tmp_path / format / "rows.jsonl")
        return datasets.load_dataset("json", data_files=path, split="train", cache_dir=str(tmp_path / "cache"))

    return make


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    texts = [f"Name river {n} of Europe. The answer is 7." for n in range(50)]
    tokenizer = make_tokenizer(texts, 400, CHAT, ("<pad>",))
    tokenizer.pad_token = "<pad>"
    network, folder = make_network(len(tokenizer)), tmp_path_factory.mktemp("tiny")
    save(folder, network, tokenizer)  # DPO reads its reference model from there
    network.config._name_or_path = network.name_or_path = str(folder)
    return network, tokenizer


def settings(kind, folder, **more):
    return kind(output_dir=str(folder), report_to=[], max_steps=1, per_device_train_batch_size=2, use_cpu=True,
                bf16=False, save_strategy="no", **more)  # fmt: skip


def test_dpo_prepares_and_learns_the_pairs(made, parts, tmp_path):
    from trl import DPOConfig, DPOTrainer

    rows = made("pairs")
    network, tokenizer = parts
    trainer = DPOTrainer(model=network, args=settings(DPOConfig, tmp_path / "dpo", max_length=None),
                         train_dataset=rows, processing_class=tokenizer)  # fmt: skip
    ready = trainer.train_dataset
    assert len(ready) == len(rows) > 3
    for row, line in zip(ready, rows, strict=True):
        assert tokenizer.decode(row["prompt_ids"]) == line["prompt"]
        for side in ("chosen", "rejected"):
            assert tokenizer.decode(row[f"{side}_ids"]).removesuffix(tokenizer.eos_token) == line[side]
    assert trainer.train().training_loss > 0


def test_sft_reads_chat_and_alpaca(made, parts, tmp_path):
    from trl import SFTConfig, SFTTrainer

    network, tokenizer = parts

    def learnt(rows, name):
        args = settings(SFTConfig, tmp_path / name, max_length=None)
        trainer = SFTTrainer(model=network, args=args, train_dataset=rows, processing_class=tokenizer)
        assert trainer.train().training_loss > 0
        return [tokenizer.decode(row["input_ids"]) for row in trainer.train_dataset]

    chat = made("chat")
    for text, line in zip(learnt(chat, "chat"), chat, strict=True):
        asked, answered = (message["content"] for message in line["messages"])
        assert text.index(asked) < text.index(answered)
    alpaca = made("alpaca")
    pairs = alpaca.map(
        lambda row: {"prompt": f"{row['instruction']}\n{row['input']}\n", "completion": row["output"]},
        remove_columns=alpaca.column_names,
    )
    for text, line in zip(learnt(pairs, "alpaca"), alpaca, strict=True):
        assert text.index(line["instruction"]) < text.index(line["output"])
