"""May this step be taken now, by this actor? Each guard is one question; its answer is a refusal's code, or nothing.

Nothing here knows a database: services and pages describe the danger as a `Standing` and ask.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhiben.dangers.domain.habits import DEFAULTS, Habits
from zhiben.dangers.domain.kinds import STANDING, Channel, EvidenceKind, Extent, Level, Role, SetBy, State, StopStatus
from zhiben.dangers.domain.listing import ListingState
from zhiben.dangers.domain.moves import NOTHING, Given, Need
from zhiben.dangers.domain.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A danger and the one who would move it, as far as the loop cares."""

    state: State
    today: date
    level: Level = Level.UNSET
    channel: Channel = Channel.SELF_CHECK
    due_on: date | None = None
    due_set_by: SetBy = SetBy.SELF
    has_owner: bool = False
    stop: StopStatus | None = None  # of the standing order
    extension_pending: bool = False
    extension_from: date | None = None  # first day on which an extension may be asked
    extension_until: date | None = None  # last day, where listed supervision asks for it earlier
    listing: ListingState | None = None  # of the standing listing
    reviewed_by_me: bool = False  # the listing
    reported: bool = False  # as a major one
    void_proposed_by_other: bool = False
    void_proposed: bool = False
    closure_requested: bool = False
    assistance_pending: bool = False
    imported: bool = False
    untouched: bool = True  # nobody has moved it since it was imported
    withdrawn: bool = False
    merged: bool = False  # into another one
    holds_merged: bool = False  # others were merged into it
    department: int | None = None
    transferred_to: int | None = None
    proofs: frozenset[EvidenceKind] = frozenset()
    people: int | None = None  # of the responsible party; None: not known
    roles: frozenset[Role] = frozenset()  # what the actor has been to this danger
    officers_were_finders: bool = False
    is_supervisor: bool = False  # belongs to a department
    supervises: bool = False  # belongs to the supervising department or one above it
    receives: bool = False  # belongs to the department it was transferred to
    habits: Habits = field(default=DEFAULTS)


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a step is not open: the refusal's code, and the field to mend where there is one."""

    code: str
    field: str = ""


Guard = Callable[[Standing, Given], str | None]


def objections(step: Step, standing: Standing) -> list[Objection]:
    """Return why this actor cannot take the step now, whatever they would give: what greys out a button."""
    found = [Objection("danger:separation-of-duties")] if set(step.excludes) & standing.roles else []
    for name in step.guards:
        code = GUARDS[name](standing, NOTHING)
        if code and name not in ABOUT_GIVEN:
            found.append(Objection(code))
    return found


def problems(step: Step, standing: Standing, given: Given) -> list[Objection]:
    """Return all that stands against taking the step with what is given."""
    missing = [Objection(f"danger:needs-{need.replace('_', '-')}", need) for need in lacking(step, standing, given)]
    told = [Objection(code) for name in step.guards if name in ABOUT_GIVEN and (code := GUARDS[name](standing, given))]
    return [*objections(step, standing), *missing, *([] if missing else told)]


def needs_of(step: Step, level: Level) -> tuple[Need, ...]:
    """Return what the step asks for at this level."""
    return (*step.needs, *step.needs_if_major) if level is Level.MAJOR else step.needs


def lacking(step: Step, standing: Standing, given: Given) -> list[Need]:
    """Return what the step needs and neither the danger's file nor the mover has given."""
    return [need for need in needs_of(step, standing.level) if not _has(need, standing, given)]


