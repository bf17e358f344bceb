"""What was merged into a danger, and into that: together they are told as one."""

from collections.abc import Collection, Mapping

from zhiben.dangers.domain.kinds import Channel
from zhiben.dangers.models import Danger, Merger, Source
from zhiben.kernel.actor import Actor

Roots = Mapping[int, int]  # by the number of each member of a family, itself included, the danger that was kept


def roots_of(ids: Collection[int]) -> Roots:
    """Return the members of the families of these dangers, a query for each depth of merging: mostly one."""
    roots = {number: number for number in ids}
    newest: Collection[int] = list(ids)
    while newest:
        rows = Danger.unscoped.filter(merged_into__in=newest, merged_into__isnull=False).values_list(
            "pk", "merged_into"
        )
        found = {pk: roots[into] for pk, into in rows if into is not None}
        roots |= found
        newest = list(found)
    return roots


def keepers_of(ids: Collection[int]) -> Roots:
    """Return for each of these dangers the one it goes on as: itself, or what it was merged into at last."""
    keepers = {number: number for number in ids}
    while True:
        rows = Danger.unscoped.filter(pk__in=set(keepers.values()), merged_into__isnull=False)
        went = {pk: into for pk, into in rows.values_list("pk", "merged_into") if into is not None}
        if not went:
            return keepers
        keepers = {number: went.get(keeper, keeper) for number, keeper in keepers.items()}


def members_of(danger: Danger) -> list[int]:
    """Return a danger and all that was merged into it, by number, itself first."""
    return list(roots_of([danger.pk]))


def rows_of(members: Collection[int]) -> list[Danger]:
    """Return the rows of those merged, the oldest first."""
    return list(Danger.unscoped.filter(pk__in=members).order_by("pk")) if members else []


def standing_merger(danger: Danger) -> Merger | None:
    """Return what took a danger into another, where that stands."""
    if danger.merged_into_id is None:
        return None
    return Merger.objects.select_related("into", "account__person").filter(danger=danger, undone_at=None).first()


def sources_of(family: Collection[int], actor: Actor, *, is_supervisor: bool) -> list[Source]:
    """Return who told of them, oldest first. The public's reporters are named to supervisors and to themselves only."""
    rows = Source.objects.filter(danger__in=family).select_related("person", "department", "danger")
    found = list(rows.order_by("at", "pk"))
    if not is_supervisor:
        for source in found:
            if source.channel == Channel.PUBLIC_REPORT and source.account_id != actor.id:
                source.finder, source.person, source.reward_ref = "", None, ""
    return found


def kept_instead_of(danger: Danger) -> Danger:
    """Return the danger that stands for this one: itself, or what it was merged into at last."""
    while danger.merged_into_id is not None:
        danger = Danger.unscoped.get(pk=danger.merged_into_id)
    return danger
