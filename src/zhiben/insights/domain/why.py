"""Why a record is counted in a form today and was not when it was locked, or the other way round."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from zhiben.insights.domain.measures import What
from zhiben.kernel.bilingual import Bilingual


class Why(StrEnum):
    """What happened since."""

    LATE = "late"
    MERGED = "merged"
    VOIDED = "voided"
    MOVED = "moved"
    LEVEL = "level"
    REOPENED = "reopened"
    SIGNED_OFF = "signed-off"
    PLAN = "plan"
    OTHER = "other"


WORDS = {
    Why.LATE: Bilingual("锁定后补录", "entered after the form was locked"),
    Why.MERGED: Bilingual("并入另一条隐患", "merged into another one"),
    Why.VOIDED: Bilingual("认定不属实", "voided"),
    Why.MOVED: Bilingual("划转到其他单位或由其划入", "moved to or from another unit"),
    Why.LEVEL: Bilingual("重新定级", "its level was changed"),
    Why.REOPENED: Bilingual("重新打开", "reopened"),
    Why.SIGNED_OFF: Bilingual("锁定后登记的销号", "signed off, written down after the form was locked"),
    Why.PLAN: Bilingual("治理方案、佐证或挂牌有变更", "its treatment plan, evidence or listing changed"),
    Why.OTHER: Bilingual("其他变更", "changed otherwise"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing counted for a record after the lock."""

    what: What
    unit: int
    level: str


def why(
    *, is_new: bool, is_merged: bool, is_plan_cell: bool, steps: Collection[Step], is_elsewhere: bool = False
) -> Why:
    """Return the reason that explains a record's coming or going best.

    >>> why(is_new=False, is_merged=False, is_plan_cell=False, steps=[Step(What.VOIDED, 1, "general")])
    <Why.VOIDED: 'voided'>
    """
    if is_new:
        return Why.LATE
    happened = {step.what for step in steps}
    if What.VOIDED in happened:
        return Why.MERGED if is_merged else Why.VOIDED
    moved = [step for step in steps if step.what in {What.MOVED_IN, What.MOVED_OUT}]
    if is_elsewhere or moved:  # a whole unit moved or split: the record keeps its place, and may have no step at all
        is_levelled = len({step.unit for step in moved}) == 1 and len({step.level for step in moved}) > 1
        return Why.LEVEL if is_levelled and not is_elsewhere else Why.MOVED
    if What.REOPENED in happened:
        return Why.REOPENED
    if What.SIGNED_OFF in happened:
        return Why.SIGNED_OFF
    return Why.PLAN if is_plan_cell else Why.OTHER
