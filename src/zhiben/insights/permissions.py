"""What one may do with figures."""

from zhiben.kernel.actor import Permission


class InsightPermission(Permission):
    """The clearing ledger, the statistics drawn from it, and the statutory forms."""

    VIEW = "insight:view"
    FILL_FORM = "form:fill"
    LOCK_FORM = "form:lock"
