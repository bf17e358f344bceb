"""A stop order on its way: ordered, treated, assessed, applied for, reviewed on site; passing resumes and signs off."""

from collections.abc import Mapping

from zhiben.dangers.domain.clock import Clock
from zhiben.dangers.domain.kinds import STANDING, Flag, Role, StopStatus
from zhiben.dangers.models import StopOrder
from zhiben.dangers.services.case import Case, Change
from zhiben.dangers.services.clocking import owed
from zhiben.kernel.errors import Conflict


def order_stop(case: Case) -> None:
    """Stop the whole or a part."""
    case.rows.append(_new_order(case))
    case.flag(Flag.STOP_ORDERED, up=True, reason=case.given.reason)
    case.involve(Role.OFFICER)
    case.facts |= {"order": case.given.order}


def record_assessment(case: Case) -> None:
    """Keep what own experts or an agency found of the treatment; without it nobody may apply."""
    columns = {"assessed_on": case.today, "assessor": case.given.assessor, "by_agency": case.given.by_agency}
    _advance(case, StopStatus.ASSESSED, columns)
    case.facts |= {"by_agency": case.given.by_agency}


def apply_to_resume(case: Case) -> None:
    """Ask in writing for the review on site, which is due within days that the law sets."""
    review = owed(Clock.REVIEW, case.danger, case.today, case.standing.habits)
    case.start(review)
    _advance(case, StopStatus.APPLIED, {"applied_on": case.today, "review_by": review.day})


def settle(case: Case, outcome: StopStatus) -> None:
    """End the review: resumption allowed, an order to correct under the standing stop, or stopped again."""
    reviewed = {"reviewed_on": case.today, "reviewed_by_id": case.actor.id, "outcome": case.given.reason}
    order = _advance(case, outcome, reviewed)
    case.facts["outcome"] = str(outcome)
    if outcome is StopStatus.AGAIN:
        case.rows.append(_new_order(case, follows=order))
    if outcome is StopStatus.RESUMED:
        case.flag(Flag.STOP_ORDERED, up=False, reason=case.given.reason)


def _new_order(case: Case, follows: StopOrder | None = None) -> StopOrder:
    return StopOrder(
        danger=case.danger,
        number=case.given.order,
        scope=case.given.scope or (follows.scope if follows else ""),
        reason=case.given.reason,
        ordered_on=case.today,
        ordered_by_id=case.actor.id,
        follows=follows,
    )


def _advance(case: Case, status: StopStatus, columns: Mapping[str, object]) -> StopOrder:
    order = StopOrder.objects.filter(danger=case.danger, status__in=sorted(map(str, STANDING))).first()
    if order is None:
        raise Conflict("danger:no-stop-order")
    case.changes.append(Change(StopOrder, {"pk": order.pk, "status": order.status}, {"status": str(status), **columns}))
    return order
