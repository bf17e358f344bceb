"""Names for the numbers in journal entries: of people, units, enterprises, departments, dangers and roles.

Only what the reader's grants for the journal reach is named; of somebody whose data were destroyed that is said.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from zhiben.dangers.public import clauses_suspected, reach_of
from zhiben.journal.events import Recorded
from zhiben.kernel.actor import Actor, Permission, Place
from zhiben.kernel.bilingual import Bilingual
from zhiben.law.standards import held
from zhiben.orgs.models import Account, Department, Person, Role
from zhiben.orgs.public import enterprises_for, people_for, units_for
from zhiben.orgs.tree import NATION_PATH

FORGOTTEN = Bilingual("个人信息已销毁", "personal data destroyed")
# What a field of an entry refers to by its number; by event where a name means several things.
REFERS: Mapping[str, str] = {
    "account": "account", "signer": "account", "reviewers": "account",
    "person": "person", "officer": "person", "proxy_by": "person", "mentions": "person",
    "unit": "unit", "site": "unit", "from_unit": "unit", "to_unit": "unit", "from_parent": "unit", "to_parent": "unit",
    "unit:ended/into": "unit", "jurisdiction:set/units": "unit", "jurisdiction:edited/before": "unit",
    "jurisdiction:edited/after": "unit",
    "enterprise": "enterprise", "party": "enterprise", "department": "department",
    "danger": "danger", "earlier": "danger", "other": "danger", "merged": "danger",
    "danger:merged/into": "danger", "danger:unmerged/into": "danger",
}  # fmt: skip
KINDS = frozenset({*REFERS.values(), "suspicion"})
NAMED_BY_TEXT = frozenset({"about", "place", "from_place", "to_place", "holder"})  # `unit/7`
Key = tuple[str, int]
Found = dict[int, Bilingual]


def refers(code: str, field: str) -> str:
    """Return what kind of thing a field of this event names by its number; empty where it names none."""
    return REFERS.get(f"{code}/{field}") or REFERS.get(field, "")


def key_of(text: str) -> Key | None:
    """Read `unit/7` or `enterprise:7`."""
    for mark in "/:":
        kind, _mark, number = text.partition(mark)
        if kind in KINDS and number.isascii() and number.isdigit() and len(number) < 19:
            return kind, int(number)
    return None


def keys_of(entry: Recorded) -> set[Key]:
    """Return everything that an entry names by a number."""
    found = {key for key in (key_of(entry.subject), key_of(entry.chain)) if key}
    for field, value in entry.body.items():
        if field in NAMED_BY_TEXT and isinstance(value, str) and (key := key_of(value)):
            found.add(key)
        elif kind := refers(entry.code, field):
            found |= {(kind, one) for one in (value if isinstance(value, list) else [value]) if type(one) is int}
    return found


def clause_named(standard: str, ref: str) -> Bilingual:
    """Say which clause is meant: its number and its words; of an edition that is not held, its number."""
    known = held(standard)
    clause = next((one for one in known.clauses if one.ref == ref), None) if known else None
    return Bilingual(f"{ref} {clause.summary.zh}", f"{ref} {clause.summary.en}") if clause else Bilingual.of(ref)


class Names:
    """The names of what some entries refer to, asked for at once: one query a kind."""

    def __init__(
        self, actor: Actor, permission: Permission, entries: Iterable[Recorded] = (), *, texts: Iterable[str] = ()
    ) -> None:
        wanted: dict[str, set[int]] = {}
        keys = [key for entry in entries for key in keys_of(entry)] + [key for text in texts if (key := key_of(text))]
        for kind, number in keys:
            wanted.setdefault(kind, set()).add(number)
        self._found: dict[str, Found] = {
            kind: _ASKED[kind](actor, permission, numbers) for kind, numbers in wanted.items()
        }

    def of(self, kind: str, number: int) -> Bilingual | None:
        """Return the name of a thing; None where it lies outside the reader's reach or is gone."""
        return self._found.get(kind, {}).get(number)

    def of_text(self, text: str) -> Bilingual | None:
        """Return the name of `unit/7` or `enterprise:7`."""
        key = key_of(text)
        return self.of(*key) if key else None


def _plain(rows: Iterable[tuple[int, str]]) -> Found:
    return {number: Bilingual.of(name) for number, name in rows if name}


def _reached(actor: Actor, permission: Permission) -> QuerySet[Person]:
    """Return whom the reader may name: who reads the whole journal, also those who belong to no enterprise or office."""
    return Person.objects.all() if actor.may(permission, Place(NATION_PATH)) else people_for(actor, permission)


def _people(actor: Actor, permission: Permission, numbers: set[int]) -> Found:
    rows = _reached(actor, permission).filter(pk__in=numbers).values_list("pk", "name", "is_forgotten")
    return {number: FORGOTTEN if is_forgotten else Bilingual.of(name) for number, name, is_forgotten in rows}


def _accounts(actor: Actor, permission: Permission, numbers: set[int]) -> Found:
    rows = Account.objects.filter(pk__in=numbers).select_related("person")
    if not actor.may(permission, Place(NATION_PATH)):
        rows = rows.filter(person__in=people_for(actor, permission).values("pk"))
    return {row.pk: _of_account(row) for row in rows}


def _of_account(row: Account) -> Bilingual:
    if row.person and row.person.is_forgotten:
        return FORGOTTEN
    return Bilingual.of(row.person.name if row.person and row.person.name else row.username)


def _suspicions(_actor: Actor, _permission: Permission, numbers: set[int]) -> Found:
    """Name suspicions by their clause: whoever reads the entry reaches what it is about."""
    return {number: clause_named(*clause) for number, clause in clauses_suspected(numbers).items()}


def _departments(actor: Actor, permission: Permission, numbers: set[int]) -> Found:
    units = units_for(actor, permission).values("pk")
    return _plain(Department.objects.filter(pk__in=numbers, unit__in=units).values_list("pk", "name"))


_ASKED: Mapping[str, Any] = {
    "account": _accounts,
    "person": _people,
    "department": _departments,
    "suspicion": _suspicions,
    "unit": lambda actor, may, numbers: _plain(units_for(actor, may).filter(pk__in=numbers).values_list("pk", "name")),
    "enterprise": lambda actor, may, numbers: _plain(
        enterprises_for(actor, may).filter(pk__in=numbers).values_list("pk", "name")
    ),
    "danger": lambda actor, may, numbers: _plain(
        reach_of(actor, may).filter(pk__in=numbers).values_list("pk", "number")
    ),
}


def own_roles() -> dict[str, Bilingual]:
    """Return the roles that were made here, by their slugs."""
    rows = Role.objects.filter(is_builtin=False).values_list("slug", "name_zh", "name_en")
    return {slug: Bilingual(zh, en) for slug, zh, en in rows}
