"""Reads of imports, profiles and exports."""

from collections.abc import Iterator
from operator import attrgetter
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from zhiben.exchange.domain.staging import LONG, Staged, unpack
from zhiben.exchange.models import Export, Import, ImportPart, Profile
from zhiben.exchange.permissions import ExchangePermission
from zhiben.kernel.actor import Actor, Permission
from zhiben.kernel.errors import NotAllowed, NotFound
from zhiben.orgs.models import Unit
from zhiben.orgs.scope import scope_of, seen

FITTING = 0.8  # share of a ledger's headings that a profile must know to be taken by itself


def imports_for(actor: Actor) -> QuerySet[Import]:
    """Return the imports within reach, newest first."""
    within = seen(scope_of(actor, ExchangePermission.MAKE_IMPORT)) | seen(
        scope_of(actor, ExchangePermission.VOID_IMPORT)
    )
    return Import.unscoped.filter(within).select_related("unit", "account__person").order_by("-created_at", "-pk")


def import_for(actor: Actor, import_id: UUID, permission: Permission = ExchangePermission.MAKE_IMPORT) -> Import:
    """Return one import, or refuse as if it did not exist; who may see it and not do this is told so."""
    batch = imports_for(actor).filter(pk=import_id).first()
    if batch is None:
        raise NotFound("import:not-found")
    if not actor.may(permission, batch.place):
        raise NotAllowed("access:missing-permission", permission=str(permission))
    return batch


def staged_rows(batch: Import, *, only: Q | None = None) -> Iterator[Staged]:
    """Yield the rows of an import with their verdicts, in the order of the ledger."""
    parts = ImportPart.objects.filter(batch=batch)
    if only is not None:
        parts = parts.filter(only)
    rows = (row for part in parts.order_by("number").iterator(chunk_size=20) for row in unpack(part.rows))
    yield from rows if batch.read <= LONG else sorted(rows, key=attrgetter("at"))


def rows_laid(batch: Import) -> int:
    """Return how many rows a reading has laid down so far."""
    counts = ImportPart.objects.filter(batch=batch).aggregate(n=Sum(F("accepted") + F("repeated") + F("rejected")))
    return counts["n"] or 0


def profiles_for(actor: Actor) -> QuerySet[Profile]:
    """Return the profiles kept for units within reach."""
    return Profile.unscoped.filter(seen(scope_of(actor, ExchangePermission.MAKE_IMPORT))).order_by("name", "pk")


def profile_for(actor: Actor, profile_id: int) -> Profile:
    """Return one profile, or refuse as if it did not exist."""
    profile = profiles_for(actor).filter(pk=profile_id).first()
    if profile is None:
        raise NotFound("profile:not-found")
    return profile


def profile_fitting(actor: Actor, unit: Unit, keys: set[str]) -> Profile | None:
    """Return the newest profile of this unit that knows nearly all of a ledger's headings."""
    for profile in profiles_for(actor).filter(unit=unit).order_by("-at")[:50]:
        if keys and len(keys & set(profile.mapping)) >= FITTING * len(keys):
            return profile
    return None


def exports_for(actor: Actor) -> QuerySet[Export]:
    """Return the exports that the actor asked for, newest first: nobody else's."""
    return Export.objects.filter(account_id=actor.id).order_by("-created_at") if actor.id else Export.objects.none()


def export_for(actor: Actor, export_id: UUID) -> Export:
    """Return one export of the actor's own."""
    export = exports_for(actor).filter(pk=export_id).first()
    if export is None:
        raise NotFound("export:not-found")
    return export
