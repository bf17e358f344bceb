"""Reads of enterprises, departments and people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import orjson
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from zhiben.kernel.actor import Actor, Grant, Place
from zhiben.kernel.errors import Conflict, NotFound
from zhiben.kernel.ids import ancestors, path_end
from zhiben.kernel.periods import local_day
from zhiben.law.codes import normal_code
from zhiben.orgs.domain.industries import mask_of, slugs_of
from zhiben.orgs.domain.kinds import PostKind, UnitKind
from zhiben.orgs.domain.names import plain_name
from zhiben.orgs.models import Appointment, Engagement, Enterprise, Person, Unit
from zhiben.orgs.scope import scope_of

FOUND = 50
PARAMETERS = 5_000
SUPERVISING = (UnitKind.NATION, UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY)


def valid_on(day: date) -> Q:
    """Return the condition for rows that hold on a day: since ≤ day < until."""
    return Q(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day))


def engaged_now() -> QuerySet[Engagement]:
    """Return the engagements that hold today: after the last day of one, host and party see each other no more."""
    return Engagement.objects.filter(valid_on(local_day(timezone.now())))


def enterprise_place(enterprise: Enterprise) -> Place:
    """Return where an enterprise as a whole is, as far as access goes: at its registered site."""
    industries = frozenset(slugs_of(enterprise.industries_mask))
    return Place(enterprise.path, enterprise.pk, enterprise.pk, industries)


def enterprises_for(actor: Actor, permission: str | None = None) -> QuerySet[Enterprise]:
    """Return the enterprises an actor may see.

    A subtree shows who is registered in it, who has a site in it and who is or was engaged on a site in it; an
    enterprise sees itself and who is engaged on its own sites today. A grant for some industries shows only theirs. Matters do not
    narrow here: an enterprise as such belongs to none.
    """
    scope = scope_of(actor, permission)
    if scope.everything:
        return Enterprise.objects.all()
    condition = Q(pk__in=[])
    for grant in scope.grants:
        condition |= _shown_by(grant)
    return Enterprise.objects.filter(condition)


def _shown_by(grant: Grant) -> Q:
    where = Q(pk__in=[])
    if grant.path is not None:
        inside = {"path__gte": grant.path, "path__lt": path_end(grant.path)}
        sites = Unit.objects.filter(enterprise__isnull=False, **inside)
        where |= Q(**inside) | Q(pk__in=sites.values("enterprise"))
        where |= Q(pk__in=Engagement.objects.filter(**{f"site__{k}": v for k, v in inside.items()}).values("party"))
    if grant.enterprise is not None:
        where |= Q(pk=grant.enterprise)
        where |= Q(pk__in=engaged_now().filter(site__enterprise=grant.enterprise).values("party"))
    if grant.industries:
        where &= Q(industries_mask__overlaps=mask_of(grant.industries))
    return where


def enterprise_for(actor: Actor, enterprise_id: int, permission: str | None = None) -> Enterprise:
    """Return an enterprise inside the actor's reach."""
    found = enterprises_for(actor, permission).filter(pk=enterprise_id)
    enterprise = found.select_related("registered_site", "principal", "controller").first()
    if enterprise is None:
        raise NotFound("enterprise:not-found", enterprise=enterprise_id)
    return enterprise


def sites_of(enterprise: Enterprise, *, on: date | None = None) -> list[Unit]:
    """Return an enterprise's sites, the registered one first."""
    sites = enterprise.units.filter(kind=UnitKind.SITE)
    found = list((sites.filter(valid_on(on)) if on else sites).order_by("pk"))
    return sorted(found, key=lambda site: site.pk != enterprise.registered_site_id)


@dataclass(frozen=True, slots=True)
class EnterprisePage:
    """What the page of an enterprise shows of orgs."""

    enterprise: Enterprise
    sites: Sequence[Unit]
    here: Sequence[Engagement]  # others engaged on its sites
    elsewhere: Sequence[Engagement]  # itself engaged on others' sites
    people: Sequence[Person]


def enterprise_page(actor: Actor, enterprise_id: int, *, on: date) -> EnterprisePage:
    """Return an enterprise with its sites, engagements valid on a day and people."""
    enterprise = enterprise_for(actor, enterprise_id)
    engaged = (
        Engagement.objects.filter(valid_on(on)).select_related("party", "site__enterprise").order_by("since", "pk")
    )
    return EnterprisePage(
        enterprise=enterprise,
        sites=sites_of(enterprise, on=on),
        here=list(engaged.filter(site__enterprise=enterprise)),
        elsewhere=list(engaged.filter(party=enterprise)),
        people=list(people_for(actor).filter(enterprise=enterprise).order_by("name", "pk")),
    )


def search_enterprises(actor: Actor, text: str, *, limit: int = FOUND) -> list[Enterprise]:
    """Find enterprises by a part of their name or the beginning of their credit code, inside the actor's reach."""
    wanted = plain_name(text)
    if not wanted:
        return []
    condition = Q(plain_name__contains=wanted) | Q(credit_code__startswith=wanted.upper())
    return list(enterprises_for(actor).filter(condition).order_by("plain_name", "pk")[:limit])


@dataclass(frozen=True, slots=True)
class Match:
    """Which enterprise a row means, or why none: `enterprise` is None and `problem` says so."""

    enterprise: Enterprise | None
    by: str = ""  # "credit_code" | "name"
    problem: str = ""  # "enterprise:not-found" | "enterprise:ambiguous"


