"""autophagy ask: what your documents say to a question."""

from typing import Annotated, Any

from cyclopts import Parameter

from .ending import closing, print_json
from .flags import path
from .numbers import WHOLE, numerics
from .voice import voiced
from .words import Json, Number

Question = Annotated[str, Parameter(help="Your question, in quotes.")]
Documents = Annotated[
    list[str],
    Parameter(
        help="A file or folder of .txt, .md, .html, .pdf, .docx, .jsonl, .csv, .xlsx or .parquet, again for each; "
        "world is an invented set."
    ),
]
Model = Annotated[
    str | None,
    Parameter(
        help="The model that reads an answer out of the passages: the folder or hub id of a causal language model, a "
        "GGUF file, smollm2 (a small one, in a package), or its name on the server of --base-url (default: none)."
    ),
]
BaseUrl = Annotated[str | None, Parameter(help="The address of a server with an OpenAI-compatible API.")]
Embedder = Annotated[
    str | None,
    Parameter(
        help="The model that finds passages by meaning: minilm (English), multilingual, none, or a "
        "sentence-transformers folder or hub id (default: minilm)."
    ),
]
Passages = Annotated[
    Number | None, Parameter(help="The number of passages to show, to you and to the model (default: 3).")
]
Tokens = Annotated[
    Number | None,
    Parameter(help="The most tokens of an answer; one that is longer is cut, and no answer (default: 512)."),
]
Prompt = Annotated[
    str | None,
    Parameter(
        help="How the model is asked about passages: instructed, begun (it reads only the two nearest sentences, and "
        "its answer begins with 'According to the text,') or auto: begun for a small chat model that runs here, "
        "otherwise instructed (default: auto)."
    ),
]
Index = Annotated[
    str | None,
    Parameter(
        help="A folder that keeps the index, so that the next question adds only the documents that have changed."
    ),
]


@voiced
def ask(
    question: Question,
    /,
    *,
    documents: Documents,
    model: Model = None,
    base_url: BaseUrl = None,
    embedder: Embedder = None,
    passages: Passages = None,
    max_tokens: Tokens = None,
    prompt: Prompt = None,
    index: Index = None,
    json: Json = False,
) -> int:
    """Find what the documents say to a question, and print it."""
    from ..ask.ask import ask as reply_to
    from ..report.ask.terminal import print_reply
    from ..report.terminal import print_notes

    words: dict[str, Any] = {"model": model, "base_url": base_url, "embedder": embedder, "index": index}
    words |= {"prompt": prompt}
    words |= numerics({"passages": passages, "max_tokens": max_tokens}, WHOLE, least=1)
    given = {name: value for name, value in words.items() if value is not None}
    reply = reply_to(question, documents, **given)
    print_notes(" ".join(documents), reply.notes)
    if json:
        print_json(reply.document())
    else:
        print_reply(reply)
        if index:
            sources = [word for place in documents for word in ("--documents", place)]
            closing(["ask", "QUESTION", *sources, "--index", index], index=path(index))
    return 0
