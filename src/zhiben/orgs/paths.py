"""Who keeps copies of a unit's path and ancestors: re-parenting rewrites them all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.fields import PathField
from zhiben.orgs.models import Unit, UnitMove
from zhiben.orgs.tree import ANCESTOR_FIELDS


@dataclass(frozen=True)
class PathHolder:
    """A table with a path column, and perhaps columns for the ancestors' ids by kind."""

    model: type[models.Model]
    path: str = "path"
    ancestors: Mapping[UnitKind, str] = field(default_factory=dict)

    def rows(self) -> models.QuerySet[Any]:
        """Return all rows, whatever the scope: a move is the system's own work."""
        return self.model._base_manager.all()  # noqa: SLF001 -- the one manager that no scope narrows


_REGISTERED: dict[tuple[type[models.Model], str], PathHolder] = {}


def register_path_holder(holder: PathHolder) -> None:
    """Have a table's paths rewritten when a unit moves, with columns for ancestors under names of their own.

    A table with a `PathField` is known without this, and its ancestors if they bear their usual names.
    """
    _REGISTERED[holder.model, holder.path] = holder


def path_holders() -> list[PathHolder]:
    """Return every table that keeps paths of units; the tree keeps its own in order by itself."""
    found = {
        (model, column.attname): PathHolder(model, column.attname, _ancestors_of(model))
        for model in apps.get_models()
        if model not in {Unit, UnitMove}
        for column in model._meta.concrete_fields  # noqa: SLF001 -- Django's documented API
        if isinstance(column, PathField)
    }
    return list({**found, **_REGISTERED}.values())


def _ancestors_of(model: type[models.Model]) -> dict[UnitKind, str]:
    """Return the ancestor columns that a table has under their usual names (`province_id` …)."""
    columns = {column.attname for column in model._meta.concrete_fields}  # noqa: SLF001 -- Django's documented API
    return {kind: name for kind, name in ANCESTOR_FIELDS.items() if name in columns}
