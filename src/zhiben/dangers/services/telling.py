"""Who is told what about a danger: kinds of notices, and the people of each."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import Truncator

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import CLOSED, OPEN, Channel, Level, State
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.selectors.standing import habits
from zhiben.dangers.services import addressing
from zhiben.dangers.services.case import Case
from zhiben.dangers.services.clocking import is_supervised
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.public import NoticeKind, let_rest, notify, notify_addressees, register_notice
from zhiben.orgs.domain.kinds import PostKind
from zhiben.orgs.models import Appointment, Enterprise

SHOWN = 60  # characters of a description in a notice

_ABOUT = Bilingual("{number}：{text}", "{number}: {text}")
_WITH_DAY = Bilingual("{number}：{text}。整改期限：{due_on}", "{number}: {text}. Limit to rectify: {due_on}")


def _kind(name: str, zh: str, en: str, body: Bilingual = _ABOUT, *, needs_receipt: bool = False) -> NoticeKind:
    """Name a kind; one that needs a receipt is urgent, and has a page on which it is handed over."""
    title, hand_over = Bilingual(zh, en), "dangers:told" if needs_receipt else ""
    kind = NoticeKind(name, title, body, needs_receipt, "dangers:detail", is_urgent=needs_receipt, hand_over=hand_over)
    return register_notice(kind)


FOUND = _kind("danger:found", "新登记隐患，请核实", "A hidden danger was registered: please confirm")
MAJOR = _kind("danger:major", "重大事故隐患告知", "Notice of a major hidden danger", needs_receipt=True)
ASSIGNED = _kind("danger:assigned", "请整改隐患", "Please rectify a hidden danger", _WITH_DAY)
SUBMITTED = _kind("danger:submitted", "隐患待验收", "A hidden danger awaits acceptance")
RETURNED = _kind("danger:returned", "隐患整改被退回", "A rectification was returned", _WITH_DAY)
SIGNED_OFF = _kind("danger:signed-off", "隐患已销号", "A hidden danger was signed off")
TRANSFERRED = _kind(
    "danger:transferred", "隐患移交，请接收", "A hidden danger was transferred to you: please receive it"
)
ASKED = _kind("danger:extension-asked", "延期申请待答复", "An extension was asked for", _WITH_DAY)
DECIDED = _kind("danger:extension-decided", "延期申请已答复", "An extension was answered", _WITH_DAY)
STOPPED = _kind("danger:stop-ordered", "责令停产整治", "A stop was ordered", needs_receipt=True)
RESULT = _kind("danger:result", "重大事故隐患治理结果公布", "Result of a major hidden danger", Bilingual(
    "{number}：{text}。已于{day}验收销号", "{number}: {text}. Accepted and signed off on {day}"
))  # fmt: skip
APPLIED = _kind("danger:resume-applied", "恢复生产申请待审查", "An application to resume awaits review")
REMINDED = _kind("danger:reminded", "期限将至", "A deadline is near", Bilingual(
    "{number}：{text}。{clock}，截止{day}", "{number}: {text}. {clock}, due on {day}"
))  # fmt: skip
LAPSED = _kind("danger:lapsed", "已过期限", "A deadline has passed", Bilingual(
    "{number}：{text}。{clock}，截止{day}，已过", "{number}: {text}. {clock}, was due on {day}"
))  # fmt: skip

MERGED = _kind("danger:merged", "隐患已合并", "A hidden danger was merged into another", Bilingual(
    "{number}：{text}。并入{into}", "{number}: {text}. It is told under {into}"
))  # fmt: skip
UNMERGED = _kind("danger:unmerged", "隐患合并已撤销", "A merger was taken back", Bilingual(
    "{number}：{text}。不再并入{into}", "{number}: {text}. It is no longer told under {into}"
))  # fmt: skip

Audience = Callable[[Danger], set[int]]


def owner(danger: Danger) -> set[int]:
    """Return the owner; without one the safety managers."""
    return {danger.owner_person_id} if danger.owner_person_id else safety_managers(danger)


def heads(danger: Danger) -> set[int]:
    """Return principal and actual controller of the responsible party, and of the host where that is another one."""
    parties = {party for party in (danger.party_id, danger.enterprise_id) if party is not None}
    rows = Enterprise.objects.filter(pk__in=parties).values_list("principal_id", "controller_id")
    return {person for row in rows for person in row if person}


def safety_managers(danger: Danger) -> set[int]:
    """Return the safety managers of the responsible party; where none is appointed, its heads."""
    party = danger.party_id or danger.enterprise_id
    if party is None:
        return set()
    held = Appointment.objects.filter(post__kind=PostKind.SAFETY_MANAGER, person__enterprise=party, until__isnull=True)
    return set(held.values_list("person_id", flat=True)) or heads(danger)


def confirmers(danger: Danger) -> set[int]:
    """Return who confirms: supervisors what they or the public found, else the enterprise's own."""
    theirs = danger.judged_as in {Channel.INSPECTION, Channel.PUBLIC_REPORT}
    return officers(danger) if theirs else safety_managers(danger)


def officers(danger: Danger) -> set[int]:
    """Return the people of the supervising department."""
    return set(addressing.people_of(danger.department_id))


def receivers(danger: Danger) -> set[int]:
    """Return the people of the department it was transferred to."""
    return set(addressing.people_of(danger.transferred_to_id))


def acceptors(danger: Danger) -> set[int]:
    """Return who accepts: the supervisors where they must re-inspect, else the enterprise's own."""
    return officers(danger) if is_supervised(danger) else safety_managers(danger)


def owner_and_heads(danger: Danger) -> set[int]:
    """Return those who answer for it in the enterprise."""
    return owner(danger) | heads(danger)