def _has(need: Need, standing: Standing, given: Given) -> bool:
    proofs = standing.proofs | {proof.kind for proof in given.proofs}
    answers: dict[Need, bool] = {
        Need.REASON: bool(given.reason.strip()),
        Need.LEVEL: given.level in {Level.GENERAL, Level.MAJOR},
        Need.OWNER: given.owner is not None,
        Need.DUE: given.due_on is not None,
        Need.DEPARTMENT: given.department is not None,
        Need.REPORT: bool(given.report.strip()) or any(p.kind is EvidenceKind.REPORT for p in given.proofs),
        Need.PHOTO_BEFORE: EvidenceKind.PHOTO_BEFORE in proofs,
        Need.PHOTO_AFTER: EvidenceKind.PHOTO_AFTER in proofs,
        Need.ON_SITE: given.on_site,
        Need.OFFICERS: len(set(given.officers)) >= standing.habits.officers_at_least,
        Need.ASSESSOR: bool(given.assessor.strip()),
        Need.APPLICATION: bool(given.report.strip()) or any(p.kind is EvidenceKind.APPLICATION for p in given.proofs),
        Need.GRANTED: given.granted is not None,
        Need.FORCE_MAJEURE: given.force_majeure,
        Need.SCOPE: _names_what_stops(given),
        Need.OUTCOME: given.outcome in {StopStatus.CORRECT, StopStatus.AGAIN},
        Need.PLAN: given.plan is not None,
        Need.ORDER: bool(given.order.strip()),
        Need.WITHDRAWN: given.withdrawn is not None and given.withdrawn >= 0,
        Need.ADDRESSEE: bool(given.addressee.strip()),
        Need.CONCLUSION: given.conclusion is not None,
        Need.ASSESSMENT: any(p.kind is EvidenceKind.ASSESSMENT for p in given.proofs),
        Need.GROUND: given.ground is not None,
    }
    return answers[need]


def _names_what_stops(given: Given) -> bool:
    """Take the whole as it is; a part must be named, in words or as a workshop or equipment."""
    part = given.scope.strip() or given.equipment.strip() or given.workshop is not None
    return given.extent is Extent.WHOLE or bool(part)


def _unless(condition: Callable[[Standing], bool], code: str) -> Guard:
    return lambda standing, _given: None if condition(standing) else code


def _finding_side(s: Standing, _given: Given) -> str | None:
    """Leave what a supervisor or the public found to a supervisor to judge away."""
    by_others = s.channel in {Channel.INSPECTION, Channel.PUBLIC_REPORT}
    return "danger:found-by-supervisor" if by_others and not s.is_supervisor else None


def _reopening_side(s: Standing, _given: Given) -> str | None:
    """Leave what a supervisor signed off to a supervisor to open again."""
    theirs = s.level is Level.MAJOR or s.due_set_by is SetBy.ORDER or s.channel is Channel.INSPECTION
    return "danger:signed-off-by-supervisor" if theirs and not s.is_supervisor else None


def _extension_window(s: Standing, _given: Given) -> str | None:
    if s.extension_from is None or s.due_on is None or s.today < s.extension_from:
        return "danger:extension-too-early"
    if s.extension_until is not None and s.today > s.extension_until:
        return "listing:extension-too-late"
    return "danger:extension-too-late" if s.today > s.due_on else None


def _due_ahead(s: Standing, given: Given) -> str | None:
    """Refuse a limit in the past; its last day may be today."""
    return "danger:due-in-the-past" if given.due_on is not None and given.due_on < s.today else None


def _due_later(s: Standing, given: Given) -> str | None:
    later = given.due_on is None or s.due_on is None or given.due_on >= s.due_on + timedelta(1)
    return None if later else "danger:due-not-later"


def _owner_and_due(s: Standing, given: Given) -> str | None:
    has = (s.has_owner or given.owner is not None) and (s.due_on is not None or given.due_on is not None)
    return None if has else "danger:needs-owner-and-due"


def _return_limit(s: Standing, given: Given) -> str | None:
    """Leave an ordered limit to those who may order."""
    changes = given.due_on is not None and s.due_set_by is SetBy.ORDER and not s.supervises
    return "danger:limit-was-ordered" if changes else None


def _to_another(s: Standing, given: Given) -> str | None:
    here = s.transferred_to if s.state is State.TRANSFERRED else s.department
    return "danger:same-department" if given.department is not None and given.department == here else None


ABOUT_GIVEN = frozenset({"due_ahead", "due_later", "has_owner_and_due", "return_limit", "to_another"})

