"""A danger and the one who would move it, described for the rules: all that the guards ask, in a handful of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import Count, Q

from zhiben.dangers.domain.guards import Standing
from zhiben.dangers.domain.habits import DEFAULTS, Habits
from zhiben.dangers.domain.kinds import STANDING, Channel, EvidenceKind, Level, Role, SetBy, State, StopStatus
from zhiben.dangers.domain.listing import ListingState
from zhiben.dangers.domain.timing import extension_from
from zhiben.dangers.models import AssistanceRequest, Danger, Evidence, Extension, Listing, Participant, StopOrder
from zhiben.dangers.selectors.family import Roots, roots_of
from zhiben.dangers.selectors.listings import standing_listings
from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Department, Person


def habits() -> Habits:
    """Return what this installation decided, over the defaults."""
    return Habits(**{**_defaults(), **getattr(settings, "DANGER_HABITS", {})})


def _defaults() -> dict[str, object]:
    return {name: getattr(DEFAULTS, name) for name in Habits.__dataclass_fields__}


@dataclass(frozen=True)
class Mover:
    """The actor as a member of a department, or of none."""

    actor: Actor

    @cached_property
    def department(self) -> Department | None:
        """Return the department the actor belongs to."""
        if self.actor.person is None:
            return None
        return Department.objects.filter(people=self.actor.person).select_related("unit").first()

    @property
    def is_supervisor(self) -> bool:
        """Tell whether the actor belongs to any department; the system acts for all."""
        return self.actor.is_system or self.department is not None

    def is_of(self, department_id: int | None) -> bool:
        """Tell whether the actor belongs to just this department."""
        mine = self.department
        return self.actor.is_system or (mine is not None and mine.pk == department_id)

    def supervises(self, danger: Danger) -> bool:
        """Tell whether the actor belongs to the supervising department or one above it; any will do where none is set."""
        mine, theirs = self.department, danger.department
        if self.actor.is_system or mine is None or theirs is None:
            return self.is_supervisor
        if mine.pk in {theirs.pk, theirs.parent_id}:
            return True
        above = len(mine.path) < len(theirs.path) and theirs.path.startswith(mine.path)
        return above and (not mine.matters or danger.matter in mine.matters)


def standings_of(dangers: Sequence[Danger], mover: Mover, *, today: date) -> dict[int, Standing]:
    """Describe dangers that the actor was shown, as they stand today for this actor."""
    ids = [danger.pk for danger in dangers]
    roots = roots_of(ids)  # what was proved and done about one of a family holds for the danger that was kept
    actor, customs = mover.actor, habits()
    stops = {stop.danger_id: StopStatus(stop.status) for stop in _standing_stops(ids)}
    pending = set(_pending(ids))
    asked = set(_assistance_pending(ids))
    proofs = _proofs(roots)
    roles = _roles(roots, actor)
    proposals = _void_proposals([danger.pk for danger in dangers if danger.is_void_proposed])
    people = _people(dangers)
    listings = standing_listings(danger.pk for danger in dangers if danger.is_listed)
    return {
        danger.pk: Standing(
            state=State(danger.state),
            today=today,
            level=Level(danger.level),
            channel=Channel(danger.judged_as),
            due_on=danger.due_on,
            due_set_by=SetBy(danger.due_set_by or SetBy.SELF),
            has_owner=danger.owner_person_id is not None or danger.owner_unit_id is not None,
            stop=stops.get(danger.pk),
            extension_pending=danger.pk in pending,
            extension_from=_may_ask_from(danger, listings.get(danger.pk)),
            extension_until=listings[danger.pk].ask_until if danger.pk in listings else None,
            listing=ListingState(listings[danger.pk].state) if danger.pk in listings else None,
            reviewed_by_me=danger.pk in listings and listings[danger.pk].reviewed_by_id == actor.id,
            reported=danger.is_reported,
            void_proposed=danger.is_void_proposed,
            void_proposed_by_other=any(not _is(who, actor) for who in proposals.get(danger.pk, ())),
            closure_requested=danger.is_closure_requested,
            assistance_pending=danger.pk in asked,
            imported=danger.is_imported,
            untouched=danger.steps == 0,
            withdrawn=danger.is_withdrawn,
            merged=danger.merged_into_id is not None,
            holds_merged=len({member for member, root in roots.items() if root == danger.pk}) > 1,
            department=danger.department_id,
            transferred_to=danger.transferred_to_id,
            proofs=frozenset(proofs.get(danger.pk, ())),
            people=people.get(danger.party_id or danger.enterprise_id or 0),
            roles=frozenset(roles.get(danger.pk, ())),
            is_supervisor=mover.is_supervisor,
            supervises=mover.supervises(danger),
            receives=mover.is_of(danger.transferred_to_id),
            habits=customs,
        )
        for danger in dangers
    }


def _may_ask_from(danger: Danger, listing: Listing | None) -> date | None:
    """Return the first day to ask for more time: of a listed danger any, as long as it is early enough."""
    if danger.due_on is None:
        return None
    return listing.listed_on if listing else extension_from(danger.due_on)


def _standing_stops(ids: Sequence[int]) -> Iterable[StopOrder]:
    return StopOrder.objects.filter(danger__in=ids, status__in=[str(status) for status in STANDING])


def _pending(ids: Sequence[int]) -> Iterable[int]:
    rows = Extension.objects.filter(danger__in=ids, is_granted__isnull=True, is_moot=False)
    return rows.values_list("danger_id", flat=True)


def _assistance_pending(ids: Sequence[int]) -> Iterable[int]:
    rows = AssistanceRequest.objects.filter(danger__in=ids, answered_on__isnull=True)
    return rows.values_list("danger_id", flat=True)


def _proofs(roots: Roots) -> Mapping[int, set[EvidenceKind]]:
    found: dict[int, set[EvidenceKind]] = {}
    for danger_id, kind in Evidence.objects.filter(danger__in=list(roots)).values_list("danger_id", "kind"):
        found.setdefault(roots[danger_id], set()).add(EvidenceKind(kind))
    return found


def _roles(roots: Roots, actor: Actor) -> Mapping[int, set[Role]]:
    """Return what the actor has been; a former owner who did not rectify is free again."""
    if actor.is_system:
        return {}
    me = Q(pk__in=[])
    if actor.person is not None:
        me |= Q(person=actor.person)
    if actor.id is not None:
        me |= Q(account=actor.id)
    rows = Participant.objects.filter(me, danger__in=list(roots)).exclude(role=Role.OWNER, is_current=False)
    found: dict[int, set[Role]] = {}
    for danger_id, role in rows.values_list("danger_id", "role"):
        found.setdefault(roots[danger_id], set()).add(Role(role))
    return found


Who = tuple[int | None, int | None]


def _void_proposals(ids: Sequence[int]) -> Mapping[int, list[Who]]:
    if not ids:
        return {}
    rows = Participant.objects.filter(danger__in=ids, role=Role.VOID_PROPOSER, is_current=True)
    found: dict[int, list[Who]] = {}
    for danger_id, person, account in rows.values_list("danger_id", "person_id", "account_id"):
        found.setdefault(danger_id, []).append((person, account))
    return found


def _is(who: Who, actor: Actor) -> bool:
    person, account = who
    same_person = person is not None and person == actor.person
    return same_person or (account is not None and account == actor.id)


def _people(dangers: Sequence[Danger]) -> Mapping[int, int]:
    """Return how many people each responsible party has: as it declares, else as many as are known here."""
    parties = {party.pk: party for danger in dangers if (party := danger.party or danger.enterprise)}
    known = {pk: party.employees for pk, party in parties.items() if party.employees is not None}
    unknown = parties.keys() - known.keys()
    if not unknown:
        return known
    counted = Person.objects.filter(enterprise__in=unknown).values_list("enterprise_id").annotate(n=Count("pk"))
    return {**known, **{pk: n for pk, n in counted if pk is not None}}
