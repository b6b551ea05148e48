"""Names of the package that are misspelt, and things that are given to its functions by mistake."""

import copy
import pickle
import subprocess
import sys

import pytest

import autophagy
from autophagy import ForecastSpec, LoopSpec, UsageError
from autophagy.testing import checks


@pytest.mark.parametrize(("wrong", "right"), [("Loopspec", "LoopSpec"), ("audti", "audit")])
def test_a_misspelt_name_is_told_the_nearest(wrong, right):
    with pytest.raises(AttributeError, match=rf"no attribute '{wrong}' \(did you mean '{right}'\?\)"):
        getattr(autophagy, wrong)


def test_a_room_and_a_verb_that_are_no_names_of_the_package_are_told():
    code = "import autophagy\n" + "".join(
        f"try: autophagy.{name}\nexcept AttributeError as error: print(error)\n" for name in ("generate", "testing")
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "module 'autophagy' has no attribute 'generate': write autophagy.run(GenerateSpec(...), FOLDER)",
        "module 'autophagy' has no attribute 'testing' yet: write import autophagy.testing first",
    ]


def test_what_is_no_spec_is_told(tmp_path):
    for wrong in ("normal", {"data": "normal"}, None, LoopSpec):
        with pytest.raises(UsageError, match="such as LoopSpec"):
            autophagy.run(wrong, tmp_path / "run")
        with pytest.raises(UsageError, match=r"autophagy\.loop takes LoopSpec\(...\)"):
            list(autophagy.loop(wrong))
        with pytest.raises(UsageError, match=r"autophagy\.forecast takes ForecastSpec"):
            autophagy.forecast(wrong)


def test_an_unknown_option_of_a_run_is_told_the_nearest(tmp_path):
    with pytest.raises(UsageError, match=r"no option 'worker' \(did you mean 'workers'\?\): it takes resume"):
        autophagy.run(LoopSpec("normal"), tmp_path / "run", worker=2)


def test_checks_of_no_kind():
    with pytest.raises(UsageError, match=r"there is no kind 'metrc' \(did you mean 'metric'\?\)"):
        checks("metrc", "recall")


@pytest.mark.parametrize("family", ["gaussian", "gaussian:d=2", "poisson"])
def test_a_forecast_can_be_sent_to_another_process(family):
    found = autophagy.forecast(ForecastSpec(family, samples=100, generations=3, chains=20))
    for same in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):
        assert same.document() == found.document()


@pytest.mark.parametrize("field", ["answers", "evidence", "choices", "instructions"])
def test_a_text_in_place_of_several_is_not_taken_for_its_letters(field):
    with pytest.raises(UsageError, match=f"the {field} of the question q are one text: give a tuple of texts"):
        autophagy.Question("q", "Who?", **{field: "Ada"})
