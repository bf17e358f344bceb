"""Where somebody may bring a ledger in: the units of their grants, the regions right below, an enterprise's sites."""

from dataclasses import dataclass

from zhiben.exchange.permissions import ExchangePermission
from zhiben.kernel.actor import Actor
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Unit
from zhiben.orgs.public import children_of, unit_for, units_for

MOST = 300
REGIONS = (UnitKind.NATION, UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY, UnitKind.TOWNSHIP)


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that may be chosen; `depth` below the first of its branch."""

    unit: Unit
    depth: int

    @property
    def words(self) -> str:
        """Return the name, moved in by its depth."""
        return "\u3000" * self.depth + self.unit.name


def places_for(actor: Actor) -> list[Choice]:
    """Return the units offered, each branch from its top: two levels of regions, or the sites of an enterprise."""
    paths = {g.path for g in actor.grants if g.path is not None and ExchangePermission.MAKE_IMPORT in g.permissions}
    if not paths:
        sites = units_for(actor, ExchangePermission.MAKE_IMPORT).filter(kind=UnitKind.SITE)
        return [Choice(unit, 0) for unit in sites.order_by("pk")[:MOST]]
    tops = Unit.objects.filter(path__in=[path for path in paths if not _is_below(path, paths)]).order_by("path")
    return [choice for top in tops for choice in _branch(top, 0)][:MOST]


def place_for(actor: Actor, unit_id: int) -> Unit:
    """Return a unit under which the actor may import."""
    return unit_for(actor, unit_id, ExchangePermission.MAKE_IMPORT)


def _is_below(path: str, paths: set[str]) -> bool:
    return any(path != other and path.startswith(other) for other in paths)


def _branch(unit: Unit, depth: int) -> list[Choice]:
    below = children_of(unit).filter(kind__in=REGIONS)[:MOST] if depth < 2 else ()
    return [Choice(unit, depth), *(choice for child in below for choice in _branch(child, depth + 1))]
