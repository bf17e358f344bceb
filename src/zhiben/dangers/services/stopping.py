"""A stop order on its way: ordered, treated, assessed, applied for, reviewed on site; passing resumes and signs off.

Beside it: people withdrawn, the government asked for assistance or to close the enterprise.
"""

from collections.abc import Mapping

from zhiben.dangers.domain.clock import Clock
from zhiben.dangers.domain.kinds import STANDING, Extent, Flag, Role, StopStatus
from zhiben.dangers.models import AssistanceRequest, Evacuation, StopOrder
from zhiben.dangers.services.case import Case, Change
from zhiben.dangers.services.clocking import owed
from zhiben.dangers.services.settling import is_on_site
from zhiben.kernel.errors import Conflict, Invalid


def order_stop(case: Case) -> None:
    """Stop the whole or a part."""
    order = _new_order(case)
    case.rows.append(order)
    case.flag(Flag.STOP_ORDERED, up=True, reason=case.given.reason)
    case.involve(Role.OFFICER)
    case.facts |= {"order": order.number, "extent": order.extent, "workshop": order.workshop_id}


def record_evacuation(case: Case) -> None:
    """Keep that people were withdrawn and how it was closed off."""
    told = {"people": case.given.withdrawn or 0, "measures": case.given.report}
    by = {"on": case.today, "at": case.now, "account_id": case.actor.id}
    case.rows.append(Evacuation(danger=case.danger, **told, **by))
    case.facts["withdrawn"] = case.given.withdrawn


def ask_assistance(case: Case) -> None:
    """Ask the government for what the enterprise cannot do alone."""
    asked = {"addressee": case.given.addressee, "wanted": case.given.reason}
    by = {"asked_on": case.today, "asked_by_id": case.actor.id}
    case.rows.append(AssistanceRequest(danger=case.danger, **asked, **by))
    case.facts["addressee"] = case.given.addressee


def answer_assistance(case: Case) -> None:
    """Keep what came of it."""
    told = {"answered_on": case.today, "answered_by_id": case.actor.id, "answer": case.given.report}
    pending = {"danger": case.danger, "answered_on__isnull": True}
    case.changes.append(Change(AssistanceRequest, pending, told))


def record_assessment(case: Case) -> None:
    """Keep what own experts or an agency found of the treatment; unless they found it fit nobody may apply."""
    fit = bool(case.given.conclusion)
    told = {"assessor": case.given.assessor, "by_agency": case.given.by_agency, "conclusion": case.given.report}
    standing = _standing(case)
    status = StopStatus.ASSESSED if fit else StopStatus(standing.status)
    _advance(case, standing, status, {"assessed_on": case.today, "is_fit": fit, **told})
    case.facts |= {"by_agency": case.given.by_agency, "is_fit": fit}


def apply_to_resume(case: Case) -> None:
    """Ask in writing for the review on site, which is due within days that the law sets."""
    review = owed(Clock.REVIEW, case.danger, case.today, case.standing.habits)
    case.start(review)
    _advance(case, _standing(case), StopStatus.APPLIED, {"applied_on": case.today, "review_by": review.day})


def settle(case: Case, outcome: StopStatus) -> None:
    """End the review: resumption allowed, an order to correct under the standing stop, or stopped again."""
    reviewed = {"reviewed_on": case.today, "reviewed_by_id": case.actor.id, "outcome": case.given.reason}
    order = _standing(case)
    _advance(case, order, outcome, reviewed)
    case.facts["outcome"] = str(outcome)
    if outcome is StopStatus.AGAIN:
        case.rows.append(_new_order(case, follows=order))
    if outcome is StopStatus.RESUMED:
        case.flag(Flag.STOP_ORDERED, up=False, reason=case.given.reason)


def request_closure(case: Case) -> None:
    """Ask the government, which alone may close an enterprise."""
    case.facts["ground"] = str(case.given.ground)
    case.flag(Flag.CLOSURE_REQUESTED, up=True, reason=case.given.reason)


def answer_closure(case: Case) -> None:
    """Keep the government's decision; a refused request stands no longer. The stop is lifted by a review alone."""
    granted = bool(case.given.granted)
    case.facts["granted"] = granted
    if not granted:
        case.flag(Flag.CLOSURE_REQUESTED, up=False, reason=case.given.reason)


def _new_order(case: Case, follows: StopOrder | None = None) -> StopOrder:
    told = _scope_told(case) if follows is None or case.given.extent else _scope_of(follows)
    return StopOrder(
        danger=case.danger,
        number=case.given.order,
        reason=case.given.reason,
        ordered_on=case.today,
        ordered_by_id=case.actor.id,
        follows=follows,
        **told,
    )


def _scope_told(case: Case) -> dict[str, object]:
    given = case.given
    if given.workshop is not None and not is_on_site(case, given.workshop):
        raise Invalid("danger:workshop-not-on-site", field="workshop", workshop=given.workshop)
    extent = given.extent or Extent.PART
    return {
        "extent": str(extent),
        "scope": given.scope,
        "workshop_id": given.workshop if extent is Extent.PART else None,
        "equipment": given.equipment if extent is Extent.PART else "",
    }


def _scope_of(order: StopOrder) -> dict[str, object]:
    return {name: getattr(order, name) for name in ("extent", "scope", "workshop_id", "equipment")}


def _standing(case: Case) -> StopOrder:
    order = StopOrder.objects.filter(danger=case.danger, status__in=sorted(map(str, STANDING))).first()
    if order is None:
        raise Conflict("danger:no-stop-order")
    return order


def _advance(case: Case, order: StopOrder, status: StopStatus, columns: Mapping[str, object]) -> None:
    case.changes.append(Change(StopOrder, {"pk": order.pk, "status": order.status}, {"status": str(status), **columns}))
