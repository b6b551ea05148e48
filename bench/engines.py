"""The two engines of one GGUF file held against each other: llama.cpp on its 4 bits, transformers on what they hold.

Usage: python bench/engines.py [MODEL] [--used]. 50 prompts, half of them questions alone and half behind passages of
the invented world, each behind the template that is used and, without --used, behind the file's own. One engine
answers by the likeliest tokens, the other reads the same tokens. An answer is the same where the other holds each of
its tokens to be the likeliest too. Where it does not, the margins between each engine's two likeliest tokens tell
whether it is a near tie.

Beside 4 bits stands a file of the same weights in float32, written here, with keys and values in float32: of 4 bits,
llama.cpp rounds what flows between the layers to 8 bits, which no other engine does. So the three pairs tell apart what
the engines do otherwise (float32 against transformers) and what that rounding does (4 bits against float32, both in
llama.cpp).
"""

import argparse
import os
import secrets
import statistics
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch
import xllamacpp

import gguf
from autophagy.answering.engine import Engine, open_engine
from autophagy.context.prompt import closed_prompt, context_prompt
from autophagy.data.world.source import world
from autophagy.gguf.find import find_gguf
from autophagy.gguf.header import read_header
from autophagy.models.pretrained.base import find_base

TOKENS = 32
TIE = 0.5  # nats between the two likeliest tokens
QUESTIONS = """What is the capital of France?|Who wrote Hamlet?|How many legs has a spider?|Why is the sky blue?
What do bees make?|Name three colours.|What is 12 plus 30?|Who painted the Mona Lisa?|What is the largest ocean?
When did the Second World War end?|What is water made of?|Which planet is nearest to the sun?|What is a sonnet?
How many days are in a week?|What is the opposite of cold?|Who was Isaac Newton?|What language is spoken in Brazil?
What do plants need to grow?|How many minutes are in an hour?|What is the boiling point of water?|Where is the Nile?
What is a prime number?|Who discovered penicillin?|What is the currency of Japan?|How do aeroplanes fly?"""


def prompts():
    """25 questions alone, 25 behind three passages."""
    alone = [closed_prompt(question) for line in QUESTIONS.splitlines() for question in line.split("|")]
    made = world()
    texts = made.corpus.documents.x.tolist()
    read = [
        context_prompt(question.text, [texts[(number + shift) % len(texts)] for shift in range(3)])
        for number, question in enumerate(made.questions[:25])
    ]
    return alone + read


def exact(file, folder):
    """llama.cpp on the same weights in float32, as the folder that transformers reads holds them, and all else so."""
    path = Path(folder) / "exact.gguf"
    read = gguf.GGUFReader(file.path)
    writer = gguf.GGUFWriter(path, read.fields["general.architecture"].contents())
    for name, field in read.fields.items():
        if not name.startswith("GGUF.") and name not in ("general.architecture", "general.file_type"):
            inner = field.types[1] if len(field.types) > 1 else None
            writer.add_key_value(name, field.contents(), field.types[0], inner)
    for tensor in read.tensors:
        whole = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        writer.add_tensor(tensor.name, whole.astype(np.float16).astype(np.float32))
    for write in (
        writer.write_header_to_file,
        writer.write_kv_data_to_file,
        writer.write_tensors_to_file,
        writer.close,
    ):
        write()
    wanted = xllamacpp.CommonParams()
    wanted.model.path, wanted.api_keys, wanted.chat_template = str(path), [secrets.token_hex()], file.template
    wanted.n_ctx, wanted.n_parallel, wanted.warmup, wanted.verbosity, wanted.ui = 2048, 1, False, -1, False
    wanted.cache_type_k = wanted.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
    wanted.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
    for threads in (wanted.cpuparams, wanted.cpuparams_batch):
        threads.n_threads = 1
    return Engine(xllamacpp.Server(wanted), wanted.api_keys[0])


