"""The public contract suite on every registered plug-in."""

import pytest

from autophagy.registry import entries
from autophagy.testing import checks

QUICK = {
    "vae": "vae:steps=40",
    "diffusion": "diffusion:steps=40",
    "transformer": "transformer:layers=1,width=16,context=32,budget=2000,vocabulary=300",
}  # enough for every promise but quality
QUALITY = ("makes_rows_like", "bias_below_1", "keeps_chains_apart")


def every(kind):
    for name in entries(kind):
        if name == "pretrained":
            continue  # which needs a base: tests/test_models_pretrained.py makes one and holds the contract
        quick = {str(check).partition("-")[2]: check for check in checks(kind, QUICK.get(name, name))}
        for check in checks(kind, name):
            case = str(check).partition("-")[2]
            trained = name in QUICK and case.startswith(QUALITY)
            chosen = check if case.startswith(QUALITY) else quick[case]
            marks = [pytest.mark.slow] if trained else []
            yield pytest.param(chosen, id=str(check), marks=marks)


@pytest.mark.parametrize("check", [check for kind in ("model", "regime", "curator", "metric") for check in every(kind)])
def test_contract(check):
    check()


@pytest.mark.parametrize("kind", ["model", "regime", "curator", "metric"])
def test_there_is_something_to_check(kind):
    assert len(entries(kind)) >= 2
