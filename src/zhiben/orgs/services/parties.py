"""Writes of enterprises, sites and engagements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from zhiben.journal.public import Line, record
from zhiben.kernel.actor import Actor, Place, require
from zhiben.kernel.errors import Conflict, Invalid, NotFound
from zhiben.kernel.periods import local_day
from zhiben.law.codes import is_credit_code, normal_code
from zhiben.orgs import events
from zhiben.orgs.domain.industries import BIT, mask_of
from zhiben.orgs.domain.kinds import RANK, EngagementRole, UnitKind
from zhiben.orgs.domain.names import plain_name
from zhiben.orgs.models import (
    Engagement,
    Enterprise,
    Unit,
)
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.parties import enterprise_for, enterprise_place
from zhiben.orgs.selectors.units import unit_for, unit_place, units_for
from zhiben.orgs.services.units import check_period, clean_name, iso, unit_line
from zhiben.orgs.tree import reserve_ids, sprout


@dataclass(frozen=True, slots=True)
class NewEnterprise:
    """What is known of an enterprise when it is entered; its registered site is made with it."""

    name: str
    unit: int  # township, village or grid that the registered site hangs on
    credit_code: str = ""
    industries: tuple[str, ...] = ()  # the main one first
    employees: int | None = None
    address: str = ""
    since: date | None = None
    is_example: bool = False


def register_enterprise(enterprise: NewEnterprise, *, actor: Actor, now: datetime) -> Enterprise:
    """Enter one enterprise; see `register_enterprises`."""
    return register_enterprises([enterprise], actor=actor, now=now)[0]


@transaction.atomic
def register_enterprises(enterprises: Sequence[NewEnterprise], *, actor: Actor, now: datetime) -> list[Enterprise]:
    """Enter enterprises with their registered sites; one that cannot be entered keeps all of them out."""
    homes = _homes({new.unit for new in enterprises}, actor)
    for new in enterprises:
        _check_site_parent(homes[new.unit])
        place = Place(homes[new.unit].path, industries=frozenset(new.industries))
        require(actor, OrgsPermission.EDIT_ENTERPRISE, place)
    rows = [_enterprise(new) for new in enterprises]
    _check_codes_free(rows)
    try:
        with transaction.atomic():
            Enterprise.objects.bulk_create(rows)
    except IntegrityError as problem:  # somebody entered the same code at the same moment
        raise Conflict("enterprise:code-taken") from problem
    _lay_out(rows, enterprises, homes)
    day = timezone.localtime(now).date()
    record([_registered(row, new, day) for row, new in zip(rows, enterprises, strict=True)], actor=actor, now=now)
    return rows


def _homes(unit_ids: set[int], actor: Actor) -> dict[int, Unit]:
    """Return the units that registered sites will hang on, all inside the actor's reach."""
    homes = units_for(actor).in_bulk(unit_ids)
    for unit_id in sorted(unit_ids - homes.keys()):
        raise NotFound("unit:not-found", unit=unit_id)
    return homes


def _enterprise(new: NewEnterprise) -> Enterprise:
    check_industries(new.industries)
    name = clean_name(new.name)
    if not plain_name(name):
        raise Invalid("unit:name-unusable", field="name", value=name)
    return Enterprise(
        name=name,
        plain_name=plain_name(name)[:200],
        credit_code=checked_credit_code(new.credit_code) if new.credit_code else None,
        industry=new.industries[0] if new.industries else "",
        industries_mask=mask_of(new.industries),
        employees=new.employees,
        since=new.since,
        is_example=new.is_example,
    )


def checked_credit_code(text: str) -> str:
    """Return a credit code as printed; refuse one whose form or last character is wrong (GB 32100-2015)."""
    code = normal_code(text)
    if not is_credit_code(code):
        raise Invalid(
            "enterprise:credit-code-wrong", field="credit_code", value=text[:40], example="91350100M000100Y43"
        )
    return code


def _check_codes_free(rows: Sequence[Enterprise]) -> None:
    codes = [row.credit_code for row in rows if row.credit_code]
    repeated = {code for code in codes if codes.count(code) > 1} if len(set(codes)) < len(codes) else set()
    taken: set[str | None] = {*repeated} or set(
        Enterprise.objects.filter(credit_code__in=codes).values_list("credit_code", flat=True)
    )
    if taken:
        raise Conflict("enterprise:code-taken", field="credit_code", value=min(filter(None, taken)))


