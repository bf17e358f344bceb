"""Scope that fails closed: without an active scope a scoped table cannot be read at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import Q

from zhiben.kernel.actor import Actor, Grant, Place
from zhiben.kernel.ids import path_end
from zhiben.orgs.domain.industries import mask_of, slugs_of
from zhiben.orgs.fields import MaskField, PathField

M = TypeVar("M", bound=models.Model)


class NoScope(RuntimeError):  # noqa: N818 -- a bug in us, never the user's fault
    """A scoped table was read outside any scope."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be read: all (the system's own work), or what an actor's grants with `permission` reach."""

    grants: tuple[Grant, ...] = ()
    everything: bool = False


_active: ContextVar[Scope | None] = ContextVar("zhiben_scope", default=None)


def scope_of(actor: Actor, permission: str | None = None) -> Scope:
    """Return the scope of an actor: all grants, or only those that carry `permission`."""
    if actor.is_system:
        return Scope(everything=True)
    return Scope(tuple(g for g in actor.grants if permission is None or permission in g.permissions))


@contextmanager
def scoped(scope: Scope) -> Iterator[None]:
    """Make `scope` the active one: middleware, jobs and commands enter it once, at the door."""
    token = _active.set(scope)
    try:
        yield
    finally:
        _active.reset(token)


def reached_by(grant: Grant) -> Q:
    """Return what a grant reaches: (path range or enterprise or responsible party) AND industry AND matter."""
    where = Q(pk__in=[])
    if grant.path is not None:  # a range: an index serves `>=` and `<` on both databases, LIKE it does not
        where |= Q(path__gte=grant.path, path__lt=path_end(grant.path))
    if grant.enterprise is not None:
        where |= Q(enterprise_id=grant.enterprise) | Q(party_id=grant.enterprise)
    if grant.industries:
        where &= Q(industries_mask__overlaps=mask_of(grant.industries))
    if grant.matters:
        where &= Q(matter__in=sorted(grant.matters))
    return where


def seen(scope: Scope) -> Q:
    """Return the condition for rows inside a scope; no grants, no rows."""
    if scope.everything:
        return Q()
    condition = Q(pk__in=[])
    for grant in scope.grants:
        condition |= reached_by(grant)
    return condition


class ScopedManager(models.Manager[M]):
    """Refuses to read without a scope."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Return the rows of the active scope."""
        scope = _active.get()
        if scope is None:
            raise NoScope(self.model.__name__)
        return super().get_queryset().filter(seen(scope))


class ScopedModel(models.Model):
    """Base of tables whose rows hang on a unit and may belong to an enterprise, a party, industries and a matter."""

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    path = PathField(editable=False)  # of the unit
    enterprise = models.ForeignKey("orgs.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey("orgs.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    industries_mask = MaskField(default=0)
    matter = models.CharField(max_length=40, default="", blank=True)
    enterprise_id: int | None
    party_id: int | None

    objects: ClassVar[ScopedManager[Any]] = ScopedManager()
    unscoped: ClassVar[models.Manager[Any]] = models.Manager()  # a shape test lists who may use it

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        """Where this row is, as far as access goes."""
        return Place(
            self.path, self.enterprise_id, self.party_id, frozenset(slugs_of(self.industries_mask)), self.matter or None
        )
