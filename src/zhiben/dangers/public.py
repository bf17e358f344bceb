"""What other rooms may use of dangers."""

from zhiben.dangers.domain.accountability import Ground
from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.domain.clock import Clock
from zhiben.dangers.domain.filters import ALL, STILL_OPEN, Filters, Order, params_of
from zhiben.dangers.domain.kinds import (
    CLOSED,
    OPEN,
    Channel,
    ClosureGround,
    Confidentiality,
    EvidenceKind,
    Extent,
    Flag,
    Level,
    Part,
    Role,
    SetBy,
    State,
    StopStatus,
)
from zhiben.dangers.domain.listing import NAMES as LISTING_WORDS
from zhiben.dangers.domain.lookback import LookbackState
from zhiben.dangers.domain.loop import LOOP, moves_from
from zhiben.dangers.domain.moves import Given, Move, Need, Plan, Proof
from zhiben.dangers.domain.recurrence import RecurrenceState, Tie
from zhiben.dangers.domain.rungs import RUNG_NAMES
from zhiben.dangers.domain.sameness import content_key, plain_text
from zhiben.dangers.domain.sampling import Population
from zhiben.dangers.domain.words import label
from zhiben.dangers.listing import COLUMNS, NAMES, Page
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.after import AfterFigures, after_figures
from zhiben.dangers.selectors.asking import filters_of
from zhiben.dangers.selectors.duplicates import proposals_for
from zhiben.dangers.selectors.listings import ListedCounts, ListedNow, listed_counts
from zhiben.dangers.selectors.lists import Waiting, count_dangers_for, dangers_for, work_today
from zhiben.dangers.selectors.lookbacks import LookbackCounts, lookback_counts, lookback_work, lookbacks_for
from zhiben.dangers.selectors.offers import Offer, moves_for, moves_for_all
from zhiben.dangers.selectors.page import DangerPage, DeadlineView, basis_of, danger_page
from zhiben.dangers.selectors.reading import (
    contents_known,
    danger_by_uid,
    danger_for,
    reach_of,
    subject_of,
    untouched_of,
)
from zhiben.dangers.selectors.showing import shown_rows
from zhiben.dangers.selectors.stops import standing_stops
from zhiben.dangers.selectors.suspicions import clauses_suspected, suspicion_for, suspicions_for
from zhiben.dangers.services.beside import add_evidence, answer_clause, attach_file
from zhiben.dangers.services.evidence import Upload, move_with_uploads, report_with_photos
from zhiben.dangers.services.intake import ImportedDanger, NewDanger
from zhiben.dangers.services.lookbacks import record_lookback, sweep_lookbacks
from zhiben.dangers.services.moves import Moved, move_danger, move_dangers
from zhiben.dangers.services.report import Reported, report_danger, report_dangers
from zhiben.dangers.services.sampling import sweep_samples
from zhiben.dangers.services.suspicions import (
    NewSuspicion,
    confirm_suspicion,
    dismiss_suspicion,
    raise_suspicions,
)
from zhiben.dangers.services.sweeping import sweep_dangers
from zhiben.dangers.services.watching import watch

__all__ = [
    "ALL",
    "CLOSED",
    "COLUMNS",
    "LISTING_WORDS",
    "LOOP",
    "NAMES",
    "OPEN",
    "RUNG_NAMES",
    "STILL_OPEN",
    "AfterFigures",
    "Cell",
    "Channel",
    "Clock",
    "ClosureGround",
    "Confidentiality",
    "DangerPage",
    "DangerPermission",
    "DeadlineView",
    "EvidenceKind",
    "Extent",
    "Filters",
    "Flag",
    "Given",
    "Ground",
    "ImportedDanger",
    "Level",
    "ListedCounts",
    "ListedNow",
    "LookbackCounts",
    "LookbackState",
    "Move",
    "Moved",
    "Need",
    "NewDanger",
    "NewSuspicion",
    "Offer",
    "Order",
    "Page",
    "Part",
    "Plan",
    "Population",
    "Proof",
    "RecurrenceState",
    "Reported",
    "Role",
    "SetBy",
    "State",
    "StopStatus",
    "Tie",
    "Upload",
    "Waiting",
    "add_evidence",
    "after_figures",
    "answer_clause",
    "attach_file",
    "basis_of",
    "clauses_suspected",
    "confirm_suspicion",
    "content_key",
    "contents_known",
    "count_dangers_for",
    "danger_by_uid",
    "danger_for",
    "danger_page",
    "dangers_for",
    "dismiss_suspicion",
    "filters_of",
    "label",
    "listed_counts",
    "lookback_counts",
    "lookback_work",
    "lookbacks_for",
    "move_danger",
    "move_dangers",
    "move_with_uploads",
    "moves_for",
    "moves_for_all",
    "moves_from",
    "params_of",
    "plain_text",
    "proposals_for",
    "raise_suspicions",
    "reach_of",
    "record_lookback",
    "report_danger",
    "report_dangers",
    "report_with_photos",
    "shown_rows",
    "standing_stops",
    "subject_of",
    "suspicion_for",
    "suspicions_for",
    "sweep_dangers",
    "sweep_lookbacks",
    "sweep_samples",
    "untouched_of",
    "watch",
    "work_today",
]
