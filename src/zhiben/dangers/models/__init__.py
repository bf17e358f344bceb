"""Tables of dangers. `danger` knows nothing of the others."""

from zhiben.dangers.models.after import Lookback, Sample
from zhiben.dangers.models.bulk import BulkRow, BulkRun
from zhiben.dangers.models.comments import Comment, Mention
from zhiben.dangers.models.danger import Danger, DangerKey, NumberSeries
from zhiben.dangers.models.derived import AccidentCandidate, Recurrence
from zhiben.dangers.models.hands import DefaultFilter, SavedFilter
from zhiben.dangers.models.judging import JudgingPlan
from zhiben.dangers.models.ladder import LadderRung, OverdueSpan, RegionalRules
from zhiben.dangers.models.listing import Listing, Publication
from zhiben.dangers.models.measures import KeptMeasure
from zhiben.dangers.models.merging import DuplicateCheck, DuplicateProposal, Merger
from zhiben.dangers.models.papers import NoticePaper
from zhiben.dangers.models.records import (
    CandidateClause,
    Evidence,
    Extension,
    FivePart,
    FlagHistory,
    Participant,
    Source,
    StopOrder,
    Suspicion,
    TreatmentPlan,
)
from zhiben.dangers.models.stopping import AssistanceRequest, Evacuation, Watch
from zhiben.dangers.models.undoing import UndoPoint

__all__ = [
    "AccidentCandidate",
    "AssistanceRequest",
    "BulkRow",
    "BulkRun",
    "CandidateClause",
    "Comment",
    "Danger",
    "DangerKey",
    "DefaultFilter",
    "DuplicateCheck",
    "DuplicateProposal",
    "Evacuation",
    "Evidence",
    "Extension",
    "FivePart",
    "FlagHistory",
    "JudgingPlan",
    "KeptMeasure",
    "LadderRung",
    "Listing",
    "Lookback",
    "Mention",
    "Merger",
    "NoticePaper",
    "NumberSeries",
    "OverdueSpan",
    "Participant",
    "Publication",
    "Recurrence",
    "RegionalRules",
    "Sample",
    "SavedFilter",
    "Source",
    "StopOrder",
    "Suspicion",
    "TreatmentPlan",
    "UndoPoint",
    "Watch",
]
