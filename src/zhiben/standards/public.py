"""What other rooms may use of standards."""

from collections.abc import Sequence
from datetime import datetime

from zhiben.kernel.actor import SYSTEM
from zhiben.standards.domain.freshness import FactSource, Known
from zhiben.standards.following import glanced_after, register_raise
from zhiben.standards.knowledge import LinkState, link_states
from zhiben.standards.looking import Case, Grounds, Looked, grounds_of, look, standing_among, subject_among
from zhiben.standards.missing import Missing, missing_among
from zhiben.standards.permissions import ClausePermission, DeterminationPermission, FactPermission, PackPermission
from zhiben.standards.regional import all_editions as regional_editions
from zhiben.standards.regional import kin_of, pack_for
from zhiben.standards.regional import kind_of as kind_of_pack
from zhiben.standards.regional import version_for as pack_version_for
from zhiben.standards.resting import Resting, register_resting
from zhiben.standards.selectors import (
    asked_enterprises,
    determination_for,
    determinations_for,
    determinations_of,
    fact_history,
    facts_of,
    own_requests,
    requests_of,
    requests_waiting,
)
from zhiben.standards.services.judging import judge_enterprise
from zhiben.standards.services.packs import check_text as check_pack
from zhiben.standards.services.packs import write_draft
from zhiben.standards.services.recording import NewFact, ask_for_facts, record_facts
from zhiben.standards.services.requesting import Asked, ask_many

__all__ = [
    "Asked",
    "Case",
    "ClausePermission",
    "DeterminationPermission",
    "FactPermission",
    "FactSource",
    "Grounds",
    "Known",
    "LinkState",
    "Looked",
    "Missing",
    "NewFact",
    "PackPermission",
    "Resting",
    "ask_for_facts",
    "ask_many",
    "asked_enterprises",
    "check_pack",
    "determination_for",
    "determinations_for",
    "determinations_of",
    "fact_history",
    "facts_of",
    "glanced_after",
    "grounds_of",
    "judge_enterprise",
    "kin_of",
    "kind_of_pack",
    "link_states",
    "look",
    "missing_among",
    "own_requests",
    "pack_for",
    "pack_version_for",
    "push_derived",
    "record_facts",
    "regional_editions",
    "register_raise",
    "register_resting",
    "requests_of",
    "requests_waiting",
    "standing_among",
    "subject_among",
    "write_draft",
]


def push_derived(enterprise_id: int, facts: Sequence[NewFact], *, now: datetime) -> None:
    """Keep facts that a room of the program knows by itself, so that judging does not depend on a form."""
    record_facts(enterprise_id, facts, actor=SYSTEM, now=now)
