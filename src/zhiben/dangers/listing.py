"""The thin way to a list of dangers: for each grant one ordered, limited read of one index, then merged.

A range over paths is many groups, so a database sorts every row in it before it can give the first fifty. Equality on
one ancestor column is read in order and stopped. Hence one arm a grant (and a state), each limited, united, and only
then joined to what a page shows; one arm alone is read whole at once. Filter and grant are intersected here: an arm that
can hold nothing is never asked.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

from django.db import connection
from django.utils import timezone

from zhiben.dangers.domain.filters import ALL, Filters, Order
from zhiben.dangers.domain.kinds import Flag, Level, State
from zhiben.kernel.actor import Actor, Grant
from zhiben.kernel.ids import path_end
from zhiben.kernel.periods import local_day
from zhiben.orgs.domain.industries import mask_of
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.scope import scope_of

TABLE = "dangers_danger"
ANCESTOR_COLUMN = {
    UnitKind.PROVINCE: "province_id",
    UnitKind.CITY: "city_id",
    UnitKind.COUNTY: "county_id",
    UnitKind.TOWNSHIP: "township_id",
}
COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "d.id"),
    ("uid", "cast(d.uid as text)"),
    ("number", "d.number"),
    ("found_on", "cast(d.found_on as text)"),
    ("description", "d.description"),
    ("place_text", "d.place_text"),
    ("state", "d.state"),
    ("level", "d.level"),
    ("channel", "d.channel"),
    ("industry", "d.industry"),
    ("matter", "d.matter"),
    ("unit", "d.unit_id"),
    ("unit_name", "u.name"),
    ("enterprise", "d.enterprise_id"),
    ("enterprise_name", "e.name"),
    ("party", "d.party_id"),
    ("department", "d.department_id"),
    ("owner", "d.owner_person_id"),
    ("owner_name", "coalesce(p.name, d.owner_text)"),
    ("due_on", "cast(d.due_on as text)"),
    ("due_set_by", "d.due_set_by"),
    ("closed_on", "cast(d.closed_on as text)"),
    ("is_overdue", "d.is_overdue"),
    ("is_extended", "d.is_extended"),
    ("is_stop_ordered", "d.is_stop_ordered"),
    ("is_self_accepted", "d.is_self_accepted"),
    ("is_imported", "d.is_imported"),
    ("version", "d.version"),
    ("merged_into", "d.merged_into_id"),
    ("merged_number", "k.number"),
)
NAMES = tuple(name for name, _ in COLUMNS)
_SHOWN = ", ".join(sql for _, sql in COLUMNS)
_JOINS = (
    " join orgs_unit u on u.id = d.unit_id left join orgs_enterprise e on e.id = d.enterprise_id"
    " left join orgs_person p on p.id = d.owner_person_id"
    f" left join {TABLE} k on k.id = d.merged_into_id"
)
MOST = 500
_TRUTHS = slice(NAMES.index("is_overdue"), NAMES.index("is_imported") + 1)
_UID = NAMES.index("uid")

Row = tuple[Any, ...]
Key = tuple[date | str, int]  # the day sorted by, id
Nodes = Mapping[str, tuple[int, UnitKind]]  # by path


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, each in the order of `NAMES`, and where the next page begins."""

    rows: Sequence[Row]
    next: tuple[str, int] | None

    def dicts(self) -> Iterator[dict[str, Any]]:
        """Return the rows by name."""
        return map(dict, map(partial(zip, NAMES), self.rows))


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL and its parameters."""

    sql: str
    params: tuple[Any, ...] = ()
    passes_over: bool = False  # many rows of an index may not fit: they are told by the index alone


@dataclass(frozen=True, slots=True)
class Arm:
    """One grant, intersected with the filter: conditions that one index serves, in order."""

    where: tuple[Condition, ...]
    path: str | None = None  # what it covers whole, if nothing else narrows it


def page_of(
    actor: Actor,
    permission: str,
    filters: Filters = ALL,
    *,
    after: Key | None = None,
    limit: int = 50,
    order: Order = Order.NEWEST,
) -> Page:
    """Return a page of dangers inside the actor's grants that carry `permission`."""
    limit = max(1, min(limit, MOST))
    arms = arms_for(actor, permission, filters)
    if not arms:
        return Page((), None)
    sql, params = page_sql(arms, filters, after, limit + 1, order)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found, lite = cursor.fetchall(), cursor.db.vendor == "sqlite"
    by = itemgetter(NAMES.index(order.column), 0)
    found.sort(key=by, reverse=order.direction == "desc")
    rows = [_plain(row) for row in found[:limit]] if lite else found[:limit]
    return Page(rows, by(rows[-1]) if len(found) > limit else None)


