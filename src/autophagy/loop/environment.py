"""Everything that the result of a run hangs on beside its spec: the machine, the versions, the data, the teacher."""

from typing import Any

from ..core.machine import surroundings
from ..data.load import RealRows
from .plan import LoopPlan


def environment(plan: LoopPlan, cores: int) -> dict[str, Any]:
    """Everything that a result hangs on beside its spec."""
    data = plan.data
    rows = {"pool": plan.pool, "fresh": plan.stream, "reference": plan.reference}
    return (
        surroundings(plan.spec.plugins, cores)
        | {
            "data": {
                "name": data.name,
                "digest": (data.samples if isinstance(data, RealRows) else plan.reference).digest(),
                "kind": data.kind,
                "shape": list(plan.reference.x.shape[1:]),
                "rows": {name: None if part is None else len(part) for name, part in rows.items()},
                "unreadable": data.unreadable,
                "notes": list(plan.notes),
            },
        }
        | plan.legend.json()
        | _teacher(plan)
    )


def _teacher(plan: LoopPlan) -> dict[str, Any]:
    """The facts of the teacher, where the run has one; its digest is of all that it wrote for this run."""
    teacher = plan.teacher
    if teacher is None:
        return {}
    rows = {"each_seed": len(teacher.texts[0]), "held_out": len(teacher.held_out)}
    facts = {"name": f"{plan.spec.teacher}", "digest": teacher.digest, "rows": rows}
    return {"teacher": facts | ({"writers": teacher.writers} if teacher.writers else {})}
