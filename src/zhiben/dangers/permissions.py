"""What one may be allowed to do with hidden dangers."""

from zhiben.dangers.domain.rights import LABELS, DangerPermission

__all__ = ["LABELS", "DangerPermission"]
