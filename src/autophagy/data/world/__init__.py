"""A world that no model has seen: invented people and firms, documents about them, and questions of several types.

Ref: Allen-Zhu and Li 2023, section 2 (bioS: single, multi, permute and full-name biographies).
"""

from .asking import questions
from .facts import Firm, Person, World, make_world
from .wording import document, rewritings

__all__ = ["Firm", "Person", "World", "document", "make_world", "questions", "rewritings"]
