"""Which tables name a unit in a column: when a unit ends, its heir takes its place in every one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models

from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import (
    Enterprise,
    HandedOn,
    Jurisdiction,
    Reorganisation,
    RoleGrant,
    Unit,
    UnitAlias,
    UnitMove,
)
from zhiben.orgs.paths import path_holders
from zhiben.orgs.tree import ANCESTOR_FIELDS

OF_THE_TREE = {Unit, UnitAlias, UnitMove, Reorganisation, HandedOn}
CARRIED = {RoleGrant, Jurisdiction.units.through}  # with care of their own: see services.carrying
ONLY_SITES = {(Enterprise, "registered_site")}  # a site is moved whole, never merged


@dataclass(frozen=True)
class UnitHolder:
    """A column that names a unit; where the row lies there, its path and ancestors follow."""

    model: type[models.Model]
    column: str  # the foreign key's name; empty: only a path is kept
    path: str = ""
    ancestors: Mapping[UnitKind, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name the column for the record of what was handed on."""
        return f"{self.model._meta.label}.{self.column or self.path}"  # noqa: SLF001 -- Django's documented API

    def rows_of(self, unit: Unit) -> models.QuerySet[Any]:
        """Return the rows that hang on a unit itself, whatever the scope."""
        rows = self.model._base_manager.all()  # noqa: SLF001 -- the one manager that no scope narrows
        return rows.filter(**{self.column: unit.pk}) if self.column else rows.filter(**{self.path: unit.path})

    def columns_at(self, unit: Unit) -> dict[str, Any]:
        """Return what a row says that hangs on a unit."""
        columns: dict[str, Any] = {f"{self.column}_id": unit.pk} if self.column else {}
        if self.path:
            columns[self.path] = unit.path
            columns |= {name: getattr(unit, ANCESTOR_FIELDS[kind]) for kind, name in self.ancestors.items()}
        return columns


@lru_cache(maxsize=1)
def unit_holders() -> tuple[UnitHolder, ...]:
    """Return every column of every table that names a unit, and the paths kept without one."""
    paths = {holder.model: holder for holder in path_holders()}
    found: list[UnitHolder] = []
    for model in apps.get_models():
        if model in OF_THE_TREE | CARRIED:
            continue
        names = [
            column.name
            for column in model._meta.concrete_fields  # noqa: SLF001 -- Django's documented API
            if column.related_model is Unit and (model, column.name) not in ONLY_SITES
        ]
        for name in names:
            lies = paths.get(model) if name == "unit" else None
            found.append(UnitHolder(model, name, lies.path if lies else "", lies.ancestors if lies else {}))
        if "unit" not in names and model in paths and model is not Enterprise:
            found.append(UnitHolder(model, "", paths[model].path, paths[model].ancestors))
    return tuple(found)
