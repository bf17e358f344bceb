"""What an enterprise's page shows of standards: the verdicts, and how much is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiben.kernel.actor import Actor
from zhiben.law.standards import held
from zhiben.orgs.models import Enterprise
from zhiben.orgs.panels import Panel, register_panel
from zhiben.orgs.public import enterprise_place
from zhiben.standards.models import Determination
from zhiben.standards.permissions import DeterminationPermission, FactPermission
from zhiben.standards.selectors import changes_told, determinations_of, facts_of, requests_of

RANK = ("present", "unknown", "absent")


def verdicts(actor: Actor, enterprise: Enterprise, day: date) -> Mapping[str, Any]:
    """Return the newest determination of each standard, hazards first, and whether the actor may judge."""
    newest = sorted(determinations_of(actor, enterprise.pk), key=lambda one: (RANK.index(one.verdict), one.standard))
    return {
        "enterprise": enterprise,
        "rows": [_row(one) for one in newest],
        "may_judge": actor.may(DeterminationPermission.MAKE, enterprise_place(enterprise)),
        "today": day,
        "told": changes_told(actor, enterprise, limit=3),
    }


def _row(one: Determination) -> dict[str, Any]:
    known = held(one.standard)
    present = [clause for clause in one.clauses if clause["verdict"] == "present" and not clause.get("element")]
    return {
        "determination": one,
        "title": known.title if known else one.standard,
        "present": len(present),
        "judged": one.coverage["judged"],
        "applicable": one.coverage["applicable"],
    }


def knowledge(actor: Actor, enterprise: Enterprise, day: date) -> Mapping[str, Any]:
    """Return how many facts are fresh, stale and asked for."""
    held = facts_of(actor, enterprise.pk, day=day)
    fresh = sum(known.is_fresh(day) for known in held.values())
    return {
        "enterprise": enterprise,
        "fresh": fresh,
        "stale": len(held) - fresh,
        "asked": len(requests_of(actor, enterprise.pk)),
        "may_record": actor.may(FactPermission.RECORD, enterprise_place(enterprise)),
    }


register_panel(Panel("determinations", "standards/_verdicts.html", DeterminationPermission.VIEW, verdicts, order=20))
register_panel(Panel("facts", "standards/_knowledge.html", FactPermission.VIEW, knowledge, order=20, is_side=True))
