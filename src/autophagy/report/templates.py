"""Templates by Jinja2, which escapes every text, so that no text of a user or a model becomes markup."""

from functools import cache
from typing import Any

from ..core.errors import need


def render(template: str, /, **values: Any) -> str:
    """A template of this folder filled with plain values; raises MissingExtra where Jinja2 is not installed."""
    text: str = _environment().get_template(template).render(values)
    return text


def compile_ahead(room: str) -> None:
    """Read the templates that pages share and those of a room, since the first use of each takes longest.

    Raises MissingExtra where Jinja2 is not installed.
    """
    for name in _environment().list_templates(extensions=["html"]):
        if name.rpartition("/")[0] in ("", room):
            _environment().get_template(name)


@cache
def _environment() -> Any:
    """The one environment: a name that a template lacks is an error, and JSON has no NaN."""
    jinja2 = need("jinja2", "the report")
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__, ""),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"allow_nan": False, "separators": (",", ":")}
    return environment
