"""Reads of facts and determinations. Every function takes the actor, so no read can forget who asks."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from zhiben.journal.public import history
from zhiben.kernel.actor import SYSTEM, Actor, require
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import path_end
from zhiben.kernel.periods import local_day
from zhiben.law.asking import ASKED, Asking, asking
from zhiben.law.changes import Changed, Judged, begun, changes, ended, matched
from zhiben.law.facts import INDUSTRIES
from zhiben.law.judge import judge_all
from zhiben.law.subject import subject_of
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.models import Enterprise
from zhiben.orgs.public import enterprise_for, enterprise_place
from zhiben.orgs.scope import scope_of, seen
from zhiben.standards.domain.freshness import FactSource, Known, latest
from zhiben.standards.models import Determination, Fact, FactRequest
from zhiben.standards.permissions import DeterminationPermission, FactPermission
from zhiben.standards.regional import editions_at


def facts_of(actor: Actor, enterprise_id: int, *, day: date) -> dict[str, Known]:
    """Return the value of each fact that counts on `day`, stale ones included (`is_fresh` tells)."""
    rows = Fact.unscoped.filter(seen(scope_of(actor, FactPermission.VIEW)), enterprise_id=enterprise_id, day__lte=day)
    return latest((known(row) for row in rows), day)


def known(row: Fact) -> Known:
    """Return a row as the plain value that rules work with."""
    return Known(
        id=row.pk,
        name=row.name,
        value=row.value,
        day=row.day,
        source=FactSource(row.source),
        source_text=row.source_text,
        fresh_until=row.fresh_until,
        recorded_at=row.recorded_at,
    )


def fact_history(actor: Actor, enterprise_id: int, name: str) -> list[Fact]:
    """Return all values of one fact, newest first."""
    rows = Fact.unscoped.filter(seen(scope_of(actor, FactPermission.VIEW)), enterprise_id=enterprise_id, name=name)
    return list(rows.order_by("-day", "-pk")[:200])


def requests_of(actor: Actor, enterprise_id: int) -> list[FactRequest]:
    """Return what is still asked for: what a person asked first, then most decisive first."""
    rows = FactRequest.unscoped.filter(
        seen(scope_of(actor, FactPermission.VIEW)), enterprise_id=enterprise_id, answered_at__isnull=True
    )
    return list(rows.order_by("rank", "asked_at", "pk"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One request: what an enterprise is asked for in all."""

    enterprise: int
    name: str
    facts: int
    since: datetime


def requests_waiting(actor: Actor, *, path: str = "", after: int = 0, limit: int = 50) -> list[Wanted]:
    """Return the enterprises that are asked for facts, each once, by number; those in the actor's reach."""
    rows = FactRequest.unscoped.filter(
        seen(scope_of(actor, FactPermission.VIEW)), answered_at__isnull=True, enterprise__gt=after
    )
    return _wanted(rows.filter(path__gte=path, path__lt=path_end(path)) if path else rows, limit)


def asked_enterprises(actor: Actor, path: str) -> int:
    """Return how many enterprises of a part of the tree are asked for facts."""
    rows = FactRequest.unscoped.filter(
        seen(scope_of(actor, FactPermission.VIEW)), answered_at__isnull=True, path__gte=path, path__lt=path_end(path)
    )
    return rows.values("enterprise").distinct().count()


def own_requests(actor: Actor, *, limit: int = 5) -> list[Wanted]:
    """Return what the actor's own enterprises are asked for: one thing to do an enterprise."""
    own = {
        grant.enterprise for grant in actor.grants if grant.enterprise and FactPermission.RECORD in grant.permissions
    }
    if not own:
        return []
    return _wanted(FactRequest.unscoped.filter(enterprise__in=own, answered_at__isnull=True), limit)


def _wanted(rows: QuerySet[FactRequest], limit: int) -> list[Wanted]:
    told = rows.values("enterprise", "enterprise__name").annotate(facts=Count("pk"), since=Min("asked_at"))
    return [
        Wanted(one["enterprise"], one["enterprise__name"], one["facts"], one["since"])
        for one in told.order_by("enterprise")[:limit]
    ]


def determinations_of(actor: Actor, enterprise_id: int, *, limit: int = 50) -> list[Determination]:
    """Return the newest determination of each standard that nothing replaced, newest first; past days asked for too."""
    rows = Determination.unscoped.filter(
        seen(scope_of(actor, DeterminationPermission.VIEW)), enterprise_id=enterprise_id
    ).order_by("-judged_at", "-pk")
    newest: dict[str, Determination] = {}
    for row in rows[: limit * 10]:
        if row.until is None or row.day < local_day(row.judged_at):
            newest.setdefault(row.standard, row)
    return list(newest.values())[:limit]


