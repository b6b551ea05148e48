"""A curation in the terminal: what each curator took out, an example of each, and the verdict."""

from rich.text import Text

from ...curate.result import CurateResult
from ...text.percent import percent
from ..console import open_console
from ..findings import findings_table


def print_curation(result: CurateResult) -> None:
    """The rows that were kept and dropped, by curator, and what they come to."""
    console, document = open_console(), result.document
    table = findings_table(document)
    table.add_row("kept", f"{document['kept']:,}", percent(document["kept"] / max(1, document["rows"]), 2), "")
    if document["unreadable"]:
        table.add_row("unreadable", f"{document['unreadable']:,}", "", "")
    console.print(table)
    console.print()
    for sentence in result.verdict:
        console.print(Text(f"- {sentence}"))
