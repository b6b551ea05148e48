"""The command line: each verb reads its words, calls the library, and prints for people or for programs."""

import json as json_
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, CycloptsError, Parameter

from ..core.errors import AutophagyError


class Number(str):
    """A number as it was written; the library reads it, so that it is judged in one place."""


Words = Annotated[list[str] | None, Parameter(negative="")]
Flag = Annotated[bool, Parameter(negative="", show_default=False)]

app = App(
    name="autophagy",
    help_format="plaintext",  # markdown would cost a third of the time that --help takes
    help="Run, forecast and report what happens to generative models that feed on generated data.",
    help_epilogue="Try: autophagy loop digits --model vae   then: autophagy report runs/*",
    version_flags=["--version"],
    suppress_keyboard_interrupt=False,
)


@app.command
def loop(
    data: str | None = None,
    /,
    *,
    model: str | None = None,
    regime: Words = None,
    generations: Number | None = None,
    samples: Number | None = None,
    seeds: Number | None = None,
    seed: Number | None = None,
    bias: Number | None = None,
    curator: Words = None,
    metric: Words = None,
    reference: str | None = None,
    features: str | None = None,
    passage: Number | None = None,
    fixed: Number | None = None,
    fresh: Number | None = None,
    synthetic: Number | None = None,
    memory: Number | None = None,
    budget: Number | None = None,
    reuse: Flag = False,
    warm: Flag = False,
    teacher: str | None = None,
    plugin: Words = None,
    spec: Path | None = None,
    out: Path | None = None,
    resume: Flag = False,
    workers: Number | None = None,
    json: Flag = False,
) -> int:
    """Train a model on its own output, generation after generation, and measure what is lost.

    Parameters
    ----------
    data
        A built-in name (digits, python-reference, normal, ring, spiral, rosenbrock; or normal:d=10), a file, a folder
        or a hub id.
    model
        What learns and generates, as NAME or NAME:setting=value (default: gaussian).
    regime
        How training sets are mixed; give it again for several (default: replace and accumulate).
    generations
        How many generations to run; the first learns from real data alone (default: 10).
    samples
        Rows that each generation makes, and that the first learns from (default: as many as the real data allow).
    seeds
        Independent repeats, from which the intervals come (default: 3).
    seed
        The root of all random numbers (default: 0).
    bias
        Below 1, sampling favours quality over variety, in the model's own sense (default: 1, unbiased).
    curator
        What judges each batch before it is learnt from; give it again for several.
    metric
        A metric to compute; give it again for several (default: all).
    reference
        Other real data to measure against (default: a share of the data is held out).
    features
        Where distances are measured: auto, raw, standard, pca, pca:K or classifier.
    passage
        Words to which texts are cut; each piece is one row (default: 100).
    fixed
        Real rows that stay in every training set: a count, or below 1 a share.
    fresh
        New real rows in every training set: a count, or below 1 a share.
    synthetic
        Synthetic rows taken from each remembered generation (default: all that it made).
    memory
        How many past generations are remembered: a number or all.
    budget
        Rows to which a training set is cut.
    reuse
        Let fresh rows come again where the real data run out.
    warm
        Start each generation's model from the last one's.
    teacher
        Whose texts the first generation imitates in place of real ones: a file or folder of them, or a text model as
        NAME:setting=value, which is fitted once on the real training texts and writes them.
    plugin
        A Python file of yours that registers models, regimes, curators or metrics; give it again for several.
    spec
        A TOML file with these settings; flags go before it.
    out
        The run folder (default: one under runs/ named after the spec).
    resume
        Go on with the run in the folder.
    workers
        Processes to use (default: one a core); the numbers do not depend on it.
    json
        Print one JSON document instead of a table.
    """
    from ..core.parts import literal
    from ..core.run import run
    from ..loop.spec import LoopSpec
    from ..report.loop.terminal import print_run, run_document
    from ..report.terminal import Progress

    words: dict[str, Any] = {
        "data": data, "model": model, "regimes": regime, "generations": generations, "samples": samples,
        "seeds": seeds, "seed": seed, "bias": bias, "curators": curator, "metrics": metric, "reference": reference,
        "features": features, "passage": passage, "fixed": fixed, "fresh": fresh, "synthetic": synthetic,
        "memory": memory, "budget": budget, "teacher": teacher,
        "reuse": reuse or None, "warm": warm or None, "plugins": plugin and [str(Path(path)) for path in plugin],
    }  # fmt: skip
    given = {name: value for name, value in words.items() if value is not None}
    numbers = {"fixed", "fresh", "memory", "budget"} & given.keys()
    processes = None if workers is None else literal(workers)
    if spec is None and numbers and "regimes" not in given:
        given["regimes"] = ["mix"]
    plan = LoopSpec.from_toml(spec, **given) if spec else LoopSpec(**given)
    folder = out or Path("runs") / _name(plan.data, str(plan.model), plan.digest)
    try:
        with Progress() as progress:
            record = run(plan, folder, resume=resume, workers=processes, progress=progress)
    except KeyboardInterrupt:
        print(f"autophagy: interrupted; what is finished is kept in {folder}: go on with --resume.", file=sys.stderr)
        return 130
    if json:
        print(json_.dumps(run_document(record), allow_nan=False))
    else:
        print_run(record)
    return 0


