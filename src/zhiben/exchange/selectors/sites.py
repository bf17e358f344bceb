"""Where a row's danger is: the enterprise by code or name, its site under the unit named, who answers there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from zhiben.dangers.public import DangerPermission
from zhiben.exchange.domain.fields import Field
from zhiben.exchange.domain.rows import LedgerRow
from zhiben.kernel.actor import Actor, Place
from zhiben.kernel.ids import path_end
from zhiben.law.matters import matter_of
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Engagement, Unit
from zhiben.orgs.public import match_enterprises, plain_name, unit_place

Pair = tuple[str, str]  # credit code, name


@dataclass(frozen=True, slots=True)
class Spot:
    """The unit a row's danger hangs on and the party that answers there; or the problem, and the field it is about."""

    unit: Unit | None = None
    party: int | None = None
    problem: str = ""
    about: Field = Field.ENTERPRISE_NAME


@dataclass
class SiteFinder:
    """Finds sites for rows, batch by batch; whatever was asked once is remembered for the whole ledger."""

    actor: Actor
    under: Unit
    _found: dict[Pair, list[Unit] | str] = field(default_factory=dict)
    _allowed: dict[tuple[int, str], bool] = field(default_factory=dict)
    _engaged: dict[int, list[Engagement]] = field(default_factory=dict)

    def find(self, rows: Sequence[LedgerRow]) -> list[Spot]:
        """Return the spot of each row, in a handful of queries for all."""
        pairs = [_pair(row) for row in rows]
        self._look_up({pair for pair in pairs if any(pair) and pair not in self._found})
        spots = [self._spot(row, pair) for row, pair in zip(rows, pairs, strict=True)]
        self._engagements(spot.unit.pk for spot in spots if spot.unit)
        return [
            spot if spot.unit is None else Spot(spot.unit, self._party(row, spot.unit))
            for row, spot in zip(rows, spots, strict=True)
        ]

    def _look_up(self, pairs: set[Pair]) -> None:
        """Match enterprises, then their sites under the unit; a name may also be a site's own."""
        matches = match_enterprises(pairs, under=self.under) if pairs else {}
        sites = self._sites({match.enterprise.pk for match in matches.values() if match.enterprise})
        named = self._named({name for (_, name), match in matches.items() if not match.enterprise and name})
        for pair, match in matches.items():
            if match.enterprise:
                here = sites.get(match.enterprise.pk, [])
                here.sort(key=lambda unit, first=match.enterprise.registered_site_id: (unit.pk != first, unit.pk))  # type: ignore[misc]  # a default binds it
                self._found[pair] = here or "enterprise:elsewhere"
            else:
                self._found[pair] = named.get(pair[1]) or match.problem

    def _sites(self, enterprises: set[int]) -> dict[int, list[Unit]]:
        found: dict[int, list[Unit]] = {}
        for unit in self._inside().filter(enterprise__in=enterprises, kind=UnitKind.SITE) if enterprises else ():
            found.setdefault(unit.enterprise_id or 0, []).append(unit)
        if self.under.enterprise_id in enterprises and self.under.enterprise_id not in found:
            found[self.under.enterprise_id or 0] = [self.under]  # a workshop of the enterprise
        return found

    def _named(self, names: set[str]) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in self._inside().filter(name__in=names, kind=UnitKind.SITE) if names else ():
            found.setdefault(unit.name, []).append(unit)
        return {name: units for name, units in found.items() if len(units) == 1}

    def _inside(self) -> QuerySet[Unit]:
        inside = {"path__gte": self.under.path, "path__lt": path_end(self.under.path)}
        return Unit.objects.filter(enterprise__isnull=False, **inside).select_related("enterprise")

    def _spot(self, row: LedgerRow, pair: Pair) -> Spot:
        about = Field.ENTERPRISE_NAME if pair[1] else Field.CREDIT_CODE
        if not any(pair):
            found: list[Unit] | str = [self.under]
        else:
            found = self._found[pair]
        if isinstance(found, str):
            return Spot(problem=found, about=about)
        unit = next((unit for unit in found[1:] if unit.name in row.text(Field.PLACE)), found[0])
        return Spot(unit) if self._may(unit, row) else Spot(problem="enterprise:not-found", about=about)

    def _may(self, unit: Unit, row: LedgerRow) -> bool:
        """Ask once for each unit; whose right is narrowed to matters is asked for each matter too."""
        narrowed = any(grant.matters for grant in self.actor.grants)
        place = unit_place(unit)
        matter = matter_of(row.description, place.industries)[0] if narrowed else ""
        key = (unit.pk, matter)
        if key not in self._allowed:
            at = Place(place.path, place.enterprise, place.party, place.industries, matter or None)
            self._allowed[key] = self.actor.may(DangerPermission.IMPORT, at)
        return self._allowed[key]

    def _engagements(self, units: Iterable[int]) -> None:
        new = {pk for pk in units if pk not in self._engaged}
        self._engaged |= {pk: [] for pk in new}
        for one in Engagement.objects.filter(site__in=new).select_related("party") if new else ():
            self._engaged[one.site_id].append(one)

    def _party(self, row: LedgerRow, unit: Unit) -> int | None:
        """Return the contractor or tenant that the row makes responsible, if it was engaged there on the day found."""
        named = plain_name(row.text(Field.RESPONSIBLE_ORGANISATION))
        if not named or row.found_on is None:
            return None
        held = (
            one.party_id
            for one in self._engaged[unit.pk]
            if _holds(one, row.found_on) and one.party.plain_name == named
        )
        return next(held, None)


def _holds(one: Engagement, day: date) -> bool:
    return (one.since is None or one.since <= day) and (one.until is None or day < one.until)


def _pair(row: LedgerRow) -> Pair:
    return row.text(Field.CREDIT_CODE), row.text(Field.ENTERPRISE_NAME)
