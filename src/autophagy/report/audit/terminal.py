"""An audit in the terminal: what each curator found, an example of each, and the verdict."""

from rich.text import Text

from ...audit.result import AuditResult
from ..console import open_console
from ..findings import findings_table


def print_audit(result: AuditResult) -> None:
    """What was found, and what it comes to."""
    console, document = open_console(), result.document
    console.print(findings_table(document))
    console.print()
    for sentence in result.verdict:
        console.print(Text(f"- {sentence}"))
