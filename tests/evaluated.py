"""A task of inspect_ai run on a model that says what it is told to."""

import gc
import logging
import warnings
from contextlib import contextmanager


def evaluated(task, replies, folder, form="eval"):
    """The log of a task that was run quietly, one sample after the other."""
    from inspect_ai import eval as evaluate
    from inspect_ai.model import ModelOutput, ModelUsage, get_model

    outputs = [ModelOutput.from_content("mockllm/model", text) for text in replies]
    for output in outputs:
        output.usage = ModelUsage(input_tokens=9, output_tokens=1, total_tokens=10)  # else the model asks the net
    with _own_logging(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"(inspect_ai|httpx|anyio|pydantic)\b")
        (log,) = evaluate(
            task,
            model=get_model("mockllm/model", custom_outputs=outputs),
            log_dir=str(folder),
            log_format=form,
            display="none",
            log_level="critical",
            ctl_server=False,
            score_display=False,
            max_samples=1,
        )
        gc.collect()  # the streams that inspect_ai leaves open complain when they are freed: let it be now
    assert log.status == "success", log.error
    return log


@contextmanager
def _own_logging():
    """Put the root logger back, whose level inspect_ai sets for good: no later test would hear a warning."""
    before, handlers = logging.root.level, list(logging.root.handlers)
    try:
        yield
    finally:
        logging.root.setLevel(before)
        logging.root.handlers[:] = handlers