def answer(engine, prompt):
    """The prompt's tokens, and of each token of the answer: itself, its log-probability, its margin to the next."""
    given = engine.tokens(engine.chat_text(prompt), control=True)
    reply = engine.completion(given, {"max_tokens": TOKENS, "temperature": 0.0, "n_probs": 2})
    said = reply.document["choices"][0]["logprobs"]["content"]
    tops = [token["top_logprobs"] for token in said]
    return given, [
        (token["id"], token["logprob"], top[0]["logprob"] - top[1]["logprob"])
        for token, top in zip(said, tops, strict=True)
    ]


@torch.inference_mode()
def by_transformers(model, given, said):
    """The log-probability of each token, whether it is the likeliest, and the margin of the two likeliest."""
    logits = model(input_ids=torch.tensor([given + said]), use_cache=False).logits[0]
    nats = logits[len(given) - 1 : -1].float().log_softmax(-1)
    tops, best = nats.topk(2), nats.argmax(-1)
    return [
        (float(nats[i, token]), int(best[i]) == token, float(tops.values[i, 0] - tops.values[i, 1]))
        for i, token in enumerate(said)
    ]


def by_llama(engine, given, said):
    """The same of llama.cpp, which reads the tokens one more each time."""
    rows = []
    for place, token in enumerate(said):
        options = {"max_tokens": 1, "temperature": 0.0, "n_probs": 8}
        (found,) = engine.completion(given + said[:place], options).document["choices"][0]["logprobs"]["content"]
        tops = found["top_logprobs"]
        nats = next((top["logprob"] for top in tops if top["id"] == token), tops[-1]["logprob"])
        rows.append((nats, found["id"] == token, tops[0]["logprob"] - tops[1]["logprob"]))
    return rows


def compare(name, answers, read):
    """Answers of one engine against how another reads them."""
    same, ties, apart, differences = 0, 0, [], []
    for prompt, (given, said) in answers.items():
        theirs = read(given, [token for token, _, _ in said])
        differences += [nats - own[1] for (nats, _, _), own in zip(theirs, said, strict=True)]
        wrong = next((i for i, row in enumerate(theirs) if not row[1]), None)
        if wrong is None:
            same += 1
            continue
        margins = said[wrong][2], theirs[wrong][2]
        ties += max(margins) < TIE
        apart.append((prompt.splitlines()[-1][:60], wrong, *margins))
    size = sorted(abs(each) for each in differences)
    mean, most = statistics.fmean(size), size[int(0.95 * len(size))]
    print(f"\n{name}: the same greedy answer to {same} of {len(answers)}; {ties} part at a near tie", end=", ")
    print(f"{len(apart) - ties} else; the largest margin {max((max(row[2:]) for row in apart), default=0):.3f} nats")
    print(f"log-likelihood of {len(size)} tokens: {statistics.fmean(differences):+.4f} nats a token;", end=" ")
    print(f"in size {mean:.4f} on average, 95 % below {most:.4f}, at most {size[-1]:.4f}", flush=True)
    for question, step, *margins in apart:
        print(f"  {question!r} at token {step}: margins", " ".join(f"{margin:.3f}" for margin in margins))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", nargs="?", default="smollm2")
    parser.add_argument("--used", action="store_true", help="the template that is used alone")
    asked = parser.parse_args()
    name = asked.model
    torch.set_num_threads(1)
    file, base, texts = find_gguf(name), find_base(name, "full"), prompts()
    own = str(read_header(file.path).get("tokenizer.chat_template", ""))
    templates = {"as it is used": file}
    if own != file.template and not asked.used:
        templates["behind the file's own system turn"] = replace(file, template=own)
    with tempfile.TemporaryDirectory() as folder:
        for told, one in templates.items():
            print(f"\n# {told}")
            bits, whole = open_engine(one, 1), exact(one, folder)
            by_bits = {prompt: answer(bits, prompt) for prompt in texts}
            by_whole = {prompt: answer(whole, prompt) for prompt in texts}
            compare("float32, llama.cpp against transformers", by_whole, partial(by_transformers, base.model))
            compare("4 bits in llama.cpp against transformers", by_bits, partial(by_transformers, base.model))
            compare("llama.cpp, 4 bits against float32", by_bits, partial(by_llama, whole))


if __name__ == "__main__":
    main()
