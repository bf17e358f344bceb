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
