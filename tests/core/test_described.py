"""The signature and the help of a spec: what one may write, in plain types, on a screen."""

import inspect
import pydoc
import re

import pytest

from autophagy import CompareSpec, ForecastSpec, LoopSpec

SPECS = [LoopSpec, CompareSpec, ForecastSpec]
FIRST = {LoopSpec: {"data": "ring"}, ForecastSpec: {"model": "gaussian"}, CompareSpec: {}}


@pytest.mark.parametrize("spec", SPECS)
def test_the_help_of_a_spec_is_a_screen_of_plain_words(spec):
    text = pydoc.render_doc(spec, renderer=pydoc.plaintext)
    signature = re.compile(rf"^ \|  {spec.__name__}\(\n(?: \|      .*\n)+ \|  \).*\n", re.MULTILINE)
    assert len(signature.sub("", text).splitlines()) < 70  # from Python 3.13 on it takes a line for each field
    assert not [word for word in ("Validator", "Annotated", "pydantic_core", "model_dump") if word in text]
    for name, field in spec.model_fields.items():
        line = next(line for line in text.splitlines() if line.startswith(f" |  {name} "))
        assert field.description.split()[0] in line


@pytest.mark.parametrize("spec", SPECS)
def test_the_signature_names_every_field_and_takes_what_it_shows(spec):
    signature = inspect.signature(spec)
    assert list(signature.parameters) == list(spec.model_fields)
    assert len(str(signature)) < 800
    assert "Validator" not in str(signature)
    shown = {name: each.default for name, each in signature.parameters.items() if each.default is not each.empty}
    assert spec(**{**shown, **FIRST[spec]}) == spec(**FIRST[spec])
    assert {name for name, each in signature.parameters.items() if each.default is each.empty} == {*FIRST[spec]}


def test_what_may_stand_first_and_what_may_be_one_or_several():
    parameters = inspect.signature(LoopSpec).parameters
    assert parameters["data"].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    assert parameters["model"].kind is inspect.Parameter.KEYWORD_ONLY
    assert parameters["regimes"].annotation == str | list[str]
    assert parameters["samples"].annotation == int | None
    assert (parameters["model"].default, parameters["regimes"].default) == ("gaussian", ["replace", "accumulate"])
