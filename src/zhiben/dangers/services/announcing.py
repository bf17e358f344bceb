"""What everybody who watches is told at once: a stop and how it goes on, a sign-off, a reopening."""

from zhiben.dangers.domain.kinds import Level
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.selectors.watching import watchers_of
from zhiben.dangers.services import telling
from zhiben.dangers.services.case import Case
from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.public import NoticeKind, register_notice

WATCHED = register_notice(
    NoticeKind(
        "danger:watched",
        Bilingual("关注的隐患有新进展", "News of a hidden danger you watch"),
        Bilingual("{number}：{text}。{step}", "{number}: {text}. {step}"),
        needs_receipt=False,
        page="dangers:detail",
    )
)
OF_A_STOP = frozenset({
    Move.STOP_ORDER, Move.EVACUATE, Move.ASK_ASSISTANCE, Move.ANSWER_ASSISTANCE, Move.ASSESS_STOP, Move.APPLY_TO_RESUME,
    Move.PASS_REVIEW, Move.FAIL_REVIEW, Move.REQUEST_CLOSURE, Move.ANSWER_CLOSURE,
})  # fmt: skip
TOLD_TO_WATCHERS = OF_A_STOP | {Move.SIGN_OFF, Move.ACCEPT, Move.REOPEN}


def announce(case: Case) -> None:
    """Tell watchers of a step; of a stop also the department and the heads, whoever watches or not."""
    if case.step.move not in TOLD_TO_WATCHERS:
        return
    people = watchers_of(case.danger, now=case.now)
    if case.step.move in OF_A_STOP and case.danger.level == Level.MAJOR:
        people |= telling.officers(case.danger) | telling.heads(case.danger)
    people -= telling.told_by(case) | {case.actor.person or 0}
    step = {"zh": case.step.label.zh, "en": case.step.label.en}
    what = f"watched:{case.step.move}"
    telling.tell(case.danger, WATCHED, people, what=what, now=case.now, extra={"step": step}, hold=True)
