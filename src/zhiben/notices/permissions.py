"""What people may be granted about notices; one's own are always one's own."""

from zhiben.kernel.actor import Permission


class NoticePermission(Permission):
    """Whether others were reached, and how."""

    VIEW = "notice:view"
    DELIVER = "notice:deliver"  # print notices, hand them over, note receipts
    MANAGE = "notice:manage"  # channels, routes, another try