GUARDS: Mapping[str, Guard] = {
    "level_known": _unless(lambda s: s.level is not Level.UNSET, "danger:level-unset"),
    "not_major": _unless(lambda s: s.level is not Level.MAJOR, "danger:is-major"),
    "major": _unless(lambda s: s.level is Level.MAJOR, "danger:not-major"),
    "not_ordered": _unless(
        lambda s: s.due_set_by is not SetBy.ORDER and s.channel is not Channel.INSPECTION,
        "danger:ordered-needs-reinspection",
    ),
    "no_stop": _unless(lambda s: s.stop not in STANDING, "danger:stop-order-stands"),
    "stop_to_assess": _unless(lambda s: s.stop in {StopStatus.ORDERED, StopStatus.CORRECT}, "danger:no-stop-order"),
    "stop_assessed": _unless(lambda s: s.stop is StopStatus.ASSESSED, "danger:stop-not-assessed"),
    "stop_applied": _unless(lambda s: s.stop is StopStatus.APPLIED, "danger:resume-not-applied"),
    "not_applied": _unless(lambda s: s.stop is not StopStatus.APPLIED, "danger:resume-applied"),
    "small_shop": _unless(
        lambda s: s.people is not None and s.people <= s.habits.small_shop_people, "danger:not-a-small-shop"
    ),
    "supervising": _unless(lambda s: s.supervises, "danger:other-department"),
    "receiving": _unless(lambda s: s.receives, "danger:other-department"),
    "other_officers": _unless(
        lambda s: s.habits.same_officers_reinspect or Role.FINDER not in s.roles, "danger:separation-of-duties"
    ),
    "second_person": _unless(
        lambda s: s.level is not Level.MAJOR or s.void_proposed_by_other, "danger:needs-second-person"
    ),
    "void_not_proposed": _unless(lambda s: not s.void_proposed, "danger:void-already-proposed"),
    "limit_is_own": _unless(lambda s: s.due_set_by is not SetBy.ORDER, "danger:limit-was-ordered"),
    "limit_is_ordered": _unless(lambda s: s.due_set_by is SetBy.ORDER, "danger:limit-is-own"),
    "no_extension_pending": _unless(lambda s: not s.extension_pending, "danger:extension-pending"),
    "extension_pending": _unless(lambda s: s.extension_pending, "danger:no-extension-pending"),
    "not_reported": _unless(lambda s: not s.reported, "danger:already-reported"),
    "no_assistance_pending": _unless(lambda s: not s.assistance_pending, "danger:assistance-pending"),
    "assistance_pending": _unless(lambda s: s.assistance_pending, "danger:no-assistance-pending"),
    "closure_requested": _unless(lambda s: s.closure_requested, "danger:closure-not-requested"),
    "closure_not_requested": _unless(lambda s: not s.closure_requested, "danger:closure-already-requested"),
    "imported": _unless(lambda s: s.imported, "danger:not-imported"),
    "untouched": _unless(lambda s: s.untouched, "danger:moved-since-import"),
    "not_merged": _unless(lambda s: not s.merged, "danger:is-merged"),
    "holds_none": _unless(lambda s: not s.holds_merged, "danger:holds-merged"),
    "not_withdrawn": _unless(lambda s: not s.withdrawn, "danger:import-withdrawn"),
    "not_listed": _unless(lambda s: s.listing is None, "danger:is-listed"),
    "listed": _unless(lambda s: s.listing is not None, "listing:not-listed"),
    "listing_unreviewed": _unless(lambda s: s.listing is not ListingState.REVIEWED, "listing:already-reviewed"),
    "listing_reviewed": _unless(lambda s: s.listing is ListingState.REVIEWED, "listing:not-reviewed"),
    "not_the_reviewer": _unless(lambda s: not s.reviewed_by_me, "listing:reviewer-removes-nothing"),
    "finding_side": _finding_side,
    "reopening_side": _reopening_side,
    "extension_window": _extension_window,
    "due_ahead": _due_ahead,
    "due_later": _due_later,
    "has_owner_and_due": _owner_and_due,
    "return_limit": _return_limit,
    "to_another": _to_another,
}
