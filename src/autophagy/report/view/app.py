"""The addresses of the server: the list, a run, its page, what it sends while the run goes, and two assets."""

import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from ...core.errors import AutophagyError, need
from ...text.durations import unit_of
from ..page import style
from ..templates import render
from .answers import HEADERS, OWN_PAGE, RUN_PAGE
from .guard import Guard
from .listing import Listed, Listing
from .live import events, version_of
from .pages import Pages

SORTED = {"name": False, "verb": False, "data": False, "model": False, "state": False, "changed": True}  # newest first


def make_app(listing: Listing, token: str, port: int, stopping: Callable[[], bool]) -> Any:
    """The ASGI application; raises MissingExtra where Starlette is not installed."""
    starlette = need("starlette.applications", "autophagy view")
    routing = need("starlette.routing", "autophagy view")
    site = Site(listing, stopping)
    routes = [
        routing.Route("/", site.show_list),
        routing.Route("/run/{key}/", site.show_run),
        routing.Route("/run/{key}/page", site.show_page),
        routing.Route("/run/{key}/events", site.events),
        routing.Route("/{name}", site.asset),
    ]
    app = starlette.Starlette(routes=[routing.Mount("/{token}", routes=routes)])
    return Guard(app, token, port)


class Site:
    """What each address answers. What is slow is a plain function, which Starlette runs in a thread."""

    def __init__(self, listing: Listing, stopping: Callable[[], bool]) -> None:
        self.listing, self.stopping, self.pages = listing, stopping, Pages(listing.root)

    def show_list(self, request: Any) -> Any:
        """The runs, sorted and filtered as the address says."""
        by = request.query_params.get("sort", "changed")
        by = by if by in SORTED else "changed"
        sought = request.query_params.get("q", "")
        runs = [
            run
            for run in self.listing.runs()
            if sought.casefold() in f"{run.name} {run.verb} {run.data} {run.model} {run.state}".casefold()
        ]
        runs.sort(key=lambda run: getattr(run, by), reverse=SORTED[by])
        rows = [(run, ago(time.time() - run.changed)) for run in runs]
        return _answer("view/list.html", OWN_PAGE, root=shown(self.listing.root), rows=rows, by=by, sought=sought)

    def show_run(self, request: Any) -> Any:
        """The frame around a run's page, with how far the run has come."""
        run = self._run(request)
        if run is None:
            return _answer("view/note.html", OWN_PAGE, 404, sentence="There is no such run here any more.")
        return _answer("view/run.html", OWN_PAGE, run=run, version=version_of(run.folder))

    def show_page(self, request: Any) -> Any:
        """The page of a run, for the frame alone: elsewhere its scripts would stand in an address with the token."""
        run = self._run(request)
        if run is None:
            return _answer("view/note.html", RUN_PAGE, 404, sentence="There is no such run here any more.")
        if request.headers.get("sec-fetch-dest", "iframe") != "iframe":
            return _answer("view/note.html", RUN_PAGE, 403, sentence="This page is shown in the list of runs alone.")
        try:
            return _respond(self.pages.page(run.folder), "text/html", RUN_PAGE)
        except AutophagyError as error:
            return _answer("view/note.html", RUN_PAGE, 422, sentence=str(error))
        except Exception as error:  # whatever a damaged or a hostile folder sets off, the server goes on
            sentence = (
                f"{run.name} cannot be shown ({type(error).__name__}): its files are damaged or of another version."
            )
            return _answer("view/note.html", RUN_PAGE, 422, sentence=sentence)

    async def events(self, request: Any) -> Any:
        """How far the run has come, sent as it goes."""
        from starlette.responses import Response, StreamingResponse

        headers = {**HEADERS, "Content-Type": "text/event-stream"}
        if request.method == "HEAD":
            return Response(headers=headers)
        return StreamingResponse(events(self.listing, request.path_params["key"], self.stopping), headers=headers)

    def asset(self, request: Any) -> Any:
        """The style and the script, which are the only files that have an address."""
        name = request.path_params["name"]
        if name == "view.css":
            return _respond(style() + _text(__package__, name), "text/css")
        if name == "view.js":
            return _respond(_text(__package__, name), "text/javascript")
        return _answer("view/note.html", OWN_PAGE, 404, sentence="There is nothing at this address.")

    def _run(self, request: Any) -> Listed | None:
        return self.listing.run(request.path_params["key"])


def shown(path: Path) -> str:
    """A path as text, whatever bytes it is made of."""
    return str(path).encode("utf-8", "replace").decode()


def ago(seconds: float) -> str:
    """How long ago, in the largest unit that fits."""
    size, unit = unit_of(seconds, smallest=1)
    return f"{max(0, round(seconds / size))} {unit} ago"


def _text(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")


def _answer(template: str, policy: str, status: int = 200, **values: Any) -> Any:
    return _respond(render(template, **values), "text/html", policy, status)


def _respond(text: str, kind: str, policy: str = "", status: int = 200) -> Any:
    from starlette.responses import Response

    headers = {**HEADERS, **({"Content-Security-Policy": policy} if policy else {})}
    return Response(text.encode("utf-8", "replace"), status, headers, f"{kind}; charset=utf-8")
