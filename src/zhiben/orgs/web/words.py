"""The words for the closed vocabularies of orgs."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from zhiben.kernel.bilingual import Bilingual
from zhiben.law.facts import industries
from zhiben.orgs.domain.industries import INDUSTRIES, slugs_of
from zhiben.orgs.domain.kinds import EngagementRole, PostKind, UnitKind

Words = Mapping[str, str | Promise]

KINDS: Words = {
    UnitKind.NATION: pgettext_lazy("kind of unit", "Nation"),
    UnitKind.PROVINCE: pgettext_lazy("kind of unit", "Province"),
    UnitKind.CITY: pgettext_lazy("kind of unit", "City"),
    UnitKind.COUNTY: pgettext_lazy("kind of unit", "County"),
    UnitKind.TOWNSHIP: pgettext_lazy("kind of unit", "Township"),
    UnitKind.VILLAGE: pgettext_lazy("kind of unit", "Village"),
    UnitKind.GRID: pgettext_lazy("kind of unit", "Grid"),
    UnitKind.SITE: pgettext_lazy("kind of unit", "Site"),
    UnitKind.WORKSHOP: pgettext_lazy("kind of unit", "Workshop"),
    UnitKind.TEAM: pgettext_lazy("kind of unit", "Team"),
    UnitKind.POST: pgettext_lazy("kind of unit", "Post"),
}
ENGAGED: Words = {
    EngagementRole.CONTRACTOR: pgettext_lazy("engagement", "Contractor"),
    EngagementRole.TENANT: pgettext_lazy("engagement", "Tenant"),
    EngagementRole.PROJECT: pgettext_lazy("engagement", "Project"),
}
POSTS: Words = {
    PostKind.PRINCIPAL: pgettext_lazy("post", "Principal person in charge"),
    PostKind.CONTROLLER: pgettext_lazy("post", "Actual controller"),
    PostKind.SAFETY_MANAGER: pgettext_lazy("post", "Safety manager"),
    PostKind.SUPERVISOR: pgettext_lazy("post", "Supervisor"),
    PostKind.INSPECTOR: pgettext_lazy("post", "Inspector"),
    PostKind.WORKER: pgettext_lazy("post", "Worker"),
    PostKind.WORKER_DELEGATE: pgettext_lazy("post", "Workers' delegate"),
    PostKind.OTHER: pgettext_lazy("post", "Other post"),
}


def industry_words(mask: int) -> list[Bilingual]:
    """Name the industries of a mask."""
    return named(slugs_of(mask))


def named(slugs: Iterable[str]) -> list[Bilingual]:
    """Name industries; one that the packs no longer know keeps its slug."""
    known = industries()
    return [known[slug].label if slug in known else Bilingual.of(slug) for slug in slugs]


def industry_choices() -> list[tuple[str, Bilingual]]:
    """Return all industries with their names, in the fixed order."""
    return list(zip(INDUSTRIES, named(INDUSTRIES), strict=True))
