"""Django's PostgreSQL backend; what is asked again is not planned again.

PostgreSQL thinks about a page of a list as long as it then works. Parameters go to the server apart from the statement,
and a statement that came a few times stays prepared for as long as its connection lives.
"""

from typing import Any

from django.db.backends.postgresql import base

KEPT = 500  # statements a connection: one list has a hundred, by filter and kind of grant


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection, with room for the statements of many pages."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect."""
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = KEPT
        return connection
