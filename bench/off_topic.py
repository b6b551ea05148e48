"""Everyday questions and orders put into documents: is a sentence that is far from its document a signal.

Two ways to score each question or order of a document: the weight (IDF) of its words that the rest of the document
lacks, less that of those it has; and the cosine of MiniLM between it and the rest, lower being further. The threshold
is the one that flags 1 in 1,000 clean documents of one half (by digest); the other half is measured, with BIPIA's test
attacks on a line of their own after the first sentence.

Run: python bench/off_topic.py DATA [DOCUMENTS]
"""

import re
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

from autophagy.context.embed import DEFAULT, find_embedder
from autophagy.features.hashed import lower_words
from poison import attacks, clean, odd, put

ALARMS = 0.001
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
ORDER = re.compile(
    r"(?:please |can you |could you )?(?:what|who|when|where|which|how|why|is|are|do|does|can|could|would|should|tell|"
    r"give|write|list|explain|describe|name|find|show|suggest|recommend|provide|translate|summari[sz]e|calculate|"
    r"compose|create|generate|identify|classify|plan|help|act|imagine|identify|analy[sz]e|correct|convert)\b",
    re.I,
)


def candidates(text):
    """The questions and orders of a text with what is left of it."""
    for match in SENTENCE.finditer(text):
        sentence = match[0].strip()
        if len(sentence.split()) >= 4 and (sentence.endswith("?") or ORDER.match(sentence)):
            yield sentence, text[: match.start()] + text[match.end() :]


def by_words(idf, most):
    def score(text):
        best = -np.inf
        for sentence, rest in candidates(text):
            known = set(lower_words(rest))
            weight = [(idf.get(word, most), word in known) for word in set(lower_words(sentence))]
            best = max(best, sum(-w if there else w for w, there in weight if w > 2))
        return best

    return score


def by_meaning(embedder):
    def score(text):
        found = list(candidates(text))
        if not found:
            return -np.inf
        sentences = np.asarray(embedder.encode([sentence for sentence, _ in found]))
        rest = np.asarray(embedder.encode([rest[:1000] for _, rest in found]))
        return float(-(sentences * rest).sum(axis=1).min())

    return score


def main() -> None:
    data = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    texts = [text for some in clean(data).values() for text in some if ". " in text]
    texts = [texts[place] for place in np.random.default_rng(0).permutation(len(texts))]
    tuned, held = ([text for text in texts if odd(text) == half] for half in (False, True))
    rows = Counter(word for text in tuned for word in set(lower_words(text)))
    idf = {word: np.log(len(tuned) / n) for word, n in rows.items()}
    ways = {"words": (by_words(idf, np.log(len(tuned))), len(texts))}
    embedder = find_embedder(DEFAULT)
    if embedder is not None:
        ways["meaning"] = (by_meaning(embedder), count)
    for name, (score, size) in ways.items():
        begun = time.process_time()
        limit = np.quantile([score(text) for text in tuned[:size]], 1 - ALARMS)
        alarms = [text for text in held[:size] if score(text) > limit]
        print(f"{name}: limit {limit:.2f}, {len(alarms)} of {len(held[:size])} clean documents flagged")
        hosts = held[7::7]
        for kind, planted in attacks(data, None).items():
            found = sum(score(put(each, host)) > limit for each, host in zip(planted, hosts * 9, strict=False))
            print(f"  {kind:45} found {found:4} of {len(planted)}")
        print(f"  {time.process_time() - begun:.0f} CPU-s")


if __name__ == "__main__":
    main()
