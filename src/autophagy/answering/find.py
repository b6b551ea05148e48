"""From the name of a language model to the model."""

from .language_model import Reader


def find_reader(model: str, base_url: str = "", *, one_line: bool = True) -> Reader:
    """The reader that is named by a folder or hub id, or, with an address, by what the server there calls it.

    With `one_line` its answers end with their first line, as most models talk on.
    Raises DataError where there is no such model, UsageError where the address cannot be one.
    """
    if base_url:
        from .endpoint import EndpointReader

        return EndpointReader(model, base_url, one_line=one_line)
    from ..core.errors import need

    need("transformers", f"the model {model}")
    from .local import LocalReader

    return LocalReader.find(model, one_line=one_line)
