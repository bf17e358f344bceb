"""A million dangers for the benches: rows built by the service's own row builder, written without journal and notices,
then repeated in SQL with their days moved back, each with a uid and number of its own.

`same_as_written_by_services` compares a sample of 10,000 with what `report_dangers` writes for the same tellings.
Where the database already holds enough of them (ZHIBEN_BENCH_KEEP names its folder), nothing is made anew.
"""

import os
import random
import secrets
import time
from datetime import UTC, date, datetime, timedelta
from importlib.resources import as_file, files

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = NOW.date()
ENTERPRISES = 4_000
ACCOUNTS = 400
BATCH = 5_000
BUILT = 50_000  # by the row builder; more are copies with their days moved back
TEXTS = [
    "灭火器压力不足",
    "安全出口被货物堵塞",
    "配电箱未关门，箱内积灰",
    "临时用电线路私拉乱接",
    "除尘器未装泄爆装置",
    "可燃气体报警器失效",
    "脚手架连墙件缺失",
    "液位计失灵",
    "叉车司机无证驾驶",
    "消火栓箱前堆放杂物",
    "电梯未按期检验",
    "动火作业未办票",
]
INDUSTRIES = [
    "machinery",
    "chemicals",
    "building_materials",
    "light_industry",
    "metallurgy",
    "textile",
    "warehousing",
    "city_gas",
    "construction_building_municipal",
    "road_transport",
    "crowded_places",
    "education",
    "healthcare",
    "special_equipment",
]
MATTERS = ["work_safety", "fire", "city_gas", "special_equipment", "hazardous_chemicals"]
IGNORED = {"id", "number", "recorded_at", "state_since", "next_at"}


def setup():
    """Start Django with migrations done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiben.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def tree():
    """Bring in a province, its enterprises and accounts of every reach; return the sites' ids."""
    from zhiben.kernel.actor import SYSTEM
    from zhiben.law.codes import make_credit_code
    from zhiben.orgs.models import Department, Enterprise, Unit
    from zhiben.orgs.public import unit_at
    from zhiben.orgs.services.divisions import import_divisions
    from zhiben.orgs.services.parties import NewEnterprise, register_enterprises

    if Enterprise.objects.count() < ENTERPRISES:
        with as_file(files("zhiben.orgs") / "divisions") as folder:
            import_divisions(folder / "divisions-2023.csv.xz", under="51", actor=SYSTEM, now=NOW)
        townships = list(Unit.objects.filter(kind="township", path__startswith=unit_at("51").path))
        Department.objects.bulk_create(
            Department(name=f"{county.name}应急管理局", unit=county, path=county.path, matters=[])
            for county in Unit.objects.filter(kind="county")
        )
        draw = random.Random(1)
        new = [
            NewEnterprise(
                name=f"示例压测{n:05}有限公司",
                unit=draw.choice(townships).pk,
                credit_code=make_credit_code("510104", n),
                industries=(draw.choice(INDUSTRIES),),
                employees=draw.randint(3, 500),
                is_example=True,
            )
            for n in range(1, ENTERPRISES + 1)
        ]
        for start in range(0, len(new), 1_000):
            register_enterprises(new[start : start + 1_000], actor=SYSTEM, now=NOW)
    return list(Unit.objects.filter(kind="site").order_by("pk").values_list("pk", flat=True))


def tellings(sites, count, seed=7):
    """Yield what is told, of every state, level and channel, over three years."""
    from zhiben.dangers.public import Channel, ImportedDanger, Level, State

    draw = random.Random(seed)
    channels, states = list(Channel), [State.SIGNED_OFF] * 17 + [State.RECTIFYING, State.CONFIRMED, State.REGISTERED]
    for n in range(count):
        found = date(2023, 12, 1) + timedelta(days=int(1_080 * draw.random() ** 0.8))
        state = draw.choice(states)
        level = Level.UNSET if state is State.REGISTERED else Level.MAJOR if draw.random() < 0.03 else Level.GENERAL
        yield ImportedDanger(
            unit_id=draw.choice(sites),
            description=f"{draw.choice(TEXTS)}（第{n}条）",
            place_text=f"{draw.randint(1, 40)}号车间",
            found_on=found,
            channel=draw.choice(channels),
            matter=draw.choice(MATTERS),
            industry=(industry := draw.choice(INDUSTRIES)),
            industries=frozenset({industry}),
            state=state,
            level=level,
            due_on=found + timedelta(days=draw.choice((7, 15, 30, 60))) if state is not State.REGISTERED else None,
            closed_on=min(found + timedelta(days=draw.randint(0, 40)), TODAY) if state is State.SIGNED_OFF else None,
        )


def rows_of(told, numbers):
    """Build rows as the service builds them."""
    from zhiben.dangers.services.intake import spots_of
    from zhiben.dangers.services.report import _row

    spots = spots_of(told, on=TODAY)
    return [_row(new, spot, number, {}, NOW) for new, spot, number in zip(told, spots, numbers, strict=True)]


