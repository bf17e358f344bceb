"""What people may be granted about the clock."""

from zhiben.kernel.actor import Permission


class JobPermission(Permission):
    """One-off jobs of others; one's own are always seen, cancelled and retried."""

    VIEW = "job:view"
    MANAGE = "job:manage"


class HealthPermission(Permission):
    """Workers, sweeps and what is late."""

    VIEW = "health:view"