def standing_of(enterprise_id: int) -> list[Determination]:
    """Return the determinations of an enterprise that nothing replaced, newest first. For the rooms' own work."""
    return list(Determination.unscoped.filter(enterprise_id=enterprise_id, until=None).order_by("-day", "-pk"))


def changes_told(actor: Actor, enterprise: Enterprise, *, limit: int = 50) -> list[dict[str, Any]]:
    """Return what the journal says of changed verdicts, newest first."""
    require(actor, DeterminationPermission.VIEW, enterprise_place(enterprise))
    entries = history(f"verdicts/{enterprise.pk}", limit=limit)
    return [{**one.body, "at": one.at, "on": one.on} for one in reversed(entries)]


def determination_for(actor: Actor, determination_id: int) -> Determination:
    """Return one determination if the actor may see it; else answer as if it did not exist."""
    rows = Determination.unscoped.filter(seen(scope_of(actor, DeterminationPermission.VIEW)), pk=determination_id)
    row: Determination | None = rows.first()
    if row is None:
        raise NotFound("determination:not-found")
    return row


def determinations_for(
    actor: Actor, *, enterprise_id: int | None = None, before: int | None = None, limit: int = 50
) -> list[Determination]:
    """Return determinations in the actor's scope, newest first, a page at a time."""
    rows = Determination.unscoped.filter(seen(scope_of(actor, DeterminationPermission.VIEW)))
    if enterprise_id is not None:
        rows = rows.filter(enterprise_id=enterprise_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:limit])


def fact_values(facts: Iterable[Known], day: date) -> dict[str, Any]:
    """Return the plain values that are fresh on `day`: what is stale is left out, so that it is unknown."""
    return {known.name: known.value for known in facts if known.is_fresh(day)}


def enterprise_to_judge(actor: Actor, enterprise_id: int) -> Enterprise:
    """Return the enterprise if the actor may see it."""
    return Enterprise.objects.get(pk=enterprise_id) if actor is SYSTEM else enterprise_for(actor, enterprise_id)


def judged_by(actor: Actor, enterprise: Enterprise, *, day: date) -> dict[str, Any]:
    """Return what an enterprise is judged by on a day: its fresh facts and its industries."""
    held = facts_of(actor, enterprise.pk, day=day)
    return {**fact_values(held.values(), day), INDUSTRIES: slugs_of(enterprise.industries_mask)}


def questions_for(
    actor: Actor, enterprise: Enterprise, *, day: date, without: AbstractSet[str] = frozenset(), limit: int = ASKED
) -> Asking:
    """Return which missing facts of an enterprise to ask for first, most decisive first."""
    also = editions_at(enterprise.path, day)
    return asking(judged_by(actor, enterprise, day=day), day, limit=limit, without=without, also=also)


@dataclass(frozen=True, slots=True)
class Turned:
    """What one standard says otherwise on the later of two days; None: it did not hold then."""

    before: Judged | None
    after: Judged | None
    changed: tuple[Changed, ...]


def changes_between(actor: Actor, enterprise: Enterprise, since: date, until: date) -> list[Turned]:
    """Return whose verdicts of an enterprise differ between two days, each day with its law and its facts."""
    old, new = (_judged_on(actor, enterprise, day) for day in (since, until))
    editions = matched({id_: one.standard for id_, one in old.items()}, {id_: one.standard for id_, one in new.items()})
    found = [
        _turned(old[before.id] if before else None, new[after.id] if after else None) for before, after in editions
    ]
    return [one for one in found if one.changed or (one.before is None) is not (one.after is None) or _other(one)]


def _judged_on(actor: Actor, enterprise: Enterprise, day: date) -> dict[str, Judged]:
    given, also = judged_by(actor, enterprise, day=day), editions_at(enterprise.path, day)
    subject = subject_of(given)
    return {one.standard.id: Judged.of(one, subject) for one in judge_all(given, day, also=also)}


def _turned(before: Judged | None, after: Judged | None) -> Turned:
    if before is not None and after is not None:
        return Turned(before, after, changes(before, after))
    return Turned(before, after, ended(before) if before else begun(after) if after else ())


def _other(one: Turned) -> bool:
    return one.before is not None and one.after is not None and one.before.standard is not one.after.standard
