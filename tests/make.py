"""Plain makers of rows for tests: no journal, no permission. Use services where the use case itself is tested."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from zhiben.law.codes import make_credit_code
from zhiben.orgs.domain.industries import mask_of
from zhiben.orgs.domain.kinds import EngagementRole, PostKind, UnitKind
from zhiben.orgs.domain.names import plain_name
from zhiben.orgs.domain.roles import BUILTIN_ROLES
from zhiben.orgs.models import (
    Account,
    Appointment,
    Department,
    Engagement,
    Enterprise,
    Jurisdiction,
    Person,
    Post,
    Role,
    RoleGrant,
    Unit,
)
from zhiben.orgs.tree import grow, nation

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a Monday
DAY = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)
_serial = count(1)


@dataclass(frozen=True)
class Tree:
    nation: Unit
    province: Unit
    city: Unit
    county: Unit
    township: Unit
    village: Unit
    other_county: Unit
    other_township: Unit


def make_unit(parent: Unit, kind: str, name: str, code: str = "", **facts) -> Unit:
    """A unit below another one."""
    return grow(parent, UnitKind(kind), name, division_code=code.ljust(12, "0") if code else "", **facts)


def make_tree() -> Tree:
    """Sichuan down to one village, and the county next door."""
    root = nation()
    province = make_unit(root, "province", "四川省", "51")
    city = make_unit(province, "city", "成都市", "5101")
    county = make_unit(city, "county", "锦江区", "510104")
    township = make_unit(county, "township", "锦官驿街道", "510104017")
    village = make_unit(township, "village", "水井坊社区居委会", "510104017001")
    other_county = make_unit(city, "county", "青羊区", "510105")
    other_township = make_unit(other_county, "township", "草市街街道", "510105002")
    return Tree(root, province, city, county, township, village, other_county, other_township)


def make_enterprise(under: Unit, name: str = "", *, industries=("machinery",), **facts) -> Enterprise:
    """An enterprise with its registered site under a unit."""
    serial = next(_serial)
    name = name or f"示例{serial}有限公司"
    facts.setdefault("credit_code", make_credit_code("510104", serial))
    enterprise = Enterprise.objects.create(
        name=name,
        plain_name=plain_name(name),
        industry=industries[0] if industries else "",
        industries_mask=mask_of(industries),
        **facts,
    )
    enterprise.registered_site = make_site(enterprise, under, name)
    enterprise.path = enterprise.registered_site.path
    enterprise.save()
    return enterprise


def make_site(enterprise: Enterprise, under: Unit, name: str = "") -> Unit:
    """One more site of an enterprise."""
    return grow(under, UnitKind.SITE, name or f"{enterprise.name}厂区", enterprise=enterprise)


def make_engagement(party: Enterprise, site: Unit, role: str = "contractor", since: date = LONG_AGO, until=None):
    """An enterprise at work on someone else's site."""
    return Engagement.objects.create(party=party, site=site, role=EngagementRole(role), since=since, until=until)


def make_department(unit: Unit, name: str = "", matters=(), **facts) -> Department:
    """A supervising department at home in a unit; without matters the general one."""
    return Department.objects.create(
        name=name or f"{unit.name}应急管理局", unit=unit, path=unit.path, matters=list(matters), **facts
    )


def make_jurisdiction(keeper: Unit, *units: Unit, name: str = "开发区", **facts) -> Jurisdiction:
    """A named set of subtrees."""
    zone = Jurisdiction.objects.create(name=name, unit=keeper, **facts)
    zone.units.set(units)
    return zone


def make_person(name: str, *, enterprise: Enterprise | None = None, department: Department | None = None) -> Person:
    return Person.objects.create(name=name, enterprise=enterprise, department=department)


def make_account(username: str, person: Person | None = None, **facts) -> Account:
    """A login with the password `secret`."""
    account = Account(username=username, person=person, **facts)
    account.set_password("secret")
    account.save()
    return account


def make_role(slug: str, *permissions: str) -> Role:
    """A role: the shipped one of this slug, or one with the permissions named."""
    if not permissions and (known := Role.objects.filter(slug=slug).first()):
        return known
    shipped = next((role for role in BUILTIN_ROLES if role.slug == slug), None)
    facts = {
        "name_zh": shipped.name.zh if shipped else slug,
        "name_en": shipped.name.en if shipped else slug,
        "permissions": sorted(permissions or (shipped.permissions if shipped else ())),
        "is_builtin": shipped is not None and not permissions,
    }
    return Role.objects.update_or_create(slug=slug, defaults=facts)[0]


def grant(
    account: Account, role: str, place: Unit | Enterprise | Jurisdiction, *permissions: str, **facts
) -> RoleGrant:
    """Give an account a role at a unit, for an enterprise or in a jurisdiction."""
    where = {Unit: "unit", Enterprise: "enterprise", Jurisdiction: "jurisdiction"}[type(place)]
    return RoleGrant.objects.create(account=account, role=make_role(role, *permissions), **{where: place}, **facts)


def appoint(person: Person, unit: Unit, kind: str, since: date = LONG_AGO, until=None) -> Appointment:
    """Let a person hold a post in a unit."""
    post, _ = Post.objects.get_or_create(unit=unit, kind=PostKind(kind), defaults={"name": kind})
    return Appointment.objects.create(post=post, person=person, since=since, until=until)
