"""Look-backs over the wire: what is to be looked at, and what was seen."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from ninja import Field, Query, Router, Schema

from zhiben.dangers.domain.lookback import LookbackState
from zhiben.dangers.models import Lookback
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.lookbacks import lookbacks_for
from zhiben.dangers.services.lookbacks import LookedBack, record_lookback
from zhiben.orgs.api import After, In, Limit, Page, PathId, answers, cursor_of, keys_of, writes
from zhiben.orgs.doors import Request, door
from zhiben.orgs.public import unit_at

router = Router(tags=["dangers"])
LONG = 4000


class LookbackOut(Schema):
    """A look-back: planned so many days after sign-off, or drawn in a sample."""

    id: int
    danger: int
    unit: int
    enterprise: int | None
    closed_on: date
    days: int | None
    sample: int | None
    due_on: date
    state: LookbackState
    is_overdue: bool
    done_on: date | None
    words: str


class LookbacksIn(In):
    """Narrowings of the list."""

    state: LookbackState | None = None
    overdue: bool | None = None
    unit: str = Field("", max_length=200, description="path or division code: it and what lies below")


class ResultIn(In):
    """What was seen. Photos are files of the danger, added before with the kind `lookback`."""

    result: LookbackState = Field(description="holds, came_back or not_checked")
    words: str = Field(min_length=1, max_length=LONG)
    files: list[UUID] = Field(default_factory=list, max_length=20)


class LookedBackOut(Schema):
    """What became of it."""

    id: int
    state: LookbackState
    danger: int
    reopened: bool
    again_on: date | None


@router.get("/lookbacks", response=answers(Page[LookbackOut]), operation_id="listLookbacks", summary="List look-backs")
@door(DangerPermission.VIEW)
def get_lookbacks(
    request: Request, filters: Query[LookbacksIn], after: After = "", limit: Limit = 50
) -> Page[LookbackOut]:
    """Return look-backs in scope, in the order they were planned."""
    path = unit_at(filters.unit).path if filters.unit else ""
    rows = lookbacks_for(request.actor, path=path).order_by("pk")
    if filters.state is not None:
        rows = rows.filter(state=str(filters.state))
    if filters.overdue is not None:
        rows = rows.filter(is_overdue=filters.overdue)
    keys = keys_of(after, [int])
    if keys is not None:
        rows = rows.filter(pk__gt=keys[0])
    found = list(rows[: limit + 1])
    more = len(found) > limit
    return Page(items=[_out(row) for row in found[:limit]], next=cursor_of(found[limit - 1].pk) if more else None)


@router.post(
    "/lookbacks/{int:lookback_id}/result",
    response=writes(LookedBackOut, 200),
    operation_id="recordLookback",
    summary="Record a look-back",
)
@door(DangerPermission.VIEW)
def post_lookback(request: Request, lookback_id: PathId, body: ResultIn) -> LookedBack:
    """Record what was seen; what came back is opened again in the same act."""
    return record_lookback(
        lookback_id, body.result, body.words, files=body.files, actor=request.actor, now=timezone.now()
    )


def _out(row: Lookback) -> LookbackOut:
    return LookbackOut(
        id=row.pk,
        danger=row.danger_id,
        unit=row.unit_id,
        enterprise=row.enterprise_id,
        closed_on=row.closed_on,
        days=row.days,
        sample=row.sample_id,
        due_on=row.due_on,
        state=LookbackState(row.state),
        is_overdue=row.is_overdue,
        done_on=row.done_on,
        words=row.words,
    )
