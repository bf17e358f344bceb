"""What one may do with facts and determinations."""

from zhiben.kernel.actor import Permission


class FactPermission(Permission):
    """Facts of an enterprise."""

    VIEW = "fact:view"
    RECORD = "fact:record"
    ASK = "fact:ask"


class DeterminationPermission(Permission):
    """Judging an enterprise by the standards in force."""

    VIEW = "determination:view"
    MAKE = "determination:make"


class PackPermission(Permission):
    """A region's own packs: written, reviewed by two who did not write them, adopted from a day."""

    WRITE = "pack:write"
    REVIEW = "pack:review"
    ADOPT = "pack:adopt"


class ClausePermission(Permission):
    """What people add beside a clause."""

    GUIDE = "clause:guide"
    LINK = "clause:link"
    CONFIRM = "clause:confirm"
