"""One danger, or a few, inside the actor's reach."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from zhiben.dangers.models import Danger
from zhiben.dangers.permissions import DangerPermission
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.orgs.scope import scope_of, seen


def subject_of(danger_id: int) -> str:
    """Return the name a danger bears in journal, deadlines, files and notices."""
    return f"danger/{danger_id}"


def reach_of(actor: Actor, permission: str = DangerPermission.VIEW) -> QuerySet[Danger]:
    """Return the dangers inside the actor's grants that carry `permission`."""
    return Danger.unscoped.filter(seen(scope_of(actor, permission)))


def danger_for(actor: Actor, danger_id: int) -> Danger:
    """Return the danger if `actor` may see it; else answer as if it did not exist."""
    return dangers_by_id(actor, [danger_id])[0]


def danger_by_uid(actor: Actor, uid: UUID) -> Danger:
    """Return the danger that a client made under `uid`, if `actor` may see it."""
    danger = _with_parties(reach_of(actor)).filter(uid=uid).first()
    if danger is None:
        raise NotFound("danger:not-found")
    return danger


def danger_by_number(actor: Actor, number: str) -> Danger:
    """Return the danger that bears an official number, if `actor` may see it."""
    danger = _with_parties(reach_of(actor)).filter(number=number.strip()).first()
    if danger is None:
        raise NotFound("danger:not-found")
    return danger


def dangers_by_id(actor: Actor, danger_ids: Iterable[int]) -> list[Danger]:
    """Return these dangers by number; refuse all when one of them is not there for the actor."""
    wanted = set(danger_ids)
    found = list(_with_parties(reach_of(actor)).filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise NotFound("danger:not-found")
    return found


def contents_known(keys: Collection[bytes]) -> dict[bytes, int]:
    """Return the dangers by the keys of their content, for those that some danger already has."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_one_of("select key, danger_id from dangers_dangerkey where key", keys), sorted(keys))
        return {bytes(key): danger for key, danger in cursor.fetchall()}


def uids_known(uids: Collection[UUID]) -> set[int]:
    """Return the dangers that already bear one of these numbers of their reporters' making."""
    told = [uid if connection.features.has_native_uuid_field else uid.hex for uid in uids]
    with connection.cursor() as cursor:
        cursor.execute(_one_of("select id from dangers_danger where uid", uids), told)
        return {pk for (pk,) in cursor.fetchall()}


def _one_of(question: str, values: Collection[object]) -> str:
    """Write a question out: Django takes longer to write it than a database to answer, and every report asks it."""
    return f"{question} in ({', '.join(['%s'] * len(values))})"


def untouched_of(batch: str, danger_ids: Collection[int]) -> list[int]:
    """Return the dangers of an import that nobody has done anything about since."""
    rows = Danger.unscoped.filter(pk__in=danger_ids, import_batch=batch, is_withdrawn=False, steps=0)
    rows = rows.filter(merged_into__isnull=True).exclude(
        pk__in=Danger.unscoped.filter(merged_into__in=danger_ids).values("merged_into")
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _with_parties(rows: QuerySet[Danger]) -> QuerySet[Danger]:
    return rows.select_related("unit", "enterprise", "party", "department__unit", "owner_person")