@app.command
def forecast(
    model: str,
    /,
    *,
    samples: Number | None = None,
    generations: Number | None = None,
    regime: str | None = None,
    fixed: Number | None = None,
    fresh: Number | None = None,
    synthetic: Number | None = None,
    memory: Number | None = None,
    budget: Number | None = None,
    bias: Number | None = None,
    weight: Number | None = None,
    choices: Number | None = None,
    verifier: str | None = None,
    correction: Number | None = None,
    extrapolation: Number | None = None,
    chains: Number | None = None,
    seed: Number | None = None,
    target: Words = None,
    map: Annotated[tuple[str, str] | None, Parameter(negative="")] = None,
    calibrate: Path | None = None,
    first: Number | None = None,
    out: Path | None = None,
    workers: Number | None = None,
    json: Flag = False,
) -> int:
    """Foretell a loop at any scale, exactly and without training: what is left, and what it takes to keep it.

    Parameters
    ----------
    model
        The family, as NAME or NAME:setting=value: gaussian, bernoulli, categorical, zipf, poisson, ngram, weights,
        regression or kernel.
    samples
        Rows that each generation makes, and that the first learns from, such as 1e9 (default: 1000).
    generations
        How many generations; the first learns from real data alone (default: 50).
    regime
        replace, augment, fresh, accumulate or subsample; the numbers below change it (default: replace).
    fixed
        Real rows that stay in every training set: a count, or below 1 a share.
    fresh
        New real rows in every training set: a count, or below 1 a share.
    synthetic
        Synthetic rows taken from each remembered generation (default: all that it made).
    memory
        How many past generations are remembered: a number or all.
    budget
        Rows to which a training set is cut.
    bias
        Below 1, sampling favours quality over variety, in the family's own sense (default: 1, unbiased).
    weight
        The share of the training weight that the real rows get, whatever their number.
    choices
        K-way curation: each row is the best of K by the family's reward; inf is the limit.
    verifier
        Keep rates of correct and of wrong rows, as .9,.3.
    correction
        Strength of the correction operator, which mixes the truth into what is sampled.
    extrapolation
        Strength of negative extrapolation, away from what the model has become.
    chains
        How many independent loops to simulate (default: the family's own).
    seed
        The root of all random numbers (default: 0).
    target
        What is to be kept at the last generation, as variance>=0.9; give it again for several.
    map
        Two axes, each NAME=LOW..HIGH or NAME=LOW..HIGH:CELLS, as in --map fresh=0..0.5 bias=0.8..1: one forecast a
        cell, against the first target, or against half of generation 1's variety.
    calibrate
        A run folder of autophagy loop: fit the family gaussian to its first generations, forecast the rest, and show
        the forecast against what was measured. The run says its own numbers; --generations looks beyond it.
    first
        How many generations to fit when calibrating (default: a third, and at least three).
    out
        A folder for forecast.json, report.html and, with a map, map.png (default with a map: runs/forecast-MODEL).
    workers
        Processes for a map (default: one a core).
    json
        Print one JSON document instead of a table.
    """
    from ..forecast import forecast as foretell
    from ..forecast import read_plan
    from ..report.forecast.terminal import print_forecast, with_map

    words: dict[str, Any] = {
        "samples": samples, "generations": generations, "regime": regime, "fixed": fixed, "fresh": fresh,
        "synthetic": synthetic, "memory": memory, "budget": budget, "bias": bias, "weight": weight,
        "choices": choices, "verifier": verifier, "correction": correction, "extrapolation": extrapolation,
        "chains": chains, "seed": seed,
    }  # fmt: skip
    if calibrate is not None or first is not None:
        asked = words | {"target": target, "map": map, "workers": workers}
        return _calibrate(model, calibrate, first, {k: v for k, v in asked.items() if v is not None}, out, json)
    plan = read_plan(model, words)
    out = out or (Path("runs") / f"forecast-{plan.family}" if map and not json else None)
    found = foretell(plan, target or ())
    if map:
        found = with_map(found, map, workers)
    page = None
    if out:
        from ..report.forecast.page import write_forecast

        page = write_forecast(found, out)
    if json:
        print(json_.dumps(found.document(), allow_nan=False))
    else:
        print_forecast(found, page)
    return 0


