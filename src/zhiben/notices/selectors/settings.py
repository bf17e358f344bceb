"""What was set: channels, routes, and what each person chose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhiben.notices.channels import CHANNELS, ON_BY_ITSELF
from zhiben.notices.domain import route
from zhiben.notices.domain.choices import Choices, read_kinds
from zhiben.notices.domain.kinds import KINDS, OWN, NoticeKind
from zhiben.notices.domain.quiet import Quiet
from zhiben.notices.domain.route import Leg
from zhiben.notices.models import ChannelSetting, Preference, RouteSetting


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel as this installation uses it."""

    name: str
    is_on: bool
    price: int  # thousandths of a yuan for each part
    lacks: str  # the setting without which it cannot be used
    version: int

    @property
    def is_used(self) -> bool:
        """Letters go this way."""
        return self.is_on and not self.lacks


def channels() -> dict[str, ChannelState]:
    """Return every channel with its switch and price."""
    rows = {row.name: row for row in ChannelSetting.objects.all()}
    return {name: _state(name, rows.get(name)) for name in CHANNELS}


def _state(name: str, row: ChannelSetting | None) -> ChannelState:
    lacks = CHANNELS[name].lacks()
    if row is None:
        return ChannelState(name, name in ON_BY_ITSELF, 0, lacks, 0)
    return ChannelState(name, row.is_on, row.price, lacks, row.version)


def route_of(kind: str) -> tuple[Leg, ...]:
    """Return the route of a kind of notice that needs a receipt; the others have none."""
    return routes([kind])[kind]


def routed_kinds() -> list[NoticeKind]:
    """Return the kinds of notice that need a receipt."""
    return [kind for kind in KINDS.values() if kind.needs_receipt]


def choosable_kinds() -> dict[str, NoticeKind]:
    """Return the kinds of notice about which people choose."""
    return {name: kind for name, kind in KINDS.items() if not kind.needs_receipt and name not in OWN}


def choosable_channels() -> list[str]:
    """Return the channels people choose from: those in use, beside the program in which everything stands."""
    return [name for name, state in channels().items() if state.is_used and name != "program"]


def versions_of_routes() -> dict[str, int]:
    """Return the version of each route that was set here."""
    return dict(RouteSetting.objects.values_list("kind", "version"))


def routes(kinds: Iterable[str]) -> dict[str, tuple[Leg, ...]]:
    """Return the routes of kinds; a leg over a channel that no longer exists is left out."""
    wanted = {name: KINDS.get(name) for name in kinds}
    rows = {row.kind: row for row in RouteSetting.objects.filter(kind__in=wanted)}
    return {
        name: (_legs(rows[name].legs) if name in rows else route.USUAL) if kind and kind.needs_receipt else ()
        for name, kind in wanted.items()
    }


def _legs(kept: Sequence[tuple[str, int]]) -> tuple[Leg, ...]:
    return tuple(Leg(channel, after) for channel, after in kept if channel in CHANNELS or channel == route.BY_HAND)


def choices_of(people: Iterable[int]) -> Mapping[int, Choices]:
    """Return what people chose; who chose nothing has what is usual."""
    wanted = set(people)
    rows = Preference.objects.filter(person__in=wanted)
    chosen = {row.pk: read(row) for row in rows}
    return {person: chosen.get(person, Choices()) for person in wanted}


def read(row: Preference) -> Choices:
    """Return a row as choices."""
    quiet = Quiet(row.quiet_since, row.quiet_until) if row.has_quiet else None
    return Choices(quiet, row.digest_time, read_kinds(row.kinds))