def match_enterprises(wanted: Iterable[tuple[str, str]], *, under: Unit) -> dict[tuple[str, str], Match]:
    """Find the enterprise of each (credit code, name): by code, else by normalised name under a unit.

    Two queries for every few thousand rows, however many enterprises there are.
    Under a unit means registered there or with a site there. A name that two enterprises bear decides nothing.
    """
    pairs = set(wanted)
    codes = {normal_code(code) for code, _ in pairs if code}
    by_code = {
        found.credit_code: found for some in _parts(codes) for found in Enterprise.objects.filter(credit_code__in=some)
    }
    names = {plain_name(name) for code, name in pairs if name and normal_code(code) not in by_code}
    by_name: dict[str, list[Enterprise]] = {}
    for found in (found for some in _parts(names) for found in _named(some, under)):
        by_name.setdefault(found.plain_name, []).append(found)
    return {pair: _match(*pair, by_code, by_name) for pair in pairs}


def _parts(values: set[str]) -> Iterator[list[str]]:
    """Cut values into lists that a statement can carry: SQLite takes some 32,000 parameters."""
    ordered = sorted(values)
    return (ordered[start : start + PARAMETERS] for start in range(0, len(ordered), PARAMETERS))


def _named(names: list[str], under: Unit) -> QuerySet[Enterprise]:
    inside = {"path__gte": under.path, "path__lt": path_end(under.path)}
    sites = Unit.objects.filter(enterprise__isnull=False, **inside)
    return Enterprise.objects.filter(Q(**inside) | Q(pk__in=sites.values("enterprise")), plain_name__in=names)


def _match(code: str, name: str, by_code: dict[str | None, Enterprise], by_name: dict[str, list[Enterprise]]) -> Match:
    if code and (found := by_code.get(normal_code(code))):
        return Match(found, by="credit_code")
    same = by_name.get(plain_name(name), []) if name else []
    if len(same) == 1 and not (code and same[0].credit_code):  # two different credit codes are two enterprises
        return Match(same[0], by="name")
    return Match(None, problem="enterprise:ambiguous" if len(same) > 1 else "enterprise:not-found")


def enterprise_by(*, credit_code: str = "", name: str = "", under: Unit) -> Enterprise:
    """Return the one enterprise with this credit code, or else of this name under a unit."""
    match = match_enterprises([(credit_code, name)], under=under)[credit_code, name]
    if match.enterprise:
        return match.enterprise
    kind = Conflict if match.problem == "enterprise:ambiguous" else NotFound
    raise kind(match.problem, credit_code=credit_code, name=name, under=under.name)


def department_for_matter(path: str, matter: str, on: date) -> int | None:
    """Return the number of the department that answers for a matter at the unit of this path.

    The nearest one, from the county upwards, that names the matter; where none does, the nearest general one
    (which names no matters).
    """
    paths = ancestors(path)
    with connection.cursor() as cursor:
        cursor.execute(_DEPARTMENTS.format(", ".join(["%s"] * len(paths))), [*paths, *SUPERVISING, on, on])
        above = [(-len(home), pk, _matters(matters)) for pk, home, matters in cursor.fetchall()]
    named = min((one for one in above if matter in one[2]), default=None)
    general = min((one for one in above if not one[2]), default=None)
    nearest = named or general
    return nearest[1] if nearest else None


# Written out, because it stands in the way of every report, and Django takes longer to write it than to ask it.
_DEPARTMENTS = """
select d.id, d.path, cast(d.matters as text) from orgs_department d join orgs_unit u on u.id = d.unit_id
where d.path in ({}) and u.kind in (%s, %s, %s, %s)
  and (d.since is null or d.since <= %s) and (d.until is null or d.until > %s)
"""


@lru_cache(maxsize=512)
def _matters(text: str) -> tuple[str, ...]:
    return tuple(orjson.loads(text))


def people_holding(
    kind: PostKind, *, enterprise: int | None = None, department: int | None = None, on: date
) -> list[Person]:
    """Return who holds a post of this kind in an enterprise or a department on a day, by number."""
    held = Q(appointments__in=_appointments(kind, enterprise, department, on))
    if enterprise is not None and kind in {PostKind.PRINCIPAL, PostKind.CONTROLLER}:
        held |= Q(pk__in=Enterprise.objects.filter(pk=enterprise).values(kind.value))
    return list(Person.objects.filter(held).distinct().order_by("pk"))


def _appointments(kind: PostKind, enterprise: int | None, department: int | None, on: date) -> QuerySet[Appointment]:
    held = Appointment.objects.filter(valid_on(on), post__kind=kind)
    if enterprise is not None:
        return held.filter(post__unit__enterprise=enterprise)
    if department is not None:
        return held.filter(person__department=department)
    raise TypeError("name an enterprise or a department")


def people_for(actor: Actor, permission: str | None = None) -> QuerySet[Person]:
    """Return the people an actor may see: oneself, those of enterprises and departments inside one's reach."""
    scope = scope_of(actor, permission)
    if scope.everything:
        return Person.objects.all()
    condition = Q(pk=actor.person) if actor.person else Q(pk__in=[])
    condition |= Q(enterprise__in=enterprises_for(actor, permission).values("pk"))
    for grant in scope.grants:
        if grant.path is not None:
            condition |= Q(department__path__gte=grant.path, department__path__lt=path_end(grant.path))
    return Person.objects.filter(condition)


def person_for(actor: Actor, person_id: int) -> Person:
    """Return a person inside the actor's reach."""
    person = people_for(actor).filter(pk=person_id).select_related("enterprise", "department").first()
    if person is None:
        raise NotFound("person:not-found", person=person_id)
    return person


def person_name(person_id: int | None) -> str:
    """Return a person's name, or nothing where there is none."""
    return Person.objects.filter(pk=person_id).values_list("name", flat=True).first() or "" if person_id else ""


def person_names(person_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of several people in one query."""
    return dict(Person.objects.filter(pk__in=set(person_ids)).values_list("pk", "name"))
