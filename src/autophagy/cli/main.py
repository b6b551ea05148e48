"""The command line: its verbs, each imported when it is asked for, its exit codes, and one sentence an error."""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cyclopts import App, CycloptsError

from .. import __version__
from ..core.errors import AutophagyError, UsageError
from .unread import bear_with_readers

VERBS = {
    "loop": "Train a model on its own output, generation after generation, and measure what is lost.",
    "forecast": "Forecast a loop exactly, at any scale and without training: how much variety survives, and how much "
    "fresh data keeps it.",
    "audit": "Find out what is in a corpus of text: copies, machine text, poison, personal data, and what is missing.",
    "curate": "Write what may be trained on and what was taken out, with the reason of each row.",
    "generate": "Make new rows from a few seeds or from documents with any model, and keep only what is new.",
    "compare": "Find out whether to fine-tune a model on your documents or to put retrieved passages into its prompt.",
    "drift": "Find out whether a served model is still the model that you tested, from its answers before and after.",
    "labels": "Have people label answers of a comparison on a blind sheet, and correct its judge by what they say.",
    "ask": "Find what your documents say to a question. Without a model, ask returns the passages themselves, so "
    "nothing is made up.",
    "cost": "Work out the energy and the carbon of hours on graphics cards, by the grid that they ran on.",
    "report": "Turn run folders into one self-contained page with plots and samples.",
    "view": "Show the runs below a folder in the browser, and a run that is still going while it goes.",
    "diff": "Put two runs side by side: what differs in what they are, and what in what they found, beyond chance.",
    "export": "Write the figures and the table of a run as files for a paper.",
    "runs": "List the runs below a folder: what each is of, how far it came, and its headline figure.",
    "list": "Show every plug-in with its caption and its settings: models, regimes, metrics, families and more.",
    "completion": "Print what your shell needs to complete the words of this program at the touch of the tab key.",
}
EXAMPLES = {  # lines to type, none wider than a terminal of 80 characters
    "": (
        "autophagy loop digits --model mixture --samples 200 --out runs/first",
        "autophagy report runs/first --open",
        "autophagy forecast gaussian --samples 1e9 --fresh 2% --generations 50",
    ),
    "loop": (
        "autophagy loop digits --model mixture --samples 200 --out runs/first",
        "autophagy loop rows.csv --regime replace --regime fresh --fresh 10%",
        "autophagy loop texts.jsonl --model ngram --generations 3 --metric perplexity",
        "autophagy loop --resume --out runs/first",
    ),
    "forecast": (
        "autophagy forecast gaussian --samples 1e9 --fresh 2% --bias 0.95",
        "autophagy forecast gaussian --samples 1e9 --target 'variance>=90%'",
        "autophagy forecast gaussian --map fresh=0..0.5 bias=0.8..1 --out runs/map",
        "autophagy forecast gaussian --calibrate runs/first",
    ),
    "audit": (
        "autophagy audit corpus",
        "autophagy audit rows.parquet --against test.jsonl --out runs/audit",
        "autophagy audit corpus --fail-on duplicates:5%",
    ),
    "curate": (
        "autophagy curate corpus --out runs/curated",
        "autophagy curate corpus --exclude-source web --remove asked.txt",
        "autophagy curate new.jsonl --reference runs/curated/kept --out runs/more",
    ),
    "generate": (
        "autophagy generate --seeds seeds.jsonl --model smollm2 --rows 40",
        "autophagy generate --documents handbook --recipe rephrase --model smollm2",
        "autophagy generate --resume --out runs/made",
    ),
    "compare": (
        "autophagy compare --out runs/world",
        "autophagy compare --documents handbook --questions questions.jsonl",
        "autophagy compare --seeds 2 --arm closed --arm context",
    ),
    "drift": (
        "autophagy drift before.jsonl after.jsonl",
        "autophagy drift answers.csv --from model-0314 --to model-0613",
        "autophagy drift before.jsonl after.jsonl --fail-on worse",
    ),
    "drift record": (
        "autophagy drift record --suite primes --model smollm2 --out runs/before",
        "autophagy drift record --suite mine.jsonl --model gpt-x --base-url URL",
        "autophagy drift record --resume --out runs/before",
    ),
    "labels": (
        "autophagy labels runs/judged --n 100",
        "autophagy labels runs/judged --read runs/judged/labels/sheet.csv",
    ),
    "drift watch": (
        "autophagy drift watch runs/march --fail-on change",
        "autophagy drift watch march.jsonl --answers today.jsonl --tolerance 2%",
    ),
    "ask": (
        "autophagy ask 'How many days of leave do I get?' --documents handbook",
        "autophagy ask 'Who is told first?' --documents handbook --index kept",
    ),
    "cost": (
        "autophagy cost --gpu-hours 82432 --watts 400 --pue 1.1 --grid 385",
        "autophagy cost --gpu-hours 12 --watts 300 --grid FRA",
    ),
    "report": ("autophagy report runs/first --open", "autophagy report runs/* --out all.html"),
    "view": ("autophagy view", "autophagy view runs --open"),
    "diff": ("autophagy diff runs/first runs/second",),
    "export": ("autophagy export runs/first", "autophagy export runs/first --figures svg --table md --grey"),
    "runs": ("autophagy runs", "autophagy runs runs --state done --sort headline --reverse"),
    "list": ("autophagy list", "autophagy list metrics"),
    "completion": ("source <(autophagy completion bash)", "autophagy completion --install"),
}


