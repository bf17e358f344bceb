"""Until when a form is due, as far as the packs of law say so."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhiben.insights.domain.cycles import Cycle, CycleKind
from zhiben.kernel.bilingual import Bilingual
from zhiben.law.due_days import Due, annual_report_due, quarter_report_due
from zhiben.law.instruments import citation


@dataclass(frozen=True, slots=True)
class FormDue:
    """A day, whose forms are due by it, what sets it, and whether that is still to be checked against the text."""

    due: Due
    words: Bilingual
    clause: Bilingual
    verify: bool


OWN = Bilingual("本单位统计表报送截止", "This form is due by")
THEIRS = Bilingual("辖区企业统计表报送截止", "The enterprises' forms are due by")


def due_of(cycle: Cycle, *, of_enterprise: bool) -> Sequence[FormDue]:
    """Return until when the form of a quarter or a year is due. The order names a day for enterprises only; months have none.

    >>> from datetime import date
    >>> from zhiben.insights.domain.cycles import cycle_at
    >>> due_of(cycle_at(CycleKind.QUARTER, date(2025, 2, 1)), of_enterprise=True)[0].due.day.isoformat()
    '2025-04-15'
    """
    if cycle.kind is CycleKind.QUARTER:
        due = quarter_report_due(cycle.since.year, cycle.quarter)
    elif cycle.kind is CycleKind.YEAR:
        due = annual_report_due(cycle.since.year)
    else:
        return []
    return [FormDue(due, OWN if of_enterprise else THEIRS, citation(due.rule.source), due.rule.verify)]
