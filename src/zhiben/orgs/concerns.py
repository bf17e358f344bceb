"""What a change of units concerns, told before it is made: every room counts its share and lists the first of it.

A room registers its concerns in a module `concerns.py`, which is loaded when Django starts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.ids import path_end
from zhiben.orgs.models import Department, Enterprise, Jurisdiction, Person, RoleGrant, Unit

SHOWN = 20
CONCERNS: dict[str, "Concern"] = {}
Paths = Sequence[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """One record concerned: its words and the name and argument of its page, if it has one."""

    text: str
    page: str = ""
    number: object = None


@dataclass(frozen=True, slots=True)
class Concern:
    """One kind of record inside subtrees. `rows` lists the first; a permission keeps the list from who may not see it."""

    name: str
    label: Bilingual
    count: Callable[[Paths], int]
    rows: Callable[[Actor, Paths], Iterable[Listed]]
    permission: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class Concerned:
    """A concern counted for one plan."""

    concern: Concern
    count: int
    rows: Sequence[Listed]


def register_concern(concern: Concern) -> None:
    """Have a kind of record counted and listed before units change."""
    if CONCERNS.setdefault(concern.name, concern) != concern:
        raise TypeError(f"two concerns share the name {concern.name!r}")


def concerned_by(actor: Actor, paths: Paths) -> list[Concerned]:
    """Return what lies in these subtrees, kind by kind; lists only of what the actor may see."""
    found = []
    for concern in sorted(CONCERNS.values(), key=lambda one: (one.order, one.name)):
        count = concern.count(paths)
        sees = not concern.permission or actor.has(concern.permission)
        found.append(Concerned(concern, count, list(concern.rows(actor, paths))[:SHOWN] if count and sees else []))
    return found


def inside(paths: Paths, column: str = "path") -> Q:
    """Return the condition for rows whose path lies in one of these subtrees."""
    ranges = (Q(**{f"{column}__gte": path, f"{column}__lt": path_end(path)}) for path in paths)
    return reduce(or_, ranges, Q(pk__in=[]))


Rows = Callable[[Paths], QuerySet[Any]]


def _of_table(rows: Rows, listed: Callable[[Any], Listed], **facts: Any) -> None:
    """Register a plain table: counted for everybody alike, listed for who may see it."""

    def listing(_actor: Actor, paths: Paths) -> Iterable[Listed]:
        return [listed(row) for row in rows(paths)[:SHOWN]]

    register_concern(Concern(count=lambda paths: rows(paths).count(), rows=listing, **facts))


def _units(paths: Paths) -> QuerySet[Unit]:
    return Unit.objects.filter(inside(paths), enterprise=None).order_by("path")


def _sites(paths: Paths) -> QuerySet[Unit]:
    return Unit.objects.filter(inside(paths), enterprise__isnull=False, kind="site").order_by("path")


def _enterprises(paths: Paths) -> QuerySet[Enterprise]:
    return Enterprise.objects.filter(inside(paths)).order_by("plain_name", "pk")


def _people(paths: Paths) -> QuerySet[Person]:
    return Person.objects.filter(inside(paths, "enterprise__path") | inside(paths, "department__path")).order_by(
        "name", "pk"
    )


def _departments(paths: Paths) -> QuerySet[Department]:
    return Department.objects.filter(inside(paths)).order_by("path", "name")


def _grants(paths: Paths) -> QuerySet[RoleGrant]:
    held = RoleGrant.objects.filter(inside(paths, "unit__path") | inside(paths, "enterprise__path"))
    return held.select_related("account", "role", "unit", "enterprise").order_by("pk")


def _zones(paths: Paths) -> QuerySet[Jurisdiction]:
    return Jurisdiction.objects.filter(pk__in=Jurisdiction.objects.filter(inside(paths, "units__path")).values("pk"))


def _grant_listed(row: RoleGrant) -> Listed:
    place = row.unit or row.enterprise
    words = f"{row.account.username} · {row.role.name_zh} · {place.name if place else ''}"
    return Listed(words, "orgs:account", row.account_id)


def _page(name: str) -> Callable[[Any], Listed]:
    return lambda row: Listed(row.name, name, row.pk)


_of_table(_units, _page("orgs:unit"), name="units", label=Bilingual("单位", "Units"), order=1)
_of_table(
    _enterprises, _page("orgs:enterprise"), name="enterprises", permission="enterprise:view", order=2,
    label=Bilingual("企业（注册地在此）", "Enterprises registered there"),
)  # fmt: skip
_of_table(_sites, _page("orgs:unit"), name="sites", label=Bilingual("场所", "Sites"), order=3)
_of_table(
    _people,
    _page("orgs:person"),
    name="people",
    permission="enterprise:view",
    label=Bilingual("人员", "People"),
    order=4,
)
_of_table(
    _departments, _page("orgs:department"), name="departments",
    label=Bilingual("监管部门", "Supervising departments"), order=5,
)  # fmt: skip
_of_table(
    _grants, _grant_listed, name="grants", permission="role:view",
    label=Bilingual("角色授权", "Grants of roles"), order=6,
)  # fmt: skip
_of_table(
    _zones, lambda row: Listed(row.name), name="jurisdictions",
    label=Bilingual("功能区管辖", "Jurisdictions"), order=7,
)  # fmt: skip
