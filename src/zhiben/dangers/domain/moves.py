"""The words of a step: the moves, what a step needs, what the mover gives."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhiben.dangers.domain.kinds import ClosureGround, EvidenceKind, Extent, Level, Part, StopStatus


class Move(StrEnum):
    """A step in the loop of a danger, or one beside it that leaves the state as it is."""

    CONFIRM = "confirm"
    FIX_ON_SPOT = "fix_on_spot"
    ASSIGN = "assign"
    SUBMIT = "submit"
    ACCEPT = "accept"
    SELF_ACCEPT = "self_accept"
    SIGN_OFF = "sign_off"
    RETURN = "return"
    TRANSFER = "transfer"
    RECEIVE = "receive"
    PROPOSE_VOID = "propose_void"
    VOID = "void"
    REOPEN = "reopen"
    WITHDRAW_IMPORT = "withdraw_import"
    REASSIGN = "reassign"
    CHANGE_LEVEL = "change_level"
    CHANGE_DUE = "change_due"
    ORDER_LIMIT = "order_limit"
    ASK_EXTENSION = "ask_extension"
    DECIDE_EXTENSION = "decide_extension"
    REPORT_MAJOR = "report_major"
    FILL_PLAN = "fill_plan"
    STOP_ORDER = "stop_order"
    EVACUATE = "evacuate"
    ASK_ASSISTANCE = "ask_assistance"
    ANSWER_ASSISTANCE = "answer_assistance"
    ASSESS_STOP = "assess_stop"
    APPLY_TO_RESUME = "apply_to_resume"
    PASS_REVIEW = "pass_review"  # noqa: S105 -- a move, not a password
    FAIL_REVIEW = "fail_review"
    REQUEST_CLOSURE = "request_closure"
    LIST = "list"
    REPORT_LISTING = "report_listing"
    REVIEW_LISTING = "review_listing"
    DELIST = "delist"
    WITHDRAW_LISTING = "withdraw_listing"
    ANSWER_CLOSURE = "answer_closure"


class Need(StrEnum):
    """What must be given with a step; pages ask for it, the API documents it."""

    REASON = "reason"
    LEVEL = "level"
    OWNER = "owner"
    DUE = "due_on"
    DEPARTMENT = "department"
    REPORT = "report"
    PHOTO_BEFORE = "photo_before"
    PHOTO_AFTER = "photo_after"
    ON_SITE = "on_site"
    OFFICERS = "officers"
    ASSESSOR = "assessor"
    APPLICATION = "application"
    GRANTED = "granted"
    FORCE_MAJEURE = "force_majeure"
    SCOPE = "scope"
    OUTCOME = "outcome"
    PLAN = "plan"
    ORDER = "order"
    WITHDRAWN = "withdrawn"
    ADDRESSEE = "addressee"
    CONCLUSION = "conclusion"
    ASSESSMENT = "assessment"
    GROUND = "ground"


@dataclass(frozen=True, slots=True)
class Proof:
    """A kept file and what it shows."""

    kind: EvidenceKind
    file: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The six parts of a treatment plan, and the interim measures; None leaves a part as it was."""

    goal: str | None = None
    measures: str | None = None
    funds: str | None = None
    funds_fen: int | None = None
    people: str | None = None
    time_limit: str | None = None
    safety: str | None = None
    interim: str | None = None
    evidence: tuple[tuple[Part, UUID], ...] = ()  # a kept file that proves an implementation


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the mover gives with a step; which of it is needed stands in the loop's table."""

    reason: str = ""
    level: Level | None = None
    local_level: str = ""
    owner: int | None = None  # a person
    owner_unit: int | None = None  # the workshop or team that does it
    due_on: date | None = None
    department: int | None = None  # a supervising department
    report: str = ""
    on_site: bool = False
    officers: tuple[int, ...] = ()  # persons
    assessor: str = ""
    by_agency: bool = False  # assessed by an agency rather than own experts
    conclusion: bool | None = None  # of the assessment: safe to resume
    granted: bool | None = None
    force_majeure: bool = False
    scope: str = ""
    extent: Extent | None = None  # of a stop; None: a part, where a scope is told
    workshop: int | None = None  # the unit on the site that must stop
    equipment: str = ""
    withdrawn: int | None = None  # how many people
    addressee: str = ""  # the government asked
    ground: ClosureGround | None = None
    outcome: StopStatus | None = None
    plan: Plan | None = None
    order: str = ""  # number of the document behind the step
    proofs: tuple[Proof, ...] = ()


NOTHING = Given()
