"""May one danger be taken into another, and which of two is better kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from zhiben.dangers.domain.kinds import CLOSED, Channel, Confidentiality, Level, SetBy, State

FAR: Mapping[State, int] = {  # how far a danger has come: the one further along is better kept
    State.VOIDED: 0,
    State.REGISTERED: 1,
    State.TRANSFERRED: 2,
    State.CONFIRMED: 3,
    State.RECTIFYING: 4,
    State.AWAITING_ACCEPTANCE: 5,
    State.SIGNED_OFF: 6,
}
SEALS: Mapping[Confidentiality, int] = {seal: rank for rank, seal in enumerate(Confidentiality)}
LEVELS: Mapping[Level, int] = {Level.UNSET: 0, Level.GENERAL: 1, Level.MAJOR: 2}
STRICT: Mapping[str, int] = {Channel.INSPECTION: 2, Channel.PUBLIC_REPORT: 1}  # who found it decides who judges it


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One of the two, as far as merging cares."""

    id: int
    state: State
    found_on: date
    closed_on: date | None = None
    merged_into: int | None = None
    level: Level = Level.UNSET
    channel: Channel = Channel.SELF_CHECK
    due_set_by: str = ""
    confidentiality: Confidentiality = Confidentiality.NORMAL
    enterprise: int | None = None
    party: int | None = None  # responsible, where it is not the host
    township: int | None = None
    path: str = ""
    is_listed: bool = False  # under listed supervision, or closure requested
    is_stopped: bool = False


def strictest(*channels: str) -> str:
    """Return the channel whose finders bind most: an inspection before the public before all others.

    >>> str(strictest("self_check", "public_report", "inspection")), strictest("", "monitoring")
    ('inspection', 'monitoring')
    """
    return max(filter(None, channels), key=lambda channel: STRICT.get(channel, 0), default="")


def objection(merged: Party, kept: Party) -> str | None:
    """Return why `merged` cannot be taken into `kept`, as the code of a refusal; None where it can."""
    return next((code for code, stands in OBJECTIONS if stands(merged, kept)), None)


def better_kept(one: Party, other: Party) -> int:
    """Return which of two to keep, by number: one that can take the other in, the further along, the older."""
    ways = [(kept, merged) for kept, merged in ((one, other), (other, one)) if objection(merged, kept) is None]
    kept = [kept for kept, _ in ways] or [one, other]
    return min(kept, key=lambda party: (-FAR[party.state], party.found_on, party.id)).id


def _is_recurrence(merged: Party, kept: Party) -> bool:
    return kept.closed_on is not None and merged.found_on > kept.closed_on


def _apart(merged: Party, kept: Party) -> bool:
    """Tell whether a report that names no enterprise lies elsewhere than the danger that would take it in."""
    if merged.enterprise is not None:
        return False
    nested = kept.path.startswith(merged.path) or merged.path.startswith(kept.path)
    return not nested and (merged.township is None or merged.township != kept.township)


def _differ(one: int | None, other: int | None) -> bool:
    return None not in {one, other} and one != other


def _lacks(merged: int | None, kept: int | None) -> bool:
    """Tell whether the one kept does not know what the one merged does."""
    return merged is not None and kept is None


def _loses_order(merged: Party, kept: Party) -> bool:
    return merged.due_set_by == SetBy.ORDER != kept.due_set_by


OBJECTIONS: tuple[tuple[str, Callable[[Party, Party], bool]], ...] = (
    ("danger:merge-itself", lambda m, k: m.id == k.id),
    ("danger:is-merged", lambda m, _: m.merged_into is not None),
    ("danger:merge-into-merged", lambda _, k: k.merged_into is not None),
    ("danger:merge-closed", lambda m, _: m.state in CLOSED),
    ("danger:merge-into-voided", lambda _, k: k.state is State.VOIDED),
    ("danger:merge-recurrence", _is_recurrence),
    ("danger:merge-other-enterprise", lambda m, k: _differ(m.enterprise, k.enterprise)),
    ("danger:merge-other-party", lambda m, k: _differ(m.party, k.party)),
    ("danger:merge-other-way", lambda m, k: _lacks(m.enterprise, k.enterprise) or _lacks(m.party, k.party)),
    ("danger:merge-too-far", _apart),
    ("danger:merge-hides-major", lambda m, k: m.level is Level.MAJOR and LEVELS[k.level] < LEVELS[m.level]),
    ("danger:merge-loses-order", _loses_order),
    ("danger:merge-listed", lambda m, _: m.is_listed),
    ("danger:stop-order-stands", lambda m, _: m.is_stopped),
    ("danger:merge-unseals", lambda m, k: SEALS[m.confidentiality] > SEALS[k.confidentiality]),
)