def _lay_out(rows: Sequence[Enterprise], enterprises: Sequence[NewEnterprise], homes: dict[int, Unit]) -> None:
    """Give each enterprise its registered site."""
    sites = []
    for number, row, new in zip(reserve_ids(len(rows)), rows, enterprises, strict=True):
        site = sprout(
            homes[new.unit], number, UnitKind.SITE, row.name,
            enterprise_id=row.pk, address=new.address, since=new.since,
        )  # fmt: skip
        row.registered_site, row.path = site, site.path
        sites.append(site)
    Unit.objects.bulk_create(sites)
    Enterprise.objects.bulk_update(rows, ["registered_site", "path"], batch_size=200)


def _registered(row: Enterprise, new: NewEnterprise, day: date) -> Line:
    event = events.EnterpriseRegistered(
        name=row.name,
        credit_code=row.credit_code or "",
        site=row.registered_site_id or 0,
        unit=new.unit,
        industries=list(new.industries),
        is_example=row.is_example,
    )
    return Line(event, f"enterprise/{row.pk}", f"enterprise:{row.pk}", day)


@transaction.atomic
def add_site(
    enterprise_id: int, unit_id: int, name: str, *, address: str = "", since: date | None = None,
    actor: Actor, now: datetime,
) -> Unit:  # fmt: skip
    """Give an enterprise one more site, on a unit that the actor may also see."""
    enterprise, home = enterprise_to_edit(enterprise_id, actor), _place_to_use(unit_id, actor)
    _check_site_parent(home)
    site = sprout(
        home, reserve_ids(1)[0], UnitKind.SITE, clean_name(name),
        enterprise_id=enterprise.pk, address=address, since=since,
    )  # fmt: skip
    site.save(force_insert=True)
    event = events.SiteAdded(site.pk, site.name, home.pk)
    day = since or timezone.localtime(now).date()
    record([Line(event, f"enterprise/{enterprise.pk}", f"enterprise:{enterprise.pk}", day)], actor=actor, now=now)
    return site


@transaction.atomic
def edit_site(site_id: int, *, name: str, address: str, actor: Actor, now: datetime) -> Unit:
    """Correct what a site is called and where it lies; what does not change leaves no trace."""
    site = unit_for(actor, site_id)
    if site.enterprise_id is None or site.kind != UnitKind.SITE:
        raise Invalid("engagement:not-a-site", field="site", unit=site.name)
    require(actor, OrgsPermission.EDIT_ENTERPRISE, unit_place(site))
    wanted = {"name": clean_name(name), "address": " ".join(address.split())[:300]}
    after = {column: value for column, value in wanted.items() if getattr(site, column) != value}
    before = {column: getattr(site, column) for column in after}
    if not after:
        return site
    if not Unit.objects.filter(pk=site.pk, **before).update(**after):
        raise Conflict("unit:changed-meanwhile", unit=site.name)
    record([unit_line(events.SiteEdited(before, after), site, local_day(now))], actor=actor, now=now)
    return Unit.objects.get(pk=site.pk)


def _place_to_use(unit_id: int, actor: Actor) -> Unit:
    """Return a unit to build on. Regions are public: an enterprise may open a site in the next county."""
    unit = Unit.objects.filter(pk=unit_id, enterprise=None).first()
    return unit or unit_for(actor, unit_id)


def _check_site_parent(unit: Unit) -> None:
    if not RANK[UnitKind.COUNTY] <= RANK[UnitKind(unit.kind)] <= RANK[UnitKind.GRID]:
        raise Invalid("site:wrong-place", field="unit", kind=unit.kind, unit=unit.name)


