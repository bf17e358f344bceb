"""What each move does besides leading to its state. A move that is not in the table does nothing more."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from zhiben.dangers.domain.clock import Clock, Promise
from zhiben.dangers.domain.kinds import Flag, Level, Role, SetBy, StopStatus
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.models import DangerKey, Extension
from zhiben.dangers.services import listings, planning, planning_back, settling, stopping
from zhiben.dangers.services.case import Case, Change
from zhiben.dangers.services.clocking import owed
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.law.listings import ListingClock

Effect = Callable[[Case], None]


def _confirm(case: Case) -> None:
    settling.set_level(case, settling.given_level(case))
    case.involve(Role.CONFIRMER)


def _fix_on_spot(case: Case) -> None:
    """Take what can be removed at once for a general one: that is the law's definition."""
    settling.set_level(case, Level.GENERAL)
    case.flag(Flag.ON_SPOT, up=True)
    case.involve(Role.RECTIFIER)


def _assign(case: Case) -> None:
    settling.set_owner(case)
    settling.set_limit(case, settling.given_due(case), settling.setter(case))


def _submit(case: Case) -> None:
    case.involve(Role.RECTIFIER)
    settling.drop_extension(case)
    if review := listings.promise_of_listing(case, ListingClock.REVIEW, Clock.ACCEPT):
        case.start(review)
    if case.danger.is_void_proposed:  # who rectifies it no longer says that it is none
        case.flag(Flag.VOID_PROPOSED, up=False)
        case.retire(Role.VOID_PROPOSER)


def _accept(case: Case) -> None:
    case.involve(Role.ACCEPTOR)


def _self_accept(case: Case) -> None:
    case.flag(Flag.SELF_ACCEPTED, up=True)
    case.involve(Role.ACCEPTOR)


def _sign_off(case: Case) -> None:
    settling.involve_officers(case)
    case.involve(Role.ACCEPTOR)
    if case.danger.level == Level.MAJOR:
        planning_back.plan(case)


def _return(case: Case) -> None:
    """Send it back, under the limit it had or a new one."""
    listings.let_review_go(case)
    settling.set_owner(case)
    if case.given.due_on is not None:
        settling.set_limit(case, case.given.due_on, settling.setter(case))
    elif case.danger.due_on is not None:
        case.start(Promise(Clock.RECTIFY, case.danger.due_on, case.standing.due_set_by))
    if case.danger.is_on_spot:
        case.flag(Flag.ON_SPOT, up=False, reason=case.given.reason)


def _transfer(case: Case) -> None:
    settling.drop_extension(case)
    target = settling.receiving_department(case)
    case.write(transferred_to_id=target.pk)
    case.facts["department"] = target.pk


def _receive(case: Case) -> None:
    """Take it over; who takes over confirms it anew, under a matter it answers for."""
    target = case.danger.transferred_to
    if target is None:
        raise Conflict("danger:not-transferred")
    case.facts |= {"from_department": case.danger.department_id, "department": target.pk}
    case.write(department_id=target.pk, transferred_to_id=None)
    if target.matters and case.danger.matter not in target.matters:
        case.write(matter=target.matters[0])


def _propose_void(case: Case) -> None:
    case.involve(Role.VOID_PROPOSER)
    case.flag(Flag.VOID_PROPOSED, up=True, reason=case.given.reason)


def _withdraw_import(case: Case) -> None:
    """Let go of its content too: the corrected ledger may bring the same row again."""
    case.write(is_withdrawn=True)
    planning_back.drop(case)
    case.changes.append(Change(DangerKey, {"danger": case.danger}, {}))


def _reopen(case: Case) -> None:
    """Start over: a new owner, a new limit, flags down."""
    planning_back.drop(case)
    case.write(due_on=None, due_set_by="", is_reported=False, owner_person_id=None, owner_unit_id=None)
    for flag in (Flag.SELF_ACCEPTED, Flag.ON_SPOT, Flag.VOID_PROPOSED, Flag.EXTENDED, Flag.CLOSURE_REQUESTED):
        if getattr(case.danger, f"is_{flag}"):
            case.flag(flag, up=False, reason=case.given.reason)
    for role in (Role.OWNER, Role.VOID_PROPOSER):
        case.retire(role)
    if case.danger.level == Level.MAJOR:
        settling.start_major_clocks(case)


def _change_level(case: Case) -> None:
    if case.given.level == case.standing.level:
        raise Conflict("danger:level-is-the-same")
    settling.set_level(case, settling.given_level(case))


def _change_due(case: Case) -> None:
    """Move a self-set limit; the reason stays visible in the history of the deadline."""
    was = case.danger.due_on
    day = settling.given_due(case)
    settling.set_limit(case, day, SetBy.SELF)
    case.facts["was_due_on"] = was.isoformat() if was else None
    if was and day > was:
        case.flag(Flag.EXTENDED, up=True, reason=case.given.reason)


