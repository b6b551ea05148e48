"""What answering needs of inspect_ai beyond its public names, which any version can move.

No other file may touch them, and pyproject.toml bounds the version for their sake.
"""

from importlib.metadata import version

from ..core.errors import MissingExtra

KNOWN = "0.3.285"  # the version that the tests run with

try:
    from inspect_ai._util.http import parse_retry_after_from_exception
    from inspect_ai.model._model import ModelGenerateError
    from inspect_ai.model._providers.openai_compatible import OpenAICompatibleAPI
except ImportError as error:
    raise MissingExtra(
        f"answering does not work with inspect_ai {version('inspect_ai')} ({error}): "
        f"run pip install 'inspect_ai=={KNOWN}'."
    ) from error

__all__ = ["ModelGenerateError", "OpenAICompatibleAPI", "parse_retry_after_from_exception"]