def fill(count, *, indexed=True):
    """Write dangers until there are `count`; some of the open ones stand overdue, as the sweep would leave them.

    Without its indexes the table serves figures only, and ten millions are written in minutes.
    """
    from django.db import connection

    from zhiben.dangers.models import Danger

    sites, began = tree(), time.monotonic()
    if Danger.unscoped.count() < count:
        Danger.unscoped.all().delete()
        built = min(count, BUILT)
        told = list(tellings(sites, built))
        for start in range(0, built, BATCH):
            batch = told[start : start + BATCH]
            rows = rows_of(batch, [f"510000-bench-{n:08}" for n in range(start, start + len(batch))])
            for row in rows:
                if row.due_on and row.due_on < TODAY and not row.closed_on:
                    row.is_overdue, row.overdue_since = True, row.due_on + timedelta(days=1)
            Danger.unscoped.bulk_create(rows, batch_size=500)
        with connection.cursor() as cursor:
            for index in () if indexed else Danger._meta.indexes:
                cursor.execute(f"drop index if exists {index.name}")
            for back in range(1, -(-count // built)):
                cursor.execute(_copy(connection.vendor, back, min(built, count - back * built)))
            cursor.execute("analyze")
    return {"dangers": count, "made_in_seconds": round(time.monotonic() - began, 1)}


def _copy(vendor, back, most):
    """Return the statement that repeats the built rows, `back` weeks earlier."""
    from zhiben.dangers.models import Danger

    columns = [f.column for f in Danger._meta.concrete_fields if f.name != "id"]
    lite = vendor == "sqlite"
    days = {"found_on", "closed_on", "due_on", "overdue_since"}

    def value(column):
        if column in days:
            return f"date({column}, '-{7 * back} days')" if lite else f"{column} - {7 * back}"
        if column == "uid":
            return "lower(hex(randomblob(16)))" if lite else "gen_random_uuid()"
        return f"number || '-{back}'" if column == "number" else column

    values = ", ".join(map(value, columns))
    return (
        f"insert into dangers_danger ({', '.join(columns)}) select {values} from dangers_danger"
        f" where number like '510000-bench-________' order by id limit {most}"
    )


def same_as_written_by_services(sample=10_000):
    """Write a sample through the service and compare every column with the rows built for the same tellings."""
    from django.db import transaction

    from zhiben.dangers.models import Danger
    from zhiben.dangers.public import report_dangers
    from zhiben.kernel.actor import SYSTEM

    told = list(tellings(tree(), sample, seed=11))
    built = {row.uid: row for row in rows_of(told, [f"x-{n}" for n in range(sample)])}
    fields = [f.attname for f in Danger._meta.concrete_fields if f.name not in IGNORED]
    with transaction.atomic():
        for start in range(0, sample, 500):
            with transaction.atomic():
                report_dangers(told[start : start + 500], actor=SYSTEM, now=NOW)
            _forget_mark()
        for written in Danger.unscoped.filter(uid__in=built).iterator():
            row = built.pop(written.uid)
            different = [f for f in fields if getattr(row, f) != getattr(written, f)]
            assert not different, (different, written.number)
        assert not built
        transaction.set_rollback(True)
    return sample


def _forget_mark():
    """Let the next batch record: in production every batch is a transaction of its own."""
    from django.db import connection

    connection.run_on_commit.clear()


def accounts():
    """Make accounts with tokens, of every reach: a province, cities, counties, industries, matters, one enterprise, two places."""
    from zhiben.orgs.models import Account, ApiToken, Enterprise, Role, RoleGrant, Unit
    from zhiben.orgs.selectors.access import token_hash

    draw = random.Random(3)
    places = {
        kind: list(Unit.objects.filter(kind=kind, path__startswith="/1/")) for kind in ("province", "city", "county")
    }
    firms = list(Enterprise.objects.all()[:200])
    officer = Role.objects.get(slug="officer")
    tokens = []
    for n in range(ACCOUNTS):
        account, made = Account.objects.get_or_create(username=f"bench{n}", defaults={"is_demo": True})
        if made:
            for grant in _reach(n, places, firms, draw):
                RoleGrant.objects.create(account=account, role=officer, **grant)
        text = "zhiben_" + secrets.token_urlsafe(24)
        ApiToken.objects.create(account=account, name="bench", hash=token_hash(text), made_at=NOW)
        tokens.append(text)
    return tokens


def _reach(n, places, firms, draw):
    kind = n % 8
    if kind == 0:
        return [{"unit": draw.choice(places["province"][-1:])}]
    if kind in {1, 2}:
        return [{"unit": draw.choice(places["city"])}]
    if kind == 3:
        return [{"unit": draw.choice(places["city"]), "industries": draw.sample(INDUSTRIES, 3)}]
    if kind == 4:
        return [{"unit": draw.choice(places["county"]), "matters": ["fire", "city_gas"]}]
    if kind == 5:
        return [{"enterprise": draw.choice(firms)}]
    if kind == 6:
        return [{"unit": unit} for unit in draw.sample(places["county"], 2)]
    return [{"unit": draw.choice(places["county"])}]


def sessions(asked, most=60):
    """Sign some of the accounts in; return the session cookie for each of their tokens."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from zhiben.orgs.models import ApiToken
    from zhiben.orgs.selectors.access import token_hash

    found = {}
    for token in list(dict.fromkeys(token for token, _ in asked))[:most]:
        account = ApiToken.objects.select_related("account").get(hash=token_hash(token)).account
        store = SessionStore()
        store[SESSION_KEY] = str(account.pk)
        store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        store[HASH_SESSION_KEY] = account.get_session_auth_hash()
        store.save()
        found[token] = store.session_key
    return found
