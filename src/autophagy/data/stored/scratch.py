"""A work folder: what it holds outlives a kill, and after a restart of the machine or an update it is done again.

Its files are written without waiting for the disk. After a kill the system still has them; after a power cut some may
be empty, so none that was written before is believed.
"""

import logging
import shutil
from pathlib import Path

from ...core.files import writing
from ...core.machine import this_start, version_of

STARTED = "started"  # the file that says in which start of the machine the others were written, and by which version

LOG = logging.getLogger(__name__)


def scratch(work: Path) -> Path:
    """The folder, empty unless all that it holds was written since this machine was started, by this version."""
    place = work / STARTED
    try:
        told = place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        told = None
    now = f"{this_start()} {version_of('autophagy')}"
    if told != now:
        if told is not None:
            LOG.warning(
                "%s was written before this machine was last started, on another machine, or by another version: "
                "it is done again.",
                work,
            )
        shutil.rmtree(work, ignore_errors=True)
        with writing(place, lasting=False) as file:
            file.write(now.encode())
    return work
