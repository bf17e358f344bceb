"""How dangers look on the wire."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from zhiben.dangers.domain.clock import Clock
from zhiben.dangers.domain.kinds import (
    Channel,
    Confidentiality,
    EvidenceKind,
    Extent,
    Flag,
    Level,
    Part,
    Role,
    SetBy,
    State,
)
from zhiben.dangers.domain.moves import Move, Need
from zhiben.orgs.api import Words


class DangerRow(Schema):
    """A danger in a list; `unit`, `enterprise`, `party`, `department` and `owner` are numbers."""

    id: int
    uid: UUID
    number: str
    found_on: date
    description: str
    place_text: str
    state: State
    level: Level
    channel: Channel
    industry: str
    matter: str
    unit: int
    unit_name: str
    enterprise: int | None
    enterprise_name: str | None
    party: int | None
    department: int | None
    owner: int | None
    owner_name: str
    due_on: date | None
    due_set_by: str
    closed_on: date | None
    is_overdue: bool
    is_extended: bool
    is_stop_ordered: bool
    is_self_accepted: bool
    is_imported: bool
    version: int
    merged_into: int | None  # the one it goes on as; then its state is `voided`
    merged_number: str | None


class DeadlineOut(Schema):
    """A deadline: what for, until when, and what sets it."""

    clock: Clock
    label: Words
    day: date
    set_by: SetBy
    basis: Words
    reason: str
    at: datetime
    is_current: bool


class SourceOut(Schema):
    """One telling: of `danger` itself, or of one that was merged into it."""

    danger: int
    channel: Channel
    at: datetime
    person: int | None
    finder: str
    ref: str
    reward_ref: str
    text: str


class ParticipantOut(Schema):
    """Somebody's part in it, or in one that was merged into it."""

    danger: int
    role: Role
    person: int | None
    name: str
    department: int | None
    at: datetime
    is_current: bool


class CandidateOut(Schema):
    """A clause the words may fall under: a score out of a hundred, never a verdict."""

    standard: str
    clause: str
    score: int
    terms: list[str]
    answer: str


class PartOut(Schema):
    """One of the five implementations: what it still lacks, and whether a file proves it."""

    part: Part
    is_filled: bool
    lacks: list[str]
    is_evidenced: bool


class PlanOut(Schema):
    """The treatment plan."""

    goal: str
    measures: str
    funds: str
    funds_fen: int | None
    people: str
    time_limit: str
    safety: str
    interim: str
    version: int


class EvidenceOut(Schema):
    """A kept file and what it shows."""

    danger: int
    file: UUID
    kind: EvidenceKind
    part: str
    at: datetime


class ExtensionOut(Schema):
    """A request to move an ordered limit, and its answer."""

    asked_on: date
    due_on: date
    wanted: date
    reason: str
    answer_by: date
    is_granted: bool | None
    answered_on: date | None
    answer: str
    is_moot: bool


class StopOut(Schema):
    """A stop order on its way to resumption."""

    number: str
    extent: Extent
    scope: str
    workshop: int | None
    equipment: str
    reason: str
    status: str
    ordered_on: date
    assessed_on: date | None
    assessor: str
    by_agency: bool
    conclusion: str
    is_fit: bool | None
    applied_on: date | None
    review_by: date | None
    reviewed_on: date | None
    outcome: str


class EvacuationOut(Schema):
    """People withdrawn."""

    on: date
    people: int
    measures: str


class AssistanceOut(Schema):
    """What the government was asked to help with, and what came of it."""

    addressee: str
    wanted: str
    asked_on: date
    answered_on: date | None
    answer: str


class FlagOut(Schema):
    """A flag that went up or down."""

    flag: Flag
    is_up: bool
    on: date
    at: datetime
    reason: str


class OfferOut(Schema):
    """A step of the loop as it stands for the caller: what it asks for, and the codes of what stands against it."""

    move: Move
    label: Words
    is_open: bool
    needs: list[Need]
    to_give: list[Need]
    reasons: list[str]


class MemberOut(Schema):
    """A danger that was merged into this one."""

    id: int
    number: str
    description: str
    place_text: str
    channel: Channel
    found_on: date


class DangerOut(DangerRow):
    """A danger with all that lies beside it."""

    local_level: str
    confidentiality: Confidentiality
    day_assumed: bool
    found_at: datetime | None
    recorded_at: datetime
    state_since: datetime
    overdue_since: date | None
    transferred_to: int | None
    owner_unit: int | None
    is_reported: bool
    is_as_planned: bool
    flags: list[Flag]
    deadlines: list[DeadlineOut]
    candidates: list[CandidateOut]
    sources: list[SourceOut]
    participants: list[ParticipantOut]
    five: list[PartOut]
    plan: PlanOut | None
    evidence: list[EvidenceOut]
    extensions: list[ExtensionOut]
    stops: list[StopOut]
    evacuations: list[EvacuationOut]
    assistance: list[AssistanceOut]
    flag_history: list[FlagOut]
    moves: list[OfferOut]
    merged_into: int | None
    merged: list[MemberOut]


class EntryOut(Schema):
    """One entry of the journal about a danger; a personal value that was destroyed is null."""

    at: datetime
    on: date
    code: str
    label: Words
    actor: int | None
    actor_name: str | None
    body: dict[str, Any]
