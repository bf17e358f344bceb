"""What people may be granted about documents."""

from zhiben.kernel.actor import Permission


class DocumentPermission(Permission):
    """Documents within reach. Drafts are seen, signed and discarded only on the side that issues them."""

    VIEW = "document:view"
    DRAFT = "document:draft"
    ISSUE = "document:issue"
    SERVE = "document:serve"
    EDIT_TEMPLATE = "document:template"
