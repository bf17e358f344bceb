"""What people may be granted about notices; one's own are always one's own."""

from zhiben.kernel.actor import Permission


class NoticePermission(Permission):
    """Whether others were reached."""

    VIEW = "notice:view"
