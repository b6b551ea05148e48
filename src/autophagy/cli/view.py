"""autophagy view: the runs below a folder in the browser, live."""

from typing import Annotated

from cyclopts import Parameter

from .flags import path
from .numbers import WHOLE, numeric
from .voice import voiced
from .words import Number, switch

Folder = Annotated[str, Parameter(help="The folder that the runs lie in, at any depth.")]
Port = Annotated[Number | None, Parameter(help="The port to listen on (default: a free one).", show_default=False)]
Open = Annotated[bool, switch("Show the list in the browser.")]


@voiced
def view(folder: Folder = "runs", /, *, port: Port = None, open: Open = False) -> int:
    """Serve the pages on this machine until Ctrl-C."""
    from ..report.view.serve import serve

    number = 0 if port is None else numeric("port", port, WHOLE)

    def ready(address: str) -> None:
        print(address, flush=True)
        if open:
            import webbrowser

            webbrowser.open(address)

    try:
        serve(path(folder), number, ready)
    except KeyboardInterrupt:
        return 0  # which is how a server ends
    return 0
