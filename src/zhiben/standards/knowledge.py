"""What an actor may read beside a clause: the nearest region's guide, the texts linked to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from zhiben.files.public import FileView, files_of_all
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import ancestors
from zhiben.law.searching import folded
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_place, units_for
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.models import ClauseLink, Guide
from zhiben.standards.regional import REGIONS, near


def guides_for(actor: Actor, standard: str, clause: str) -> list[Guide]:
    """Return the guides of the regions above the actor's places, the nearest first."""
    rows = Guide.objects.filter(near(actor, "unit"), standard=standard, clause=clause)
    return list(rows.select_related("unit", "written_by__person").order_by("-unit__depth", "unit__path"))


def pictures_of(guides: Sequence[Guide]) -> Mapping[int, list[FileView]]:
    """Return the pictures of guides that the actor may read: they hang on a region that may lie above their reach."""
    with scoped(Scope(everything=True)):
        found = files_of_all(f"guide/{each.pk}" for each in guides)
    return {each.pk: [one for one in found[f"guide/{each.pk}"] if one.has_pictures] for each in guides}


def guide_for(actor: Actor, guide_id: int) -> Guide:
    """Return a guide that the actor may read."""
    found = Guide.objects.filter(near(actor, "unit"), pk=guide_id).first()
    if found is None:
        raise NotFound("guide:not-found")
    return found


def links_for(actor: Actor, standard: str, clause: str) -> QuerySet[ClauseLink]:
    """Return the texts linked to a clause in the regions above the actor's places, verified ones first."""
    rows = ClauseLink.objects.filter(near(actor, "unit"), standard=standard, clause=clause, withdrawn_at__isnull=True)
    rows = rows.select_related("unit__enterprise", "made_by__person").prefetch_related("confirmations__person")
    return rows.order_by(F("verified_at").asc(nulls_last=True), "-made_at", "-pk")


def link_for(actor: Actor, link_id: int) -> ClauseLink:
    """Return one of them."""
    found = ClauseLink.objects.filter(near(actor, "unit"), pk=link_id).select_related("unit__enterprise").first()
    if found is None:
        raise NotFound("link:not-found")
    return found


@dataclass(frozen=True, slots=True)
class LinkState:
    """Whether a text is linked to a clause, and by how many people that was confirmed."""

    id: int
    is_verified: bool
    confirmed: int


def link_states(
    actor: Actor, kind: str, text: str, cases: Iterable[tuple[str, str]]
) -> Mapping[tuple[str, str], LinkState]:
    """Return for each of these clauses how it stands with a text; clauses that nobody linked are left out."""
    wanted = set(cases)
    rows = ClauseLink.objects.filter(
        near(actor, "unit"),
        kind=kind,
        plain=folded(text),
        withdrawn_at__isnull=True,
        standard__in={one for one, _ in wanted},
    ).annotate(confirmed=Count("confirmations"))
    states: dict[tuple[str, str], LinkState] = {}
    for row in rows.order_by("confirmed", "pk"):  # the one most people confirmed stands last, and counts
        if (row.standard, row.clause) in wanted:
            state = LinkState(row.pk, row.verified_at is not None, row.confirmed)
            states[row.standard, row.clause] = state
    return states


def regions_with(actor: Actor, permission: str) -> Sequence[Unit]:
    """Return the regions for which an actor holds a permission, upper ones first."""
    rows = units_for(actor, permission).filter(kind__in=[str(kind) for kind in REGIONS])
    return list(rows.order_by("depth", "path")[:100])


def region_of(actor: Actor, permission: str, path: str) -> Unit | None:
    """Return the nearest region above a place for which an actor holds a permission: their county, for its sites."""
    kinds = [str(kind) for kind in REGIONS if kind is not UnitKind.NATION]
    above = Unit.objects.filter(path__in=ancestors(path), kind__in=kinds).select_related("enterprise")
    for unit in above.order_by("-depth"):
        if unit.kind != UnitKind.TOWNSHIP and actor.may(permission, unit_place(unit)):
            return unit
    return next((unit for unit in above.order_by("depth") if actor.may(permission, unit_place(unit))), None)
