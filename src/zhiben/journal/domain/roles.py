"""What the application's own role may do on PostgreSQL, where another role owns the tables."""

import re

from zhiben.kernel.errors import Invalid

RIGHTS = {  # all other tables: everything but changing their shape
    "SELECT, INSERT": ("journal_entry", "journal_root", "journal_leaf"),
    "SELECT, INSERT, DELETE": ("journal_personal",),
    "SELECT, INSERT, UPDATE": ("journal_chain", "journal_batch", "journal_sequencer", "journal_cursor"),
    "SELECT": ("django_migrations",),
}
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def grants(role: str) -> list[str]:
    """Return the statements that the owner of the tables runs for the application's `role`, again after a new version.

    >>> grants("zhiben_app")[0]
    'GRANT USAGE ON SCHEMA public TO zhiben_app'
    """
    if not _NAME.fullmatch(role):
        raise Invalid("role:bad-name", field="app", name=role)
    rows, numbers = "SELECT, INSERT, UPDATE, DELETE ON {} TO " + role, "USAGE, SELECT ON {} TO " + role
    later = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT "
    given = [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT " + rows.format("ALL TABLES IN SCHEMA public"),
        "GRANT " + numbers.format("ALL SEQUENCES IN SCHEMA public"),
        later + rows.format("TABLES"),
        later + numbers.format("SEQUENCES"),
    ]
    for rights, tables in RIGHTS.items():
        given += [f"REVOKE ALL ON {', '.join(tables)} FROM {role}", f"GRANT {rights} ON {', '.join(tables)} TO {role}"]
    return given
