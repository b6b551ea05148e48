"""The two engines of one GGUF file held against each other: llama.cpp on its 4 bits, transformers on what they hold.

Usage: python bench/engines.py [MODEL]. 50 prompts, half of them questions alone and half behind passages of the
invented world, each behind the template that is used and behind the file's own. llama.cpp answers by the likeliest
tokens; transformers reads the same tokens. An answer is the same where transformers holds each of its tokens to be the
likeliest too. Where it does not, the margins between each engine's two likeliest tokens tell whether it is a near tie.
"""

import statistics
import sys
from dataclasses import replace

import torch

from autophagy.answering.engine import open_engine
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


@torch.inference_mode()
def steps(model, given, said):
    """The log-probabilities (tokens, vocabulary) of each next token behind what was said so far."""
    logits = model(input_ids=torch.tensor([given + said]), use_cache=False).logits[0]
    return logits[len(given) - 1 : -1].float().log_softmax(-1)


def compare(name, file, base, texts):
    engine = open_engine(file, 1)
    same, ties, apart, differences = 0, [], [], []
    for prompt in texts:
        given = engine.tokens(engine.chat_text(prompt), control=True)
        reply = engine.completion(given, {"max_tokens": TOKENS, "temperature": 0.0, "n_probs": 2})
        said = reply.document["choices"][0]["logprobs"]["content"]
        tokens = [token["id"] for token in said]
        theirs = steps(base.model, given, tokens)
        differences += [float(theirs[i, token["id"]]) - token["logprob"] for i, token in enumerate(said)]
        wrong = next((i for i, token in enumerate(tokens) if int(theirs[i].argmax()) != token), None)
        if wrong is None:
            same += 1
            continue
        first, second = theirs[wrong].topk(2)
        tops = said[wrong]["top_logprobs"]
        margins = tops[0]["logprob"] - tops[1]["logprob"], float(first[0] - first[1])
        row = (
            prompt.splitlines()[-1][:60],
            wrong,
            said[wrong]["token"],
            base.tokenizer.decode([int(second[0])]),
            *margins,
        )
        (ties if max(margins) < TIE else apart).append(row)
    size = sorted(abs(each) for each in differences)
    mean, most = statistics.fmean(size), size[int(0.95 * len(size))]
    print(
        f"\n{name}: the same greedy answer to {same} of {len(texts)}; {len(ties)} part at a near tie, {len(apart)} else"
    )
    print(f"log-likelihood of {len(size)} tokens, transformers minus llama.cpp, in nats a token:", end=" ")
    print(f"{statistics.fmean(differences):+.4f}; in size {mean:.4f} on average, 95 % below {most:.3f}")
    for kind, rows in (("near tie", ties), ("differs", apart)):
        for question, step, ours, other, *margins in rows:
            told = " ".join(f"{margin:.2f}" for margin in margins)
            print(f"  {kind}: {question!r} at token {step}: {ours!r} or {other!r}, margins {told}")


def main():
    name = sys.argv[1] if len(sys.argv) > 1 else "smollm2"
    torch.set_num_threads(1)
    file, base, texts = find_gguf(name), find_base(name, "full"), prompts()
    own = str(read_header(file.path).get("tokenizer.chat_template", ""))
    compare("as it is used", file, base, texts)
    if own != file.template:
        compare("behind the file's own system turn", replace(file, template=own), base, texts)


if __name__ == "__main__":
    main()
