"""Reads of insights. Every function takes the actor, so no read can forget who asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhiben.insights.domain.months import first_of, month_of
from zhiben.insights.figures import Subjects
from zhiben.insights.ledger import By, Only, Row, clearing, slugs, subjects_of
from zhiben.insights.models import Restated
from zhiben.insights.permissions import InsightPermission
from zhiben.kernel.actor import Actor, Grant
from zhiben.kernel.errors import NotFound
from zhiben.orgs.models import Enterprise, Unit
from zhiben.orgs.public import breadcrumbs, children_of, enterprise_for, sites_of, unit_at


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the tree whose figures are asked for: a unit, or an enterprise with all its sites."""

    unit: Unit | None = None
    enterprise: Enterprise | None = None
    only: Only | None = None  # what the actor's grants leave to be seen; None: everything
    is_mixed: bool = False  # the grants are limited by industry and by matter at once: no figures can be shown

    @property
    def name(self) -> str:
        """Return what the part is called."""
        return self.unit.name if self.unit else self.enterprise.name if self.enterprise else ""

    def subjects(self, on: date) -> Subjects:
        """Return under which numbers the part is counted."""
        return subjects_of(self.unit or self.sites(on))

    def children(self, on: date) -> list[Unit]:
        """Return what the part consists of: the unit's children, or the enterprise's sites."""
        return list(children_of(self.unit, on=on)) if self.unit else self.sites(on)

    def sites(self, on: date) -> list[Unit]:
        """Return the enterprise's sites valid on a day."""
        return sites_of(self.enterprise, on=on) if self.enterprise else []

    def dimensions(self) -> frozenset[int] | None:
        """Return the numbers of the one dimension that may be seen; None: all."""
        if self.only is None or self.only.by is None:
            return None
        return frozenset(number for number, slug in slugs(self.only.by).items() if slug in self.only.slugs)


def part_for(
    actor: Actor,
    wanted: str = "",
    *,
    enterprise: int | None = None,
    permission: InsightPermission = InsightPermission.VIEW,
) -> Part:
    """Return a part inside the actor's reach: the unit with this path or code, an enterprise, else the top of all."""
    grants = [grant for grant in actor.grants if permission in grant.permissions]
    if enterprise is not None:
        return _enterprise_part(actor, grants, enterprise)
    if wanted:
        unit = unit_at(wanted)
        reaching = [grant for grant in grants if _reaches(grant, unit)]
        if not reaching and not actor.is_system:
            raise NotFound("unit:not-found", unit=wanted)
        return _limited(reaching, unit=unit, is_system=actor.is_system)
    return _top(actor, grants, permission)


def _top(actor: Actor, grants: Sequence[Grant], permission: InsightPermission) -> Part:
    paths = sorted({grant.path for grant in grants if grant.path is not None}, key=lambda path: (len(path), path))
    if paths or actor.is_system:
        return part_for(actor, paths[0] if paths else "/1/", permission=permission)
    ours = [grant for grant in grants if grant.enterprise is not None]
    if not ours:
        raise NotFound("page:not-found")
    return _enterprise_part(actor, ours, ours[0].enterprise or 0)


def _enterprise_part(actor: Actor, grants: Sequence[Grant], enterprise_id: int) -> Part:
    """Return an enterprise, where every site of it lies inside the reach; a part of its figures would mislead."""
    enterprise = enterprise_for(actor, enterprise_id)
    sites = sites_of(enterprise)
    reaching = [grant for grant in grants if all(_reaches(grant, site) for site in sites)]
    if not actor.is_system and (not reaching or not sites):
        raise NotFound("enterprise:not-found", enterprise=enterprise_id)
    return _limited(reaching, enterprise=enterprise, is_system=actor.is_system)


def _reaches(grant: Grant, unit: Unit) -> bool:
    """Tell whether a grant reaches a unit, whatever industries and matters it is limited to."""
    by_path = grant.path is not None and unit.path.startswith(grant.path)
    return by_path or (grant.enterprise is not None and grant.enterprise == unit.enterprise_id)


def _limited(
    grants: Sequence[Grant], *, unit: Unit | None = None, enterprise: Enterprise | None = None, is_system: bool = False
) -> Part:
    """Add up what several grants show. The tallies know one dimension at a time, so two limits at once show nothing."""
    if is_system or any(not grant.industries and not grant.matters for grant in grants):
        return Part(unit, enterprise)
    if all(not grant.matters for grant in grants):
        return Part(unit, enterprise, _only(By.INDUSTRY, (grant.industries for grant in grants)))
    if all(not grant.industries for grant in grants):
        return Part(unit, enterprise, _only(By.MATTER, (grant.matters for grant in grants)))
    return Part(unit, enterprise, is_mixed=True)


def _only(by: By, named: Iterable[frozenset[str]]) -> Only:
    return Only(by=by, slugs=frozenset().union(*named))


def ways_up(actor: Actor, part: Part) -> list[Unit]:
    """Return the part's ancestors inside the actor's reach and the part itself, top first."""
    if part.unit is None:
        return []
    grants = [grant for grant in actor.grants if InsightPermission.VIEW in grant.permissions]
    above = breadcrumbs(part.unit)
    return [unit for unit in above if actor.is_system or any(_reaches(grant, unit) for grant in grants)]


def tops_for(actor: Actor) -> list[Unit]:
    """Return where the actor's reach begins, for choosing another part."""
    paths = {g.path for g in actor.grants if g.path is not None and InsightPermission.VIEW in g.permissions}
    return list(Unit.objects.filter(path__in=paths).order_by("depth", "path"))


def clearing_of(part: Part, since: date, until: date, *, by: By) -> list[Row]:
    """Return the clearing ledger of a part, limited to what its reader may see."""
    return clearing(part.unit or part.sites(until), since, until, by=by, only=part.only)


def restated_months(part: Part, since: date, until: date) -> set[str]:
    """Return the months between two days that entries written later changed, as `2026-03`."""
    subjects = part.subjects(until)
    marked = Restated.objects.filter(
        unit__in=(*subjects.high, *subjects.low), month__range=(month_of(since), month_of(until))
    )
    return {first_of(month).isoformat()[:7] for month in marked.values_list("month", flat=True)}
