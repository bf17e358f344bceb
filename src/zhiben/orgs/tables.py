"""A migration written in one go."""

from typing import Any

from django.db.migrations import Migration
from django.db.migrations.state import ProjectState


class FirstTables(Migration):
    """Only creates models, or swaps indexes: all is known before the first is written.

    Django renders every related model anew after each operation, which is most of the time an empty database takes.
    """

    def apply(self, project_state: ProjectState, schema_editor: Any, *_: Any, **__: Any) -> ProjectState:
        """Write the tables, each from the state that knows them all."""
        project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state
