"""The closed vocabularies of a hidden danger; their names in both languages stand in `words`."""

from enum import StrEnum


class State(StrEnum):
    """Where a danger stands in its loop."""

    REGISTERED = "registered"
    CONFIRMED = "confirmed"
    RECTIFYING = "rectifying"
    AWAITING_ACCEPTANCE = "awaiting_acceptance"
    SIGNED_OFF = "signed_off"
    TRANSFERRED = "transferred"
    VOIDED = "voided"


CLOSED = frozenset({State.SIGNED_OFF, State.VOIDED})
OPEN = frozenset(State) - CLOSED


class Level(StrEnum):
    """How grave; unset until a person confirms it."""

    UNSET = "unset"
    GENERAL = "general"
    MAJOR = "major"


class Channel(StrEnum):
    """How a danger came to be known."""

    SELF_CHECK = "self_check"
    INSPECTION = "inspection"
    PUBLIC_REPORT = "public_report"
    MONITORING = "monitoring"
    DETERMINATION = "determination"


class Flag(StrEnum):
    """What may stand beside the state, with a history of its own. `LISTED` is set by listed supervision."""

    EXTENDED = "extended"
    STOP_ORDERED = "stop_ordered"
    CLOSURE_REQUESTED = "closure_requested"
    SELF_ACCEPTED = "self_accepted"
    ON_SPOT = "on_spot"
    VOID_PROPOSED = "void_proposed"
    LISTED = "listed"


class Part(StrEnum):
    """The five implementations."""

    RESPONSIBILITY = "responsibility"
    MEASURES = "measures"
    FUNDS = "funds"
    TIME_LIMIT = "time_limit"
    PLAN = "plan"


class Role(StrEnum):
    """What somebody did or must do about one danger."""

    FINDER = "finder"
    CONFIRMER = "confirmer"
    OWNER = "owner"
    RECTIFIER = "rectifier"
    ACCEPTOR = "acceptor"
    OFFICER = "officer"
    VOID_PROPOSER = "void_proposer"
    ASSESSOR = "assessor"


class EvidenceKind(StrEnum):
    """What a kept file shows."""

    PHOTO_BEFORE = "photo_before"
    PHOTO_AFTER = "photo_after"
    REPORT = "report"
    ASSESSMENT = "assessment"
    APPLICATION = "application"
    ORDER = "order"
    PART = "part"
    LOOKBACK = "lookback"
    OTHER = "other"


class SetBy(StrEnum):
    """Who set a deadline: oneself, a supervisor's order, the law; or a setting of this installation."""

    SELF = "self"
    ORDER = "order"
    LAW = "law"
    SETTING = "setting"


class Extent(StrEnum):
    """How much must stop."""

    WHOLE = "whole"
    PART = "part"


class ClosureGround(StrEnum):
    """Why closure is asked for."""

    NO_PROSPECT = "no_prospect"
    REFUSED = "refused"
    UNSAFE = "unsafe"  # does not meet the conditions for safe production


class StopStatus(StrEnum):
    """How far a stop order has come."""

    ORDERED = "ordered"
    ASSESSED = "assessed"
    APPLIED = "applied"
    RESUMED = "resumed"
    CORRECT = "correct"  # the review failed: ordered to correct, the stop stands
    AGAIN = "again"  # the review failed: stopped anew by a following order


STANDING = frozenset({StopStatus.ORDERED, StopStatus.ASSESSED, StopStatus.APPLIED, StopStatus.CORRECT})


class Confidentiality(StrEnum):
    """Who beyond the parties may read it."""

    NORMAL = "normal"
    INTERNAL = "internal"
    SEALED = "sealed"
