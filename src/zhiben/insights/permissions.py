"""What one may do with figures."""

from zhiben.kernel.actor import Permission


class InsightPermission(Permission):
    """The clearing ledger and the statistics drawn from it."""

    VIEW = "insight:view"