def count_of(actor: Actor, permission: str, filters: Filters = ALL, *, at_most: int = 1000) -> int:
    """Count up to `at_most`: beyond it a page says «more than»."""
    arms = arms_for(actor, permission, filters)
    if not arms:
        return 0
    united, params = _united(_conditions(arms, filters, None, Order.NEWEST), at_most, Order.NEWEST)
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from (select 1 from ({united}) t limit %s) n", [*params, at_most])  # noqa: S608 -- built from fixed pieces
        return int(cursor.fetchone()[0])


def arms_for(actor: Actor, permission: str, filters: Filters) -> list[Arm]:
    """Return the arms of an actor's grants that carry a permission."""
    scope = scope_of(actor, permission)
    grants = None if scope.everything else scope.grants
    known = {
        grant.path: (grant.node[0], UnitKind(grant.node[1])) for grant in grants or () if grant.path and grant.node
    }
    paths = {grant.path for grant in grants or () if grant.path} | ({filters.unit} - {""})
    return arms_of(grants, filters, {**known, **nodes_at(paths - known.keys())})


def nodes_at(paths: Collection[str]) -> Nodes:
    """Return number and kind of the units at these paths. While a unit moves, its old path is none of them."""
    if not paths:
        return {}
    marks = ", ".join(["%s"] * len(paths))
    with connection.cursor() as cursor:
        cursor.execute(f"select path, id, kind from orgs_unit where path in ({marks})", sorted(paths))  # noqa: S608 -- marks only
        return {path: (pk, UnitKind(kind)) for path, pk, kind in cursor.fetchall()}


def page_sql(
    arms: Sequence[Arm], filters: Filters, after: Key | None, limit: int, order: Order = Order.NEWEST
) -> tuple[str, list[Any]]:
    """Return the statement of a page and its parameters; its rows come in any order."""
    conditions, by = _conditions(arms, filters, after, order), _by(order)
    if len(conditions) == 1 and not any(one.passes_over for one in conditions[0]):
        text, params = _joined(conditions[0])
        found = f"select * from {TABLE} where {text} order by {by} limit {limit:d}"  # noqa: S608 -- built from fixed pieces
        return f"select {_SHOWN} from ({found}) d{_JOINS}", params  # noqa: S608 -- the same
    united, params = _united(conditions, limit, order)
    found = f"select id from ({united}) t order by {by} limit {limit:d}"  # noqa: S608 -- the same
    return f"select {_SHOWN} from {TABLE} d{_JOINS} where d.id in ({found})", params  # noqa: S608 -- the same


def _by(order: Order) -> str:
    return f"{order.column} {order.direction}, id {order.direction}"


def _conditions(arms: Sequence[Arm], filters: Filters, after: Key | None, order: Order) -> list[list[Condition]]:
    """Return the conditions of each arm; a state asked for is one arm more, because an index begins with it."""
    common = [*_common(filters), *_keyset(after, order)]
    return [[*where, *common] for where in _with_states(arms, filters)]


def _united(arms: Sequence[Sequence[Condition]], limit: int, order: Order) -> tuple[str, list[Any]]:
    """Unite the arms, each limited: of each the day sorted by and the number, which an index holds."""
    pieces, params = [], []
    for conditions in arms:
        text, values = _joined(conditions)
        pieces.append(
            f"select * from (select {order.column}, id from {TABLE} where {text}"  # noqa: S608 -- fixed pieces, values are parameters
            f" order by {_by(order)} limit {limit:d}) a"
        )
        params += values
    return " union ".join(pieces), params


