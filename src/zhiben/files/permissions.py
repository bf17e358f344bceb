"""What people may be granted about files."""

from zhiben.kernel.actor import Permission


class FilePermission(Permission):
    """Evidence kept on things within reach."""

    VIEW = "file:view"
    SHRED = "file:shred"
