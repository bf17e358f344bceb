"""Tables of dangers. `danger` knows nothing of `records`."""

from zhiben.dangers.models.danger import Danger, DangerKey, NumberSeries
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

__all__ = [
    "CandidateClause",
    "Danger",
    "DangerKey",
    "Evidence",
    "Extension",
    "FivePart",
    "FlagHistory",
    "NumberSeries",
    "Participant",
    "Source",
    "StopOrder",
    "Suspicion",
    "TreatmentPlan",
]