def _calibrate(
    model: str, run: Path | None, first: Number | None, given: dict[str, Any], out: Path | None, json: bool
) -> int:
    """The forecast of a recorded run, for people or for programs."""
    from ..report.forecast.calibration_terminal import print_calibration, read_calibration

    found = read_calibration(model, run, first, given)
    page = None
    if out:
        from ..report.forecast.calibration_page import write_calibration

        page = write_calibration(found, out)
    if json:
        print(json_.dumps(found.document(), allow_nan=False))
    else:
        print_calibration(found, page)
    return 0


@app.command
def compare(
    *,
    documents: str | None = None,
    questions: str | None = None,
    model: str | None = None,
    base_url: str | None = None,
    arm: Words = None,
    seeds: Number | None = None,
    seed: Number | None = None,
    embedder: str | None = None,
    rewritings: str | None = None,
    style: str | None = None,
    general: str | None = None,
    judge: str | None = None,
    judge_url: str | None = None,
    decide: str | None = None,
    orders: str | None = None,
    prices: str | None = None,
    machine: str | None = None,
    plugin: Words = None,
    spec: Path | None = None,
    out: Path | None = None,
    resume: Flag = False,
    json: Flag = False,
) -> int:
    """Find out whether to fine-tune a model on your documents or to put retrieved context into its prompt.

    Parameters
    ----------
    documents
        A file or folder of .txt, .md, .html, .pdf, .jsonl, .csv or .parquet, or world, an invented one
        (default: world).
    questions
        A file of questions with their answers, .jsonl, .json, .csv or .parquet, or world (default: world).
    model
        The folder or hub id of a causal language model, with --base-url what the server calls it, or world, the small
        one that comes with the package (default: world).
    base_url
        The address of a server that speaks OpenAI's language; its model answers and cannot be tuned.
    arm
        A way to answer, as NAME or NAME:setting=value; give it again for several (autophagy list arms shows all).
    seeds
        Trainings of each arm that trains, from which its intervals come (default: 3).
    seed
        The root of all random numbers (default: 0).
    embedder
        What finds passages by meaning: minilm, none, or a sentence-transformers folder or hub id (default: minilm).
    rewritings
        Wordings of the documents that were written before: rows with document and text.
    style
        Other documents in the style of these, for the arm format.
    general
        Questions that the model answers already, which show what tuning makes it forget.
    judge
        A model that judges every answer against its reference, in both orders: a folder, a hub id, or with --judge-url
        what the server calls it.
    judge_url
        The address of the judge's server.
    decide
        What decides whether an answer is right: match or judge (default: match).
    orders
        Orders that are hidden in passages, to see which arms obey them: builtin, or a folder of them.
    prices
        A dated TOML file of prices, for money and the break-even.
    machine
        What the price file calls this machine.
    plugin
        A Python file of yours that registers arms; give it again for several.
    spec
        A TOML file with these settings; flags go before it.
    out
        The run folder (default: one under runs/ named after the spec).
    resume
        Go on with the comparison in the folder; arms that are done are not paid for again.
    json
        Print one JSON document instead of a table.
    """
    from ..compare.spec import CompareSpec
    from ..compare.summary import summarise
    from ..core.run import run
    from ..report.compare.terminal import ArmProgress, print_comparison

    words: dict[str, Any] = {
        "documents": documents, "questions": questions, "model": model, "base_url": base_url, "arms": arm,
        "seeds": seeds, "seed": seed, "embedder": embedder, "rewritings": rewritings, "style": style,
        "general": general, "judge": judge, "judge_url": judge_url, "decide": decide, "orders": orders,
        "prices": prices, "machine": machine, "plugins": plugin and [str(Path(path)) for path in plugin],
    }  # fmt: skip
    given = {name: value for name, value in words.items() if value is not None}
    plan = CompareSpec.from_toml(spec, **given) if spec else CompareSpec(**given)
    folder = out or Path("runs") / _name(plan.documents, plan.model.rpartition("/")[2], plan.digest)
    try:
        with ArmProgress() as progress:
            record = run(plan, folder, resume=resume, progress=progress.told)
    except KeyboardInterrupt:
        print(f"autophagy: interrupted; what is finished is kept in {folder}: go on with --resume.", file=sys.stderr)
        return 130
    found = summarise(record)
    if json:
        print(json_.dumps(found, allow_nan=False))
    else:
        print_comparison(found)
    return 0