@transaction.atomic
def engage(
    party_id: int, site_id: int, role: EngagementRole, *, since: date, until: date | None = None, note: str = "",
    actor: Actor, now: datetime,
) -> Engagement:  # fmt: skip
    """Put a contractor, tenant or project on somebody else's site; the site's enterprise, or those above it, say so."""
    site = unit_for(actor, site_id)
    if site.enterprise_id is None or site.kind != UnitKind.SITE:
        raise Invalid("engagement:not-a-site", field="site", unit=site.name)
    require(actor, OrgsPermission.EDIT_ENTERPRISE, unit_place(site))
    party = Enterprise.objects.filter(pk=party_id).first()
    if party is None or party.pk == site.enterprise_id:
        raise Invalid("engagement:not-another-party", field="party", party=party_id)
    check_period(since, until)
    engagement = Engagement.objects.create(party=party, site=site, role=role, note=note, since=since, until=until)
    event = events.EngagementMade(party.pk, site.pk, role.value, since.isoformat(), iso(until))
    record([unit_line(event, site, since)], actor=actor, now=now)
    return engagement


@transaction.atomic
def end_engagement(engagement_id: int, *, until: date, actor: Actor, now: datetime) -> Engagement:
    """Let an engagement end before a day; who has no say over the site finds none."""
    engagement = Engagement.objects.select_related("site__enterprise").filter(pk=engagement_id).first()
    if engagement is None or not actor.may(OrgsPermission.EDIT_ENTERPRISE, unit_place(engagement.site)):
        raise NotFound("engagement:not-found", engagement=engagement_id)
    check_period(engagement.since, until)
    Engagement.objects.filter(pk=engagement.pk).update(until=until)
    engagement.until = until
    event = events.EngagementEnded(engagement.party_id, engagement.site_id, until.isoformat())
    record([unit_line(event, engagement.site, until)], actor=actor, now=now)
    return engagement


@dataclass(frozen=True, slots=True)
class EnterpriseFacts:
    """What may be corrected about an enterprise; None leaves it as it is."""

    name: str | None = None
    credit_code: str | None = None
    industries: tuple[str, ...] | None = None  # the main one first
    employees: int | None = None


@transaction.atomic
def edit_enterprise(enterprise_id: int, facts: EnterpriseFacts, *, actor: Actor, now: datetime) -> Enterprise:
    """Correct what is known of an enterprise; what does not change leaves no trace."""
    enterprise = enterprise_to_edit(enterprise_id, actor)
    before, after = _changes(enterprise, facts)
    if not after:
        return enterprise
    for name, value in after.items():
        setattr(enterprise, name, value)
    if "credit_code" in after:
        _check_codes_free([enterprise])
    still = Enterprise.objects.filter(pk=enterprise.pk, **before)
    if not still.update(**after):
        raise Conflict("unit:changed-meanwhile", unit=enterprise.name)
    event = events.EnterpriseEdited(before, after)
    day = timezone.localtime(now).date()
    record([Line(event, f"enterprise/{enterprise.pk}", f"enterprise:{enterprise.pk}", day)], actor=actor, now=now)
    return enterprise


def _changes(enterprise: Enterprise, facts: EnterpriseFacts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns that change, as they are and as they will be."""
    wanted: dict[str, Any] = {}
    if facts.name is not None:
        name = clean_name(facts.name)
        wanted |= {"name": name, "plain_name": plain_name(name)[:200]}
    if facts.credit_code is not None:
        wanted["credit_code"] = checked_credit_code(facts.credit_code)
    if facts.industries is not None:
        check_industries(facts.industries)
        wanted |= {"industry": (*facts.industries, "")[0], "industries_mask": mask_of(facts.industries)}
    if facts.employees is not None:
        wanted["employees"] = facts.employees
    after = {name: value for name, value in wanted.items() if getattr(enterprise, name) != value}
    return {name: getattr(enterprise, name) for name in after}, after


def check_industries(slugs: Iterable[str]) -> None:
    """Refuse industries that the program does not know."""
    if unknown := sorted(set(slugs) - set(BIT)):
        raise Invalid("enterprise:industry-unknown", field="industries", value=", ".join(unknown))


def enterprise_to_edit(enterprise_id: int, actor: Actor) -> Enterprise:
    """Return an enterprise that the actor may change."""
    enterprise = enterprise_for(actor, enterprise_id)
    require(actor, OrgsPermission.EDIT_ENTERPRISE, enterprise_place(enterprise))
    return enterprise