def examples(verb: str) -> str:
    """What a verb's help ends with."""
    return "\n  ".join(["Examples:", *EXAMPLES[verb]])


app = App(
    name="autophagy",
    version=__version__,
    help_format="plaintext",  # markdown would cost a third of the time that --help takes
    help="Run, forecast and report what happens to generative models that feed on generated data.",
    help_epilogue=examples(""),
    version_flags=["--version", "-V"],
    suppress_keyboard_interrupt=False,
)
for _name, _caption in VERBS.items():
    _function = {"list": "list_", "drift": "app"}.get(_name, _name)  # drift has commands of its own
    _more = {} if _function == "app" else {"help_epilogue": examples(_name)}  # an app brings its own
    app.command(f"autophagy.cli.{_name}:{_function}", name=_name, help=_caption, **_more)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 a finding, 2 wrong use or bad input, 130 interrupted."""
    if words is None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite kill keeps as much as Ctrl-C does
        words = sys.argv[1:]
        bear_with_readers()
    try:
        words = _meant(words)
        code = app(words, exit_on_error=False, print_error=False, result_action="return_value")
        if not words:
            from .last import print_last

            print_last()
        sys.stdout.flush()
    except AutophagyError as error:
        return _failed(" ".join(str(error).split()))
    except CycloptsError as error:
        from .complaints import sentence

        return _failed(" ".join(sentence(error, list(VERBS)).split()))
    except MemoryError:
        return _failed("the memory of this machine ran out: lower --samples, --seeds or --workers.")
    except KeyboardInterrupt:
        print("autophagy: interrupted.", file=sys.stderr)
        return 130
    except OSError as error:
        _let_go()
        where = _closed(Path(error.filename)) if isinstance(error, PermissionError) and error.filename else ""
        where = where or error.filename or "the output"
        return _failed(f"{where} cannot be read or written ({error.strerror}): check path and disk.")
    return int(code or 0)


def _meant(words: Sequence[str]) -> list[str]:
    """The words as this program knows them; raises UsageError for one whose bytes are no text."""
    for word in words:
        if any("\ud800" <= letter <= "\udfff" for letter in word):  # what stands for a byte that is no letter
            shown, coded = word.encode(errors="replace").decode(), sys.getfilesystemencoding().upper()
            raise UsageError(f"{shown} is no {coded}, as names of files are here: rename the file or the folder.")
    match list(words):
        case ["help", *verb]:
            return [*verb, "--help"]
        case ["--install-completion", *shell]:
            return ["completion", "--install", *shell]
        case other:
            return other


def _closed(path: Path) -> Path:
    """The folder above a path that keeps us from it; the path itself where none does."""
    return next((each for each in reversed(path.parents) if each.exists() and not os.access(each, os.X_OK)), path)


def _failed(text: str) -> int:
    print(f"autophagy: {text}", file=sys.stderr)
    return 2


def _let_go() -> None:
    """Send what is still to be printed nowhere, so that leaving is quiet."""
    with suppress(ValueError):  # an output that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
