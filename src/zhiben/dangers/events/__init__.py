"""What the journal holds about hidden dangers.

Events that change the open stock carry the whole `cell` (see `domain.cell`), so that whoever counts needs no look-up:
found, reopened, signed off, voided, reclassified and moved (before → after), overdue and no longer overdue. Every
event of the loop carries `after`, the state it leaves: replaying a danger's events gives its state.
"""

from zhiben.dangers.events.after import (
    AsAccidentAnswered,
    AsAccidentRaised,
    LookbackDone,
    LookbackOverdue,
    RecurrenceAnswered,
    RecurrenceFound,
    SampleDrawn,
    SampleSeeded,
)
from zhiben.dangers.events.loop import (
    ClauseAnswered,
    DangerFlagged,
    DangerFound,
    DangerImported,
    DangerMoved,
    DangerNoLongerOverdue,
    DangerOverdue,
    DangerReclassified,
    DangerReopened,
    DangerSignedOff,
    DangerStepped,
    DangerVoided,
    EvidenceAdded,
)
from zhiben.dangers.events.merging import (
    DangerMerged,
    DangerToldApart,
    DangerTookIn,
    DangerUnmerged,
    SourceAdded,
)
from zhiben.dangers.events.suspicions import (
    JudgingPlanned,
    PopulationJudged,
    SuspicionAnswered,
    SuspicionKept,
    SuspicionMoved,
    SuspicionRaised,
    SuspicionWithdrawn,
)

__all__ = [
    "AsAccidentAnswered",
    "AsAccidentRaised",
    "ClauseAnswered",
    "DangerFlagged",
    "DangerFound",
    "DangerImported",
    "DangerMerged",
    "DangerMoved",
    "DangerNoLongerOverdue",
    "DangerOverdue",
    "DangerReclassified",
    "DangerReopened",
    "DangerSignedOff",
    "DangerStepped",
    "DangerToldApart",
    "DangerTookIn",
    "DangerUnmerged",
    "DangerVoided",
    "EvidenceAdded",
    "JudgingPlanned",
    "LookbackDone",
    "LookbackOverdue",
    "PopulationJudged",
    "RecurrenceAnswered",
    "RecurrenceFound",
    "SampleDrawn",
    "SampleSeeded",
    "SourceAdded",
    "SuspicionAnswered",
    "SuspicionKept",
    "SuspicionMoved",
    "SuspicionRaised",
    "SuspicionWithdrawn",
]
