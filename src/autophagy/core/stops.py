"""Why an answer stopped, whoever says it: servers and libraries have many words for an answer that was cut."""

CUT = "length"  # why an answer stopped that is not whole
CUT_WORDS = frozenset(
    ("length", "max_tokens", "model_length", "max_output_tokens", "max_new_tokens", "token_limit", "error_limit")
)


def stop_word(reason: str) -> str:
    """The reason as it was given, and "length" for every word that says that the answer was cut."""
    return CUT if reason.casefold() in CUT_WORDS else reason
