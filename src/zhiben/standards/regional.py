"""A region's adopted packs as editions of the law: which hold where, and who may look at them."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import cast

from django.db.models import F, Q, QuerySet

from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import ancestors, path_end
from zhiben.law.key_items import KeyList
from zhiben.law.pack_texts import Adopted, PackKind, check
from zhiben.law.standards import Standard, editions_on, held, of_region
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Enterprise, Unit
from zhiben.orgs.public import unit_place
from zhiben.standards.models import Pack, PackVersion
from zhiben.standards.permissions import PackPermission

ADOPTED = Q(state="adopted") & (Q(until__isnull=True) | Q(until__gt=F("since")))  # else it never held
RIGHTS = tuple(PackPermission)
REGIONS = frozenset({UnitKind.NATION, UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY, UnitKind.TOWNSHIP})


def edition_of(version: PackVersion) -> Standard | None:
    """Return the edition that an adopted version makes; None where the text no longer reads as one."""
    if version.since is None:
        return None
    known = _read(version.digest, version.text)
    if known is None:
        return None
    return of_region(
        known,
        number=version.number,
        since=version.since,
        until=version.until,
        region=version.pack.unit.path,
        digest=version.digest,
    )


@lru_cache(maxsize=256)
def _read(digest: str, text: str) -> Standard | None:  # noqa: ARG001 -- the digest makes the key short to compare
    return check("standards", text).standard


@lru_cache(maxsize=64)
def _read_list(digest: str, text: str) -> KeyList | None:  # noqa: ARG001 -- as above
    return check("key_items", text).key_list


def source(id_: str) -> Standard | None:
    """Return a region's edition by its id `<pack>-v<number>`; for the law, which asks where its packs know nothing."""
    slug, mark, number = id_.rpartition("-v")
    if not mark or not number.isascii() or not number.isdigit() or len(number) > 6:
        return None
    version = _versions().filter(pack__slug=slug, pack__kind="standards", number=int(number)).first()
    return edition_of(version) if version else None


def _versions() -> QuerySet[PackVersion]:
    return PackVersion.objects.filter(ADOPTED).select_related("pack__unit").order_by("pack__slug", "number")


def adopted_on(day: date) -> list[Adopted]:
    """Return what regions adopted that holds on a day, as texts."""
    rows = _versions().filter(Q(until__isnull=True) | Q(until__gt=day), pack__kind="standards", since__lte=day)
    return [
        Adopted(each.text, each.number, each.since, each.until, each.pack.unit.path, each.digest)
        for each in rows
        if each.since is not None
    ]


def all_editions() -> list[Standard]:
    """Return every adopted edition of every region, also those that ended; for the rooms' own work."""
    return [known for each in _versions().filter(pack__kind="standards") if (known := edition_of(each))]


def kin_of(known: Standard) -> list[Standard] | None:
    """Return the adopted versions of a region's pack, this one among them; None: those of the packs, which the law knows."""
    if not known.region:
        return None
    return [one for one in all_editions() if (one.family, one.region) == (known.family, known.region)]


def editions_in_force(day: date) -> list[Standard]:
    """Return every edition that binds somebody on a day: those of the packs, and the regions' own with their reach."""
    return [*editions_on(day), *(known for known in all_editions() if known.in_force(day))]


def editions_at(path: str, day: date) -> list[Standard]:
    """Return the regional editions that hold at a place on a day."""
    rows = _versions().filter(pack__kind="standards", pack__unit__path__in=ancestors(path), since__lte=day)
    return [known for each in rows if (known := edition_of(each)) and known.in_force(day)]


def editions_for(actor: Actor) -> list[Standard]:
    """Return the adopted editions of the regions that an actor has to do with."""
    return [
        known
        for each in _versions().filter(near(actor, "pack__unit"), pack__kind="standards")
        if (known := edition_of(each))
    ]


def edition_for(actor: Actor, id_: str) -> Standard:
    """Return an edition by id: of the packs, or of a region that the actor has to do with."""
    known = held(id_)
    if known is None or (known.region and known.id not in {each.id for each in editions_for(actor)}):
        raise NotFound("standard:unknown", standard=id_[:80])
    return known


def key_lists_for(actor: Actor, day: date) -> list[tuple[PackVersion, KeyList]]:
    """Return the lists of key inspection items that hold on a day in the regions an actor has to do with."""
    rows = _versions().filter(near(actor, "pack__unit"), pack__kind="key_items", since__lte=day)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=day))
    return [(each, listed) for each in rows if (listed := _read_list(each.digest, each.text))]


def region_names(known: Iterable[Standard]) -> dict[str, str]:
    """Return the names of the regions of editions, by path."""
    paths = {each.region for each in known if each.region}
    return dict(Unit.objects.filter(path__in=paths).values_list("path", "name")) if paths else {}


def near(actor: Actor, unit: str) -> Q:
    """Return the condition for what hangs on a region that holds some of the actor's places, or lies within them."""
    if actor.is_system:
        return Q()
    numbers = [grant.enterprise for grant in actor.grants if grant.enterprise is not None]
    paths = [grant.path for grant in actor.grants if grant.path is not None]
    own = list(Enterprise.objects.filter(pk__in=numbers).values_list("path", flat=True)) if numbers else []
    condition = Q(**{f"{unit}__path__in": [above for path in [*paths, *own] for above in ancestors(path)]})
    for path in paths:
        condition |= Q(**{f"{unit}__path__gte": path, f"{unit}__path__lt": path_end(path)})
    return condition


def packs_for(actor: Actor) -> list[Pack]:
    """Return the packs that an actor may write, review or adopt."""
    rows = Pack.objects.select_related("unit__enterprise").prefetch_related("versions").order_by("slug")
    return [each for each in rows if may_any(actor, each.unit)]


def may_any(actor: Actor, unit: Unit) -> bool:
    """Tell whether somebody has a hand in the packs of a region."""
    return any(actor.may(right, unit_place(unit)) for right in RIGHTS)


def pack_for(actor: Actor, slug: str) -> Pack:
    """Return a pack that the actor has a hand in; else answer as if it did not exist."""
    pack = Pack.objects.select_related("unit__enterprise").filter(slug=slug).first()
    if pack is None or not may_any(actor, pack.unit):
        raise NotFound("pack:not-found", pack=slug[:80])
    return pack


def version_for(actor: Actor, slug: str, number: int) -> PackVersion:
    """Return one version of such a pack."""
    pack = pack_for(actor, slug)
    version = pack.versions.filter(number=number).select_related("written_by__person", "adopted_by__person").first()
    if version is None:
        raise NotFound("pack:not-found", pack=f"{slug[:80]} {number}")
    version.pack = pack
    return version


def kind_of(pack: Pack) -> PackKind:
    """Return of which kind a pack is."""
    return cast("PackKind", pack.kind)
