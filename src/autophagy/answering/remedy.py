"""What to do where a model gave no answer, by what is said of it."""

import re

# all of an answer came as reasoning
THOUGHT = r"reason(?:ing|ed) and (?:gave )?no answer"
# a filter held a prompt or an answer back, in the words of several vendors
FILTERED = r"content[ _](?:filter|management|exists risk)|safety|inappropriate content|flagged|prohibited|inspection"
STEPS = {
    THOUGHT: "turn thinking off at the server, or have it send the answer as content",
    FILTERED: "have the filter of the server loosened, or leave out what it held back",
}


def remedy(reason: str, otherwise: str) -> str:
    """What helps against the reason why there is no answer; `otherwise` where nothing special does."""
    return next((step for words, step in STEPS.items() if re.search(words, reason, re.IGNORECASE)), otherwise)