def _order_limit(case: Case) -> None:
    settling.set_owner(case)
    settling.set_limit(case, settling.given_due(case), SetBy.ORDER)
    settling.drop_extension(case)
    case.involve(Role.OFFICER)


def _ask_extension(case: Case) -> None:
    wanted = settling.given_due(case)
    by_terms = listings.promise_of_listing(case, ListingClock.EXTENSION_ANSWER, Clock.ANSWER)
    answer = by_terms or owed(Clock.ANSWER, case.danger, case.today, case.standing.habits)
    case.start(answer)
    asked = {"asked_on": case.today, "asked_by_id": case.actor.id, "reason": case.given.reason}
    until = {"due_on": case.danger.due_on, "wanted": wanted, "answer_by": answer.day}
    case.rows.append(Extension(danger=case.danger, **asked, **until))
    case.facts |= {"wanted": wanted.isoformat(), "answer_by": answer.day.isoformat()}


def _decide_extension(case: Case) -> None:
    asked = Extension.objects.get(danger=case.danger, is_granted__isnull=True, is_moot=False)
    granted = bool(case.given.granted)
    answered = {"answered_on": case.today, "answered_by_id": case.actor.id, "answer": case.given.reason}
    case.changes.append(Change(Extension, {"pk": asked.pk}, {"is_granted": granted, **answered}))
    case.facts["granted"] = granted
    if granted:
        until = case.given.due_on or asked.wanted
        if until < asked.due_on + timedelta(1):
            raise Invalid("danger:due-not-later", field="due_on")
        settling.set_limit(case, until, SetBy.ORDER)
        case.flag(Flag.EXTENDED, up=True, reason=case.given.reason)


def _report_major(case: Case) -> None:
    case.write(is_reported=True)


def _stop_order(case: Case) -> None:
    settling.set_owner(case)
    stopping.order_stop(case)
    settling.set_limit(case, settling.given_due(case), SetBy.ORDER)
    settling.drop_extension(case)


def _pass_review(case: Case) -> None:
    _sign_off(case)
    stopping.settle(case, StopStatus.RESUMED)


def _list(case: Case) -> None:
    settling.set_owner(case)
    settling.set_limit(case, settling.given_due(case), SetBy.ORDER)
    listings.list_danger(case, settling.given_due(case))
    settling.drop_extension(case)


def _review_listing(case: Case) -> None:
    settling.involve_officers(case)
    listings.pass_review(case)


def _fail_review(case: Case) -> None:
    listings.let_review_go(case)
    settling.involve_officers(case)
    stopping.settle(case, StopStatus(case.given.outcome or StopStatus.CORRECT))
    settling.set_limit(case, settling.given_due(case), SetBy.ORDER)


EFFECTS: Mapping[Move, Effect] = {
    Move.LIST: _list,
    Move.REVIEW_LISTING: _review_listing,
    Move.DELIST: listings.remove,
    Move.WITHDRAW_LISTING: listings.withdraw,
    Move.CONFIRM: _confirm,
    Move.FIX_ON_SPOT: _fix_on_spot,
    Move.ASSIGN: _assign,
    Move.REASSIGN: settling.set_owner,
    Move.SUBMIT: _submit,
    Move.ACCEPT: _accept,
    Move.SELF_ACCEPT: _self_accept,
    Move.SIGN_OFF: _sign_off,
    Move.RETURN: _return,
    Move.TRANSFER: _transfer,
    Move.RECEIVE: _receive,
    Move.PROPOSE_VOID: _propose_void,
    Move.VOID: settling.drop_extension,
    Move.WITHDRAW_IMPORT: _withdraw_import,
    Move.REOPEN: _reopen,
    Move.CHANGE_LEVEL: _change_level,
    Move.CHANGE_DUE: _change_due,
    Move.ORDER_LIMIT: _order_limit,
    Move.ASK_EXTENSION: _ask_extension,
    Move.DECIDE_EXTENSION: _decide_extension,
    Move.REPORT_MAJOR: _report_major,
    Move.FILL_PLAN: planning.fill_plan,
    Move.STOP_ORDER: _stop_order,
    Move.EVACUATE: stopping.record_evacuation,
    Move.ASK_ASSISTANCE: stopping.ask_assistance,
    Move.ANSWER_ASSISTANCE: stopping.answer_assistance,
    Move.ASSESS_STOP: stopping.record_assessment,
    Move.APPLY_TO_RESUME: stopping.apply_to_resume,
    Move.PASS_REVIEW: _pass_review,
    Move.FAIL_REVIEW: _fail_review,
    Move.REQUEST_CLOSURE: stopping.request_closure,
    Move.ANSWER_CLOSURE: stopping.answer_closure,
}