def _joined(conditions: Sequence[Condition]) -> tuple[str, list[Any]]:
    text = " and ".join(condition.sql for condition in conditions) or "1 = 1"
    return text, [value for condition in conditions for value in condition.params]


def _with_states(arms: Sequence[Arm], filters: Filters) -> Iterator[tuple[Condition, ...]]:
    """Return each arm's conditions, split by state; a rare partial index of the overdue takes all states at once."""
    states = sorted(filters.states)
    if not states or len(states) == len(State):
        yield from (arm.where for arm in arms)
    elif filters.overdue or filters.level is Level.MAJOR:
        marks = ", ".join(["%s"] * len(states))
        yield from ((*arm.where, Condition(f"state in ({marks})", tuple(map(str, states)))) for arm in arms)
    else:
        yield from ((*arm.where, Condition("state = %s", (str(state),))) for arm in arms for state in states)


def arms_of(grants: Sequence[Grant] | None, filters: Filters, nodes: Nodes) -> list[Arm]:
    """Intersect grants and filter; drop what is empty and what another arm holds already."""
    if grants is None:
        return [arm for arm in [_at_path(None, filters, nodes)] if arm]
    arms = [arm for grant in grants for arm in _arms_of(grant, filters, nodes)]
    whole = [arm.path for arm in arms if arm.path is not None]
    kept: dict[Arm, None] = {}
    for arm in arms:
        covered = arm.path is not None and any(arm.path != path and arm.path.startswith(path) for path in whole)
        if not covered:
            kept[arm] = None
    return list(kept)


def _arms_of(grant: Grant, filters: Filters, nodes: Nodes) -> Iterator[Arm]:
    about = _about(grant, filters)
    if about is None:
        return
    if grant.path is not None and (arm := _at_path(grant.path, filters, nodes)):
        yield replace(arm, where=(*arm.where, *about), path=None if about else arm.path)
    if grant.enterprise is not None:
        inside = _inside(filters.unit)
        for column in ("enterprise_id", "party_id"):
            yield Arm((Condition(f"{column} = %s", (grant.enterprise,)), *inside, *about))


def _about(grant: Grant, filters: Filters) -> tuple[Condition, ...] | None:
    """Return what narrows a grant by industry and matter; None where the filter asks for another matter."""
    conditions: tuple[Condition, ...] = ()
    if grant.matters:
        if filters.matter and filters.matter not in grant.matters:
            return None
        if not filters.matter:
            marks = ", ".join(["%s"] * len(grant.matters))
            conditions += (Condition(f"matter in ({marks})", tuple(sorted(grant.matters)), passes_over=True),)
    if grant.industries and filters.industry not in grant.industries:  # the main industry is always in the mask
        conditions += (Condition("(industries_mask & %s) <> 0", (mask_of(grant.industries),), passes_over=True),)
    return conditions


def _at_path(path: str | None, filters: Filters, nodes: Nodes) -> Arm | None:
    """Return the arm of a subtree, or of its intersection with the unit asked for; None where they do not meet."""
    wanted = filters.unit
    if path and wanted and not (path.startswith(wanted) or wanted.startswith(path)):
        return None
    narrow = max(path or "", wanted, key=len)
    if not narrow:
        return Arm((), "")
    return Arm(_subtree(narrow, nodes), narrow)


def _subtree(path: str, nodes: Nodes) -> tuple[Condition, ...]:
    """Ask for a subtree by equality on one ancestor column; below the township by a range of few rows."""
    node = nodes.get(path)
    if node is None:
        return _inside(path)
    unit, kind = node
    if kind is UnitKind.NATION:
        return ()
    if kind in ANCESTOR_COLUMN:
        return (Condition(f"{ANCESTOR_COLUMN[kind]} = %s", (unit,)),)
    return _inside(path)


def _inside(path: str) -> tuple[Condition, ...]:
    return (Condition("path >= %s and path < %s", (path, path_end(path))),) if path else ()


