"""Who keeps copies of a unit's path and ancestors: re-parenting rewrites them all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Department, Enterprise
from zhiben.orgs.scope import ScopedModel
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
    """Have a table's paths rewritten when a unit moves. Tables built on `ScopedModel` are known without this."""
    _REGISTERED[holder.model, holder.path] = holder


def path_holders() -> list[PathHolder]:
    """Return every table that keeps paths: those built on `ScopedModel`, and those registered."""
    own = {(model, "path"): PathHolder(model, "path", _ancestors_of(model)) for model in _scoped_models()}
    return list({**own, **_REGISTERED}.values())


def _scoped_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, ScopedModel)]


def _ancestors_of(model: type[models.Model]) -> dict[UnitKind, str]:
    """Return the ancestor columns that a table has under their usual names (`province_id` …)."""
    columns = {f.attname for f in model._meta.concrete_fields}  # noqa: SLF001 -- Django's documented API
    return {kind: name for kind, name in ANCESTOR_FIELDS.items() if name in columns}


register_path_holder(PathHolder(Enterprise))
register_path_holder(PathHolder(Department))