@app.command
def ask(
    question: str,
    /,
    *,
    documents: str,
    model: str | None = None,
    base_url: str | None = None,
    embedder: str | None = None,
    passages: Number | None = None,
    index: str | None = None,
    json: Flag = False,
) -> int:
    """Find what your documents say to a question; without a model, the passages themselves, which invent nothing.

    Parameters
    ----------
    question
        What you want to know, in quotes.
    documents
        A file or folder of .txt, .md, .html, .pdf, .jsonl, .csv or .parquet, or world, an invented one.
    model
        What reads an answer out of the passages: the folder or hub id of a causal language model, or with --base-url
        what the server calls it (default: none).
    base_url
        The address of a server that speaks OpenAI's language.
    embedder
        What finds passages by meaning: minilm, none, or a sentence-transformers folder or hub id (default: minilm).
    passages
        How many passages to show, to you and to the model (default: 3).
    index
        A folder that keeps the index, so that the next question puts in only the documents that have changed.
    json
        Print one JSON document instead of text.
    """
    from ..ask.ask import ask as reply_to
    from ..core.parts import literal
    from ..report.ask.terminal import print_reply

    given: dict[str, Any] = {"model": model, "base_url": base_url, "embedder": embedder, "index": index,
             "passages": None if passages is None else literal(passages)}  # fmt: skip
    reply = reply_to(question, documents, **{name: value for name, value in given.items() if value is not None})
    if json:
        print(json_.dumps(reply.document(), allow_nan=False))
    else:
        print_reply(reply)
    return 0


@app.command
def report(run: list[Path], /, *, out: Path | None = None, open: Flag = False) -> int:
    """Turn run folders into one self-contained page with plots and samples.

    Parameters
    ----------
    run
        Run folders; several go into one page.
    out
        The page to write (default: report.html in the first run folder).
    open
        Show the page in the browser.
    """
    from ..report import write_report

    page = write_report(run, out or run[0] / "report.html")
    print(page)
    if open:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
    return 0


@app.command(name="list")
def list_(
    kind: Literal["models", "regimes", "curators", "metrics", "arms"] | None = None,
    /,
    *,
    plugin: Words = None,
    json: Flag = False,
) -> int:
    """Show every model, regime, curator, metric and arm with its settings.

    Parameters
    ----------
    kind
        Only this kind.
    plugin
        A Python file of yours, whose plug-ins are shown too; give it again for several.
    json
        Print one JSON document instead of a table.
    """
    from ..core.registry import load_plugin
    from .list import list_document, print_list

    for path in plugin or ():
        load_plugin(path)
    if json:
        print(json_.dumps(list_document(kind), allow_nan=False))
    else:
        print_list(kind)
    return 0


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 a finding, 2 wrong use or bad input, 130 interrupted."""
    if words is None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite kill keeps as much as Ctrl-C does
    try:
        code = app(words, exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except (AutophagyError, CycloptsError) as error:
        said = str(error) if isinstance(error, AutophagyError) else _sentence(str(error))
        print(f"autophagy: {' '.join(said.split())}", file=sys.stderr)
        return 2
    except MemoryError:
        print("autophagy: the memory of this machine ran out: lower --samples, --seeds or --workers.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("autophagy: interrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # who read our output, such as head, has seen enough
        _let_go()
        return 0
    except OSError as error:
        _let_go()
        where = error.filename or "the output"
        print(f"autophagy: {where} cannot be read or written ({error.strerror}): check path and disk.", file=sys.stderr)
        return 2
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # the same, as rich says it
            return 0
        raise
    return int(code or 0)


def _let_go() -> None:
    """Send what is still to be printed nowhere, so that leaving is quiet."""
    with suppress(ValueError):  # an output that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _sentence(complaint: str) -> str:
    """What the parser says against the words, as one sentence that ends in what to do next."""
    wrong, _, guess = complaint.partition(" Available commands:")[0].partition(" Did you mean ")
    wrong = f"{wrong[:1].lower()}{wrong[1:]}".rstrip(".").replace(". Choose", ", choose")
    return f"{wrong}{f' (did you mean {guess})' if guess else ''}: autophagy --help shows what there is."


def _name(data: str, model: str, digest: str) -> str:
    """The default name of a run folder: the data, the model and the start of the spec's digest."""
    stem = Path(data.partition(":")[0]).name.partition(".")[0] or "data"
    return f"{stem}-{model.partition(':')[0]}-{digest[:8]}"