def _common(filters: Filters) -> Iterator[Condition]:
    """Return the conditions that every arm bears.

    Literals stand where a partial index asks for them, and where one value holds nearly every row: PostgreSQL would plan
    each time anew what it cannot know beforehand.
    """
    if filters.level is not None:
        yield Condition(f"level = '{Level(filters.level)}'")  # one of three words of ours
    if filters.overdue is not None:
        yield Condition("is_overdue" if filters.overdue else "not is_overdue")
    for column in ("matter", "industry", "channel"):
        if value := getattr(filters, column):
            yield Condition(f"{column} = %s", (str(value),))
    if filters.enterprise is not None:
        yield Condition("(enterprise_id = %s or party_id = %s)", (filters.enterprise, filters.enterprise))
    for name, column in (("department", "department_id"), ("transferred_to", "transferred_to_id")):
        if (value := getattr(filters, name)) is not None:
            yield Condition(f"{column} = %s", (value,))
    if filters.owner is not None:
        yield Condition("owner_person_id = %s", (filters.owner,))
    yield from _owned(filters.owner_name)
    if filters.flag:
        yield Condition(f"is_{Flag(filters.flag)}")
    if filters.batch:
        yield Condition("import_batch = %s and import_batch <> ''", (filters.batch,))
    yield from _found(filters)
    yield from _lasted(filters)
    yield from _words(filters.text)


def _found(filters: Filters) -> Iterable[Condition]:
    if filters.found_since:
        yield Condition("found_on >= %s", (filters.found_since,))
    if filters.found_until:
        yield Condition("found_on < %s", (filters.found_until,))
    if filters.closed_since:
        yield Condition("closed_on >= %s", (filters.closed_since,))
    if filters.closed_until:
        yield Condition("closed_on < %s", (filters.closed_until,))


def _lasted(filters: Filters) -> Iterable[Condition]:
    """Ask for how many days a danger lasted, or has lasted so far."""
    if filters.lasted_from is None and filters.lasted_to is None:
        return
    sqlite = connection.vendor == "sqlite"
    ends = "coalesce(closed_on, %s)" if sqlite else "coalesce(closed_on, %s::date)"
    days = f"julianday({ends}) - julianday(found_on)" if sqlite else f"{ends} - found_on"
    today = local_day(timezone.now())
    for asked, sign in ((filters.lasted_from, ">="), (filters.lasted_to, "<=")):
        if asked is not None:
            yield Condition(f"{days} {sign} %s", (today, asked))


def _owned(name: str) -> Iterable[Condition]:
    """Ask for owners by a part of their name; of a ledger's owner only the name is known."""
    if name:
        people = f"select id from orgs_person where name {_like()} %s escape '\\'"  # noqa: S608 -- fixed pieces
        yield Condition(f"(owner_person_id in ({people}) or owner_text {_like()} %s escape '\\')", (_part(name),) * 2)


def _like() -> str:
    return "ilike" if connection.vendor == "postgresql" else "like"


def _part(word: str) -> str:
    return "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _words(text: str) -> Iterable[Condition]:
    """Ask for all words of a search, each in description, place or number."""
    like = _like()
    for word in text.split()[:5]:
        wanted = _part(word)
        fields = " or ".join(f"{column} {like} %s escape '\\'" for column in ("description", "place_text", "number"))
        yield Condition(f"({fields})", (wanted,) * 3)


def _keyset(after: Key | None, order: Order) -> Iterable[Condition]:
    if order.column == "due_on":
        yield Condition("due_on is not null")
    if after is not None:
        beyond = "<" if order.direction == "desc" else ">"
        yield Condition(f"({order.column}, id) {beyond} (%s, %s)", after)


def _plain(row: Row) -> Row:
    """Return a row of SQLite as the other database gives it: truths as truths, the uid with dashes."""
    values = list(row)
    values[_TRUTHS] = map(bool, values[_TRUTHS])
    uid = values[_UID]
    values[_UID] = f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"
    return tuple(values)
