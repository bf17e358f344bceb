"""Who is told what about a danger: kinds of notices, and the people of each."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db import connection

from zhiben.dangers.domain.kinds import Channel, Level
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.services.case import Case
from zhiben.dangers.services.clocking import is_supervised
from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.public import NoticeKind, notify, register_notice
from zhiben.orgs.domain.kinds import PostKind
from zhiben.orgs.models import Appointment, Enterprise

SHOWN = 60  # characters of a description in a notice
MOST = 50  # people of one department

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
CLOSED = _kind("danger:signed-off", "隐患已销号", "A hidden danger was signed off")
TRANSFERRED = _kind(
    "danger:transferred", "隐患移交，请接收", "A hidden danger was transferred to you: please receive it"
)
ASKED = _kind("danger:extension-asked", "延期申请待答复", "An extension was asked for", _WITH_DAY)
DECIDED = _kind("danger:extension-decided", "延期申请已答复", "An extension was answered", _WITH_DAY)
STOPPED = _kind("danger:stop-ordered", "责令停产整治", "A stop was ordered", needs_receipt=True)
APPLIED = _kind("danger:resume-applied", "恢复生产申请待审查", "An application to resume awaits review")
REMINDED = _kind("danger:reminded", "期限将至", "A deadline is near", Bilingual(
    "{number}：{text}。{clock}，截止{day}", "{number}: {text}. {clock}, due on {day}"
))  # fmt: skip
LAPSED = _kind("danger:lapsed", "已过期限", "A deadline has passed", Bilingual(
    "{number}：{text}。{clock}，截止{day}，已过", "{number}: {text}. {clock}, was due on {day}"
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
    theirs = danger.channel in {Channel.INSPECTION, Channel.PUBLIC_REPORT}
    return officers(danger) if theirs else safety_managers(danger)


def officers(danger: Danger) -> set[int]:
    """Return the people of the supervising department."""
    return _people_of(danger.department_id)


def receivers(danger: Danger) -> set[int]:
    """Return the people of the department it was transferred to."""
    return _people_of(danger.transferred_to_id)


def acceptors(danger: Danger) -> set[int]:
    """Return who accepts: the supervisors where they must re-inspect, else the enterprise's own."""
    return officers(danger) if is_supervised(danger) else safety_managers(danger)


def owner_and_heads(danger: Danger) -> set[int]:
    """Return those who answer for it in the enterprise."""
    return owner(danger) | heads(danger)


def _people_of(department_id: int | None) -> set[int]:
    if department_id is None:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from orgs_person where department_id = %s order by id limit %s", [department_id, MOST]
        )
        return {pk for (pk,) in cursor.fetchall()}


TOLD: Mapping[Move, tuple[NoticeKind, Audience]] = {
    Move.ASSIGN: (ASSIGNED, owner),
    Move.REASSIGN: (ASSIGNED, owner),
    Move.ORDER_LIMIT: (ASSIGNED, owner_and_heads),
    Move.CHANGE_DUE: (ASSIGNED, owner),
    Move.SUBMIT: (SUBMITTED, acceptors),
    Move.FIX_ON_SPOT: (SUBMITTED, acceptors),
    Move.RETURN: (RETURNED, owner),
    Move.ACCEPT: (CLOSED, owner),
    Move.SIGN_OFF: (CLOSED, owner_and_heads),
    Move.PASS_REVIEW: (CLOSED, owner_and_heads),
    Move.FAIL_REVIEW: (RETURNED, owner_and_heads),
    Move.TRANSFER: (TRANSFERRED, receivers),
    Move.ASK_EXTENSION: (ASKED, officers),
    Move.DECIDE_EXTENSION: (DECIDED, owner_and_heads),
    Move.STOP_ORDER: (STOPPED, heads),
    Move.APPLY_TO_RESUME: (APPLIED, officers),
    Move.REOPEN: (FOUND, confirmers),
}


def told_by(case: Case) -> set[int]:
    """Return whom the step itself tells."""
    told = TOLD.get(case.step.move)
    return told[1](case.danger) if told else set()


def tell_of_step(case: Case) -> None:
    """Tell those whom a step concerns, once; whoever took it needs no telling."""
    told = TOLD.get(case.step.move)
    if told:
        kind, audience = told
        tell(case.danger, kind, audience(case.danger) - {case.actor.person}, what=str(case.step.move), now=case.now)
    if case.danger.level == Level.MAJOR and case.facts.get("was_level", Level.MAJOR) != Level.MAJOR:
        tell(case.danger, MAJOR, heads(case.danger), what="major", now=case.now)


def tell(danger: Danger, kind: NoticeKind, people: Iterable[int | None], *, what: str, now: datetime,
         extra: Mapping[str, object] | None = None, key: str = "") -> None:  # fmt: skip
    """Put one notice in the outbox for each of `people`; the same news of the same version is told once."""
    everyone = {person for person in people if person is not None}
    if not everyone:
        return
    subject = subject_of(danger.pk)
    facts = {
        "number": danger.number,
        "text": danger.description[:SHOWN],
        "due_on": danger.due_on.isoformat() if danger.due_on else None,
        **(extra or {}),
    }
    notify(everyone, kind.name, subject=subject, key=key or f"{subject}:{what}:{danger.version}", facts=facts, now=now)
