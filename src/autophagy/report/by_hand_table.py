"""Tables and lists as HTML; every text is escaped here, at the last moment."""

from collections.abc import Mapping, Sequence
from html import escape


def table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """A table of rows of HTML, the first cell of each its heading."""
    return grouped(head, {"": rows}, caption)


def grouped(head: Sequence[str], groups: Mapping[str, Sequence[Sequence[str]]], caption: str) -> str:
    """A table that scrolls by itself where it is wide, its rows under headings (HTML, "" for none)."""
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    bodies = []
    for heading, rows in groups.items():
        over = f'<tr><th class="over" scope="rowgroup" colspan="{len(head)}">{heading}</th></tr>' if heading else ""
        cells = "".join(
            f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"
            for first, *rest in rows
        )
        bodies.append(f"<tbody>{over}{cells}</tbody>")
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>{''.join(bodies)}</table></div>"
    )