def reporters(danger: Danger) -> set[int]:
    """Return the people who told of it."""
    return {person for person in danger.sources.values_list("person_id", flat=True) if person is not None}


TOLD: Mapping[Move, tuple[NoticeKind, Audience]] = {
    Move.ASSIGN: (ASSIGNED, owner),
    Move.REASSIGN: (ASSIGNED, owner),
    Move.ORDER_LIMIT: (ASSIGNED, owner_and_heads),
    Move.CHANGE_DUE: (ASSIGNED, owner),
    Move.SUBMIT: (SUBMITTED, acceptors),
    Move.FIX_ON_SPOT: (SUBMITTED, acceptors),
    Move.RETURN: (RETURNED, owner),
    Move.ACCEPT: (SIGNED_OFF, owner),
    Move.SIGN_OFF: (SIGNED_OFF, owner_and_heads),
    Move.PASS_REVIEW: (SIGNED_OFF, owner_and_heads),
    Move.FAIL_REVIEW: (RETURNED, owner_and_heads),
    Move.TRANSFER: (TRANSFERRED, receivers),
    Move.ASK_EXTENSION: (ASKED, officers),
    Move.DECIDE_EXTENSION: (DECIDED, owner_and_heads),
    Move.APPLY_TO_RESUME: (APPLIED, officers),
    Move.REOPEN: (FOUND, confirmers),
}


def told_by(case: Case) -> set[int]:
    """Return whom the step itself tells."""
    told = TOLD.get(case.step.move)
    return told[1](case.danger) if told else set()


def tell_of_step(case: Case) -> None:
    """Tell those whom a step concerns, once; whoever took it needs no telling."""
    danger, now = case.danger, case.now
    if case.after in CLOSED and case.before not in CLOSED:
        let_rest(subject_of(danger.pk), now=now)
    told = TOLD.get(case.step.move)
    if told:
        kind, audience = told
        tell(danger, kind, audience(danger) - {case.actor.person}, what=str(case.step.move), now=now, hold=True)
    if case.step.move is Move.STOP_ORDER:
        tell_by_law(danger, STOPPED, now=now, by=case.actor)
    if case.step.move is Move.REOPEN and danger.level == Level.MAJOR:
        tell_by_law(danger, MAJOR, now=now, by=case.actor)
    if "was_level" in case.facts and case.facts["was_level"] != danger.level:
        _tell_of_level(case)
    if danger.level == Level.MAJOR and case.after is State.SIGNED_OFF and case.before in OPEN:
        tell_workers(danger, now=now)


def _tell_of_level(case: Case) -> None:
    """Tell of a danger that became major; one that no longer is needs no more receipts."""
    if case.danger.level == Level.MAJOR:
        tell_by_law(case.danger, MAJOR, now=case.now, by=case.actor)
    else:
        let_rest(subject_of(case.danger.pk), now=case.now, kinds=[MAJOR.name])


def tell_by_law(danger: Danger, kind: NoticeKind, *, now: datetime, by: Actor) -> None:
    """Tell the heads, the workers' congress and the supervising department, with receipts.

    A department one of whose own took the step knows of it.
    """
    department = addressing.supervisor_of(danger, now)
    knows = department is not None and by.person in addressing.people_of(department.pk)
    subject = subject_of(danger.pk)
    notify_addressees(
        addressing.addressees_of(danger, now, with_department=not knows),
        kind.name,
        subject=subject,
        key=f"{subject}:{kind.name}:{danger.version}",
        facts=_facts(danger),
        now=now,
        couriers=addressing.couriers_of(danger, now),
    )


def tell_workers(danger: Danger, *, now: datetime) -> None:
    """Publish the result of a major danger to the workers: to their delegates as they chose, to all in the program."""
    subject, facts = subject_of(danger.pk), {**_facts(danger), "day": china_day(now).isoformat()}
    key = f"{subject}:{RESULT.name}:{danger.version}"
    everybody = addressing.addressees_of(danger, now, with_department=False)
    delegates = [one.person for one in everybody if addressing.DELEGATE in one.roles]
    notify(delegates, RESULT.name, subject=subject, key=key, facts=facts, now=now)
    workers = addressing.workers_of(danger)
    notify(workers, RESULT.name, subject=subject, key=key, facts=facts, now=now, channels=("program",))


def tell(danger: Danger, kind: NoticeKind, people: Iterable[int | None], *, what: str, now: datetime,
         extra: Mapping[str, object] | None = None, key: str = "", hold: bool = False) -> None:  # fmt: skip
    """Put one notice in the outbox for each of `people`; the same news of the same version is told once.

    `hold`: what may be undone rests there for a moment.
    """
    everyone = {person for person in people if person is not None}
    if not everyone:
        return
    subject = subject_of(danger.pk)
    facts = {**_facts(danger), **(extra or {})}
    rest = timedelta(seconds=habits().undo_hold_seconds if hold else 0)
    key = key or key_of_step(danger.pk, what, danger.version)
    notify(everyone, kind.name, subject=subject, key=key, facts=facts, now=now, hold=rest)


def key_of_step(danger_id: int, what: str, version: int) -> str:
    """Return the key of the news of one step."""
    return f"{subject_of(danger_id)}:{what}:{version}"


def keys_of_step(danger_id: int, move: Move, version: int) -> list[str]:
    """Return the keys of all that a step may have told, the legal notices included."""
    return [key_of_step(danger_id, what, version) for what in (str(move), f"watched:{move}", MAJOR.name, STOPPED.name)]


def _facts(danger: Danger) -> dict[str, Any]:
    """Return what notices say of a danger."""
    return {
        "number": danger.number,
        "text": Truncator(danger.description).chars(SHOWN),
        "due_on": danger.due_on.isoformat() if danger.due_on else None,
    }
