"""A work folder: what it holds outlives a kill, and is done again after a restart of the machine, or on another one.

Its files are written without waiting for the disk. After a kill the system still has them; after a power cut some may
be empty, so none that was written before is believed.
"""

import logging
import shutil
from pathlib import Path

from ...core.files import writing
from ...core.machine import this_start

STARTED = "started"  # the file that says in which start of the machine the others were written

LOG = logging.getLogger(__name__)


def scratch(work: Path) -> Path:
    """The folder, empty unless all that it holds was written since this machine was started."""
    place = work / STARTED
    try:
        told = place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        told = None
    if told != this_start():
        if told is not None:
            LOG.warning("%s was written before this machine was last started, or on another: it is done again.", work)
        shutil.rmtree(work, ignore_errors=True)
        with writing(place, lasting=False) as file:
            file.write(this_start().encode())
    return work
