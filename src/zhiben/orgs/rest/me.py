"""Who is asking, and what they may do where."""

from datetime import date

from ninja import Router, Schema

from zhiben.kernel.actor import Grant
from zhiben.orgs.api import answers
from zhiben.orgs.doors import Request, door
from zhiben.orgs.selectors.parties import person_name

router = Router(tags=["me"])


class GrantOut(Schema):
    """Permissions at a unit and below (`path`) or for an enterprise; no industries or matters named: all."""

    path: str | None
    enterprise: int | None
    permissions: list[str]
    industries: list[str]
    matters: list[str]
    since: date | None
    until: date | None


class MeOut(Schema):
    """The account behind the token, and its grants that hold today."""

    account: int
    username: str
    person: int | None
    name: str
    grants: list[GrantOut]


@router.get("/me", response=answers(MeOut), operation_id="getMe", summary="Read about oneself")
@door(open_because="who one is oneself")
def get_me(request: Request) -> MeOut:
    """Return the account you act with and what was granted to it."""
    actor = request.actor
    return MeOut(
        account=actor.id or 0,
        username=actor.label,
        person=actor.person,
        name=person_name(actor.person),
        grants=[_grant(grant) for grant in actor.grants],
    )


def _grant(grant: Grant) -> GrantOut:
    return GrantOut(
        path=grant.path,
        enterprise=grant.enterprise,
        permissions=sorted(grant.permissions),
        industries=sorted(grant.industries),
        matters=sorted(grant.matters),
        since=grant.since,
        until=grant.until,
    )
