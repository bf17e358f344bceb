"""Who and what the example records are about: departments, enterprises, their people, and one login per role."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from zhiben.config.demo.scenes import Kind, scenes
from zhiben.kernel.actor import SYSTEM, Actor, Grant
from zhiben.law.codes import make_credit_code
from zhiben.orgs.domain.kinds import EngagementRole, PostKind
from zhiben.orgs.domain.roles import BUILTIN_ROLES
from zhiben.orgs.models import Account, Department, Enterprise, Person, Unit
from zhiben.orgs.public import actor_of, unit_at
from zhiben.orgs.services.access import Holding, grant_role, make_account
from zhiben.orgs.services.parties import NewEnterprise, add_site, engage, register_enterprises
from zhiben.orgs.services.people import add_department, add_person, appoint

PASSWORD = "zhiben-demo"  # noqa: S105 -- demo logins answer on loopback only
SINCE = date(2023, 1, 1)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志文斌丽红波宁浩宇晨"
MATTERS = (
    ("消防救援大队", ["fire"]),
    ("住房和城乡建设局", ["construction", "city_gas"]),
    ("市场监督管理局", ["special_equipment"]),
)
NAMED = 2  # of each kind stand in the sample ledger
Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Party:
    """An example enterprise with its kind, sites and people."""

    enterprise: Enterprise
    kind: Kind
    sites: list[Unit]
    principal: Person
    safety: Person

    @property
    def manager(self) -> Actor:
        """The safety manager at work."""
        return _at_work(self.safety, "safety_manager", enterprise=self.enterprise.pk)

    @property
    def head(self) -> Actor:
        """The principal at work."""
        return _at_work(self.principal, "principal", enterprise=self.enterprise.pk)


@dataclass(frozen=True, slots=True)
class Office:
    """Two officers of a department."""

    path: str
    pair: tuple[Person, Person]

    @property
    def officer(self) -> Actor:
        """The first of them at work."""
        return _at_work(self.pair[0], "officer", path=self.path)

    @property
    def both(self) -> tuple[int, int]:
        """Return their numbers: two go on site."""
        return self.pair[0].pk, self.pair[1].pk


def _at_work(person: Person, role: str, *, path: str | None = None, enterprise: int | None = None) -> Actor:
    """Return somebody without a login as who acts: the history shows the name."""
    permissions = next(each.permissions for each in BUILTIN_ROLES if each.slug == role)
    grant = Grant(permissions, path=path, enterprise=enterprise)
    return Actor(id=None, label=person.name, grants=(grant,), person=person.pk)


def person_name(random: Random) -> str:
    """Return an invented name."""
    return random.choice(SURNAMES) + "".join(random.choice(GIVEN) for _ in range(random.choice((1, 2, 2))))


def add_departments(counties: Sequence[Unit], city: Unit, *, now: datetime) -> dict[int, Department]:
    """Enter the city's and the counties' departments; return the general one of each unit."""
    general = {city.pk: add_department(city.pk, f"{city.name}应急管理局", actor=SYSTEM, now=now)}
    for county in counties:
        parent = general[city.pk].pk
        general[county.pk] = add_department(
            county.pk, f"{county.name}应急管理局", parent_id=parent, actor=SYSTEM, now=now
        )
        for name, matters in MATTERS:
            add_department(county.pk, county.name + name, matters=matters, actor=SYSTEM, now=now)
    return general


def add_offices(units: Sequence[Unit], random: Random, *, now: datetime) -> dict[int, Office]:
    """Give each department of these units two officers; return them by department."""

    def officer(department: Department) -> Person:
        return add_person(person_name(random), department_id=department.pk, actor=SYSTEM, now=now)

    found = Department.objects.filter(unit__in=units).order_by("pk")
    return {each.pk: Office(each.path, (officer(each), officer(each))) for each in found}


def register(townships: Sequence[Unit], seat: Unit, random: Random, *, now: datetime) -> list[tuple[Enterprise, Kind]]:
    """Enter the example enterprises; every name says that it is one.

    The first two of each kind, whom the sample ledger names, are in the county `seat`, so that its officer can bring
    that ledger in.
    """
    near = [unit for unit in townships if unit.path.startswith(seat.path)]
    kinds = [(kind, number) for kind in scenes().kinds for number in range(1, kind.count + 1)]
    new = [
        NewEnterprise(
            name=f"示例{kind.word}{number:02}有限公司",
            unit=(home := random.choice(near if number <= NAMED else townships)).pk,
            credit_code=make_credit_code(home.division_code[:6], serial),
            industries=kind.industries,
            employees=random.randint(*kind.staff),
            since=SINCE,
            is_example=True,
        )
        for serial, (kind, number) in enumerate(kinds, 1)
    ]
    made = register_enterprises(new, actor=SYSTEM, now=now)
    return [(enterprise, kind) for enterprise, (kind, _) in zip(made, kinds, strict=True)]


def people(made: Sequence[tuple[Enterprise, Kind]], random: Random, *, now: datetime, step: Step) -> list[Party]:
    """Give each enterprise a principal and a safety manager, some a second site, some a contractor."""
    parties = []
    for enterprise, kind in made:
        party = Party(enterprise, kind, list(_sites(enterprise, random, now)), *heads(enterprise, random, now))
        parties.append(party)
        step(1)
    contractors = [party for party in parties if party.kind.slug in {"building_site", "machinery"}]
    for host in random.sample(parties, 30):
        guest = random.choice(contractors)
        if guest.enterprise.pk != host.enterprise.pk:
            role = EngagementRole.CONTRACTOR
            engage(guest.enterprise.pk, host.sites[0].pk, role, since=date(2024, 1, 1), actor=SYSTEM, now=now)
    return parties


def _sites(enterprise: Enterprise, random: Random, now: datetime) -> Iterator[Unit]:
    registered = enterprise.registered_site
    if registered is None or registered.parent_id is None:
        raise AssertionError(enterprise.name)
    yield registered
    if random.random() < 0.1:
        name = f"{enterprise.name.removesuffix('有限公司')}二厂"
        yield add_site(enterprise.pk, registered.parent_id, name, since=SINCE, actor=SYSTEM, now=now)


def heads(enterprise: Enterprise, random: Random, now: datetime) -> Iterator[Person]:
    """Enter the principal, who controls it too, and the safety manager of an enterprise."""
    site = enterprise.registered_site_id
    if site is None:
        raise AssertionError(enterprise.name)
    for kinds in ((PostKind.PRINCIPAL, PostKind.CONTROLLER), (PostKind.SAFETY_MANAGER,)):
        person = add_person(person_name(random), enterprise_id=enterprise.pk, actor=SYSTEM, now=now)
        for kind in kinds:
            appoint(person.pk, kind, site, since=SINCE, actor=SYSTEM, now=now)
        yield person


@dataclass(frozen=True, slots=True)
class Login:
    """A demo login: its role, and where it is held."""

    username: str
    role: str
    name: str
    unit: Unit | None = None
    enterprise: Enterprise | None = None
    department: Department | None = None
    person: Person | None = None


def logins(party: Party, county: Unit, department: Department) -> list[Login]:
    """Return one login per role; the enterprise's people are of one example enterprise in the county."""
    nation, province = unit_at("/1/"), unit_at("51")
    return [
        Login("admin", "system_admin", "系统管理员", unit=nation),
        Login("security", "security_admin", "授权管理员", unit=nation),
        Login("auditor", "auditor", "审计员", unit=nation),
        Login("province", "region_viewer", "省厅查看", unit=province),
        Login("county", "officer", "县局执法", unit=county, department=department),
        Login("inspector", "inspector", "检查员", unit=county, department=department),
        Login("principal", "principal", party.principal.name, enterprise=party.enterprise, person=party.principal),
        Login("safety", "safety_manager", party.safety.name, enterprise=party.enterprise, person=party.safety),
        Login("worker", "worker", "龚师傅", enterprise=party.enterprise),
    ]


def make_logins(wanted: Sequence[Login], *, now: datetime) -> dict[str, Actor]:
    """Make the accounts and their grants; return who they act as."""
    actors = {}
    for login in wanted:
        person = login.person or add_person(
            login.name,
            enterprise_id=login.enterprise.pk if login.enterprise else None,
            department_id=login.department.pk if login.department else None,
            actor=SYSTEM,
            now=now,
        )
        account: Account = make_account(
            login.username, PASSWORD, person_id=person.pk, is_demo=True, must_change=False, actor=SYSTEM, now=now
        )
        unit, enterprise = (thing.pk if thing else None for thing in (login.unit, login.enterprise))
        grant_role(account.pk, Holding(login.role, unit=unit, enterprise=enterprise), actor=SYSTEM, now=now)
        actors[login.username] = actor_of(account, now=now)
    return actors
