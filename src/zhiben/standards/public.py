"""What other rooms may use of standards."""

from collections.abc import Sequence
from datetime import datetime

from zhiben.kernel.actor import SYSTEM
from zhiben.standards.domain.freshness import FactSource, Known
from zhiben.standards.permissions import DeterminationPermission, FactPermission
from zhiben.standards.selectors import (
    determination_for,
    determinations_for,
    determinations_of,
    fact_history,
    facts_of,
    requests_of,
)
from zhiben.standards.services.judging import judge_enterprise
from zhiben.standards.services.recording import NewFact, ask_for_facts, record_facts

__all__ = [
    "DeterminationPermission",
    "FactPermission",
    "FactSource",
    "Known",
    "NewFact",
    "ask_for_facts",
    "determination_for",
    "determinations_for",
    "determinations_of",
    "fact_history",
    "facts_of",
    "judge_enterprise",
    "push_derived",
    "record_facts",
    "requests_of",
]


def push_derived(enterprise_id: int, facts: Sequence[NewFact], *, now: datetime) -> None:
    """Keep facts that a room of the program knows by itself, so that judging does not depend on a form."""
    record_facts(enterprise_id, facts, actor=SYSTEM, now=now)
