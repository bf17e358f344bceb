"""Django's PostgreSQL backend; what is asked again is not planned again.

PostgreSQL thinks about a page of a list as long as it then works. Parameters go to the server apart from the statement,
and a statement that came a few times stays prepared for as long as its connection lives.
"""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

# PostgreSQL takes disks for turning plates, where a row by its number costs four pages read in order: it would rather
# read one index whole than a list in its order.
PLANNING = "set random_page_cost = 1.1"
KEPT = 500  # statements a connection: one list has a hundred, by filter and kind of grant


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection, with room for the statements of many pages."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect."""
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = KEPT
        return connection

    def init_connection_state(self) -> None:
        """Say what a row costs, save to a pooler: what is set there may stay with somebody else's connection."""
        super().init_connection_state()
        if self.connection.prepare_threshold is not None:
            self.connection.execute(PLANNING)

    def is_usable(self) -> bool:
        """Tell whether the server is still there, without asking it: one that ended has said so on the connection.

        A connection whose transaction is broken is none, as Django counts.
        """
        if self.connection is None or self.connection.closed:
            return False
        if self.connection.info.transaction_status not in (TransactionStatus.IDLE, TransactionStatus.INTRANS):
            return bool(super().is_usable())
        heard = select.poll()
        heard.register(self.connection.fileno(), select.POLLIN)
        return not heard.poll(0) or bool(super().is_usable())
