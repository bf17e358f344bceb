"""Who acts, what was granted to them and where; known to every room, so that every room can ask."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhiben.kernel.errors import NotAllowed


class Permission(StrEnum):
    """Base of every room's permission names, written `<thing>:<verb>`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and what something is, as far as access goes.

    `path` is the unit's; `enterprise` owns the site; `party` is the enterprise responsible there, which may be
    another one (contractor, tenant).
    """

    path: str
    enterprise: int | None = None
    party: int | None = None
    industries: frozenset[str] = frozenset()
    matter: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """Permissions at a unit's path or for an enterprise, for some industries and matters (none named: all)."""

    permissions: frozenset[str]
    path: str | None = None
    enterprise: int | None = None
    industries: frozenset[str] = frozenset()
    matters: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None  # first day it no longer holds
    node: tuple[int, str] | None = None  # number and kind of the unit at `path`; of none where it is being left

    def reaches(self, place: Place) -> bool:
        """Tell whether `place` lies where this grant holds: path range or enterprise or responsible party."""
        where = (self.path is not None and place.path.startswith(self.path)) or (
            self.enterprise is not None and self.enterprise in (place.enterprise, place.party)
        )
        return (
            where
            and (not self.industries or bool(self.industries & place.industries))
            and (not self.matters or place.matter in self.matters)
        )

    def holds_on(self, day: date) -> bool:
        """Tell whether the grant is valid on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a device or the system itself. `grants` are those valid on the day the actor came in."""

    id: int | None  # account number; None: the system
    label: str
    grants: tuple[Grant, ...] = ()
    person: int | None = None  # orgs.Person
    is_system: bool = False

    def may(self, permission: str, place: Place) -> bool:
        """Tell whether any grant gives `permission` at `place`."""
        return self.is_system or any(permission in grant.permissions and grant.reaches(place) for grant in self.grants)

    def has(self, permission: str) -> bool:
        """Tell whether any grant gives `permission` anywhere: whether a door may open at all."""
        return self.is_system or any(permission in grant.permissions for grant in self.grants)


SYSTEM = Actor(id=None, label="system", is_system=True)


def require(actor: Actor, permission: str, place: Place) -> None:
    """Refuse unless `actor` holds `permission` at `place`."""
    if not actor.may(permission, place):
        raise NotAllowed("access:missing-permission", permission=str(permission))
