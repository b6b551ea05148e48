"""What to do where a model gave no answer, by what is said of it."""

import re

# all of an answer came as reasoning
THOUGHT = r"reason(?:ing|ed) and (?:gave )?no answer"
# a filter held a prompt or an answer back, in the words of several vendors
FILTERED = r"content[ _](?:filter|management|exists risk)|safety|inappropriate content|flagged|prohibited|inspection"
PAGE = r"a web page came back"
STEPS = {
    THOUGHT: "turn thinking off at the server, or have it send the answer as content",
    PAGE: "check the address, at which a page answers: it may be that of a login or a proxy",
    r"^broken reply\b": "look at what the server logs",
    r"^(?:timeout|no connection)\b": "see whether the server is well",
    r"^429\b": "give the server time, or take another one",
    r"holds no text": "look at the chat template that the model is served with",
    r"before it began": "turn thinking off at the server, or have it think less, for that uses up the tokens",
    r"call of a tool|ended with (?:tool_|function_)": "turn tools off at the server",
    FILTERED: "have the filter of the server loosened, or leave out what it held back",
}


def remedy(reason: str, otherwise: str) -> str:
    """What helps against the reason why there is no answer; `otherwise` where nothing special does."""
    return next((step for words, step in STEPS.items() if re.search(words, reason, re.IGNORECASE)), otherwise)
