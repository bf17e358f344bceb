"""Dangers coming in: reported by people, or as rows of a ledger. A batch is one transaction; one is a batch of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.domain.clock import Clock, Promise, china_day, next_at
from zhiben.dangers.domain.habits import Habits
from zhiben.dangers.domain.kinds import CLOSED, Role, SetBy, State
from zhiben.dangers.domain.timing import procedure_on
from zhiben.dangers.events import DangerFound, DangerImported
from zhiben.dangers.models import CandidateClause, Danger, DangerKey, Participant, Source
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import contents_known, uids_known
from zhiben.dangers.selectors.standing import habits
from zhiben.dangers.services.case import line_of
from zhiben.dangers.services.clocking import owed, put, stored
from zhiben.dangers.services.intake import (
    ImportedDanger,
    NewDanger,
    Spot,
    check_may,
    check_told,
    have_moved,
    key_of,
    owners_named,
    spots_of,
)
from zhiben.dangers.services.lateness import first_late_day, overdue_event
from zhiben.dangers.services.telling import FOUND, confirmers, tell
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict
from zhiben.law.candidates import CandidateClause as Meant
from zhiben.law.candidates import candidates
from zhiben.law.procedures import ClockKind
from zhiben.law.standards import Standard
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.inserting import insert_all, insert_values, made_row
from zhiben.orgs.models import Person
from zhiben.standards.public import regional_editions

NO_DIVISION = "000000"


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of one danger told: its row, new or known before."""

    id: int
    uid: UUID
    number: str
    is_new: bool


def report_danger(new: NewDanger, *, actor: Actor, now: datetime) -> Reported:
    """Bring in one danger: a batch of one."""
    return report_dangers([new], actor=actor, now=now)[0]


def report_dangers(told: Sequence[NewDanger], *, actor: Actor, now: datetime) -> list[Reported]:
    """Bring in dangers; what is told again, by its uid or by its content, is the danger known before.

    Two tellings of the same at the same moment meet at a unique key: the slower one looks again and finds it. Where it
    is, who may and which clauses are likely is found out before the transaction: on SQLite others wait for its end.
    """
    spots = _look(told, actor=actor, today=china_day(now))
    try:
        return _report(told, spots, actor=actor, now=now)
    except IntegrityError:
        return _report(told, spots, actor=actor, now=now)


@transaction.atomic
def _report(told: Sequence[NewDanger], spots: Sequence[Spot], *, actor: Actor, now: datetime) -> list[Reported]:
    if have_moved(spots):
        spots = _look(told, actor=actor, today=china_day(now))
    reported, lines = _insert_told(told, spots, actor=actor, now=now)
    if lines:
        journal.record(lines, actor=actor, now=now)
    return reported


def insert_reported(told: Sequence[NewDanger], *, actor: Actor, now: datetime) -> tuple[list[Reported], list[Line]]:
    """Write what is told, as a part of the caller's transaction, who also journals the lines returned."""
    return _insert_told(told, _look(told, actor=actor, today=china_day(now)), actor=actor, now=now)


def _look(told: Sequence[NewDanger], *, actor: Actor, today: date) -> list[Spot]:
    """Return where each danger is; refuse what cannot be one, and whoever may not bring it in."""
    for new in told:
        check_told(new, today)
    spots, own = spots_of(told, on=today), regional_editions()
    for new, spot in zip(told, spots, strict=True):
        wanted = DangerPermission.IMPORT if isinstance(new, ImportedDanger) else DangerPermission.REPORT
        check_may(actor, wanted, spot)
        _clauses(new.description, spot.unit.path, spot.mask, new.found_on, own)  # remembered until they are written
    return spots


def _insert_told(
    told: Sequence[NewDanger], spots: Sequence[Spot], *, actor: Actor, now: datetime
) -> tuple[list[Reported], list[Line]]:
    keys = [key_of(new) for new in told]
    known, customs = _known(told, keys), habits()
    fresh = [
        (new, spot, key) for new, spot, key in zip(told, spots, keys, strict=True) if _first_telling(new, key, known)
    ]
    dangers = _insert(fresh, actor=actor, now=now, customs=customs) if fresh else []
    known.take(dangers)
    lines = [line_of(row, _event(row, new), _day_of(row)) for row, (new, *_) in zip(dangers, fresh, strict=True)]
    lines += [line_of(row, overdue_event(row), row.overdue_since) for row in dangers if row.overdue_since]
    new_ids = {danger.pk for danger in dangers}
    return [known.answer(new, key, new_ids) for new, key in zip(told, keys, strict=True)], lines


class _Known:
    """Dangers by uid and by content: those that stood before, and those of this batch."""

    def __init__(self, by_uid: dict[UUID, Danger], by_key: dict[bytes, Danger]) -> None:
        self.by_uid, self.by_key = by_uid, by_key
        self.firsts: dict[bytes, UUID] = {}  # of this batch: which telling of a content came first
        self.told: set[UUID] = set()
        self._new: set[int] = set()

    def take(self, dangers: Iterable[Danger]) -> None:
        """Remember the rows just made."""
        self.by_uid |= {danger.uid: danger for danger in dangers}

    def answer(self, new: NewDanger, key: bytes, new_ids: set[int]) -> Reported:
        """Return what became of one telling; of equal ones in a batch only the first is new."""
        danger = self.by_uid.get(new.uid) or self.by_key.get(key) or self.by_uid[self.firsts[key]]
        is_new = danger.pk in new_ids and danger.uid == new.uid and danger.pk not in self._new
        self._new.add(danger.pk)
        return Reported(danger.pk, danger.uid, danger.number, is_new)


def _known(told: Sequence[NewDanger], keys: Sequence[bytes]) -> _Known:
    """Look up what was told before; the common case, that all is news, asks two indexes and reads no row."""
    by_key = contents_known(set(keys))
    uids = uids_known({new.uid for new in told})
    rows = Danger.unscoped.in_bulk([*uids, *by_key.values()]) if uids or by_key else {}
    return _Known({rows[pk].uid: rows[pk] for pk in uids}, {key: rows[pk] for key, pk in by_key.items()})


def _first_telling(new: NewDanger, key: bytes, known: _Known) -> bool:
    """Tell whether this is news; a uid used for another place is somebody's mistake."""
    same = known.by_uid.get(new.uid)
    if same is not None and same.unit_id != new.unit_id:
        raise Conflict("danger:uid-taken", uid=str(new.uid))
    if same is not None or key in known.by_key or key in known.firsts or new.uid in known.told:
        return False
    known.firsts[key] = new.uid
    known.told.add(new.uid)
    return True


Fresh = Sequence[tuple[NewDanger, Spot, bytes]]  # with the key of its content


def _insert(fresh: Fresh, *, actor: Actor, now: datetime, customs: Habits) -> list[Danger]:
    """Write the rows of new dangers and all that lies beside them."""
    today = china_day(now)
    owners = owners_named([new for new, *_ in fresh], [spot for _, spot, _ in fresh])
    numbers = _numbers([spot.unit.division for _, spot, _ in fresh], today)
    rows = [_row(new, spot, number, owners, now) for (new, spot, _), number in zip(fresh, numbers, strict=True)]
    promises = [_promises(row, today, customs) for row in rows]
    for row, owing in zip(rows, promises, strict=True):
        row.next_at = next_at(owing, customs.reminders, now)
    dangers = rows
    insert_all(dangers)
    keyed = sorted((key, row.pk) for row, (*_, key) in zip(dangers, fresh, strict=True))
    insert_values(DangerKey, ("key", "danger_id"), keyed)
    _lay_beside(dangers, fresh, actor=actor, now=now)
    owing_rows = [stored(row.pk, one) for row, owing in zip(dangers, promises, strict=True) for one in owing]
    put(owing_rows, actor=actor, now=now, first=True)
    for row in dangers:
        if not row.is_imported:
            tell(row, FOUND, confirmers(row) - {actor.person}, what="found", now=now)
    return dangers


def _row(new: NewDanger, spot: Spot, number: str, owners: dict[tuple[int, str], Person], now: datetime) -> Danger:
    unit = spot.unit
    columns: dict[str, Any] = {
        "uid": new.uid,
        "number": number,
        "description": new.description.strip(),
        "place_text": new.place_text.strip(),
        "found_on": new.found_on,
        "found_at": new.found_at,
        "day_assumed": new.day_assumed,
        "recorded_at": now,
        "state_since": now,
        "channel": str(new.channel),
        "industry": spot.industry,
        "industries_mask": spot.mask,
        "matter": spot.matter,
        "local_level": new.local_level,
        "confidentiality": str(new.confidentiality),
        "unit_id": unit.pk,
        "path": unit.path,
        "enterprise_id": unit.enterprise_id,
        "party_id": spot.party.pk if spot.party else None,
        "department_id": spot.department,
        "province_id": unit.province_id,
        "city_id": unit.city_id,
        "county_id": unit.county_id,
        "township_id": unit.township_id,
    }
    if isinstance(new, ImportedDanger):
        columns |= _imported_columns(new, spot, owners, china_day(now))
    return made_row(Danger, _defaults() | columns)


@cache
def _defaults() -> dict[str, Any]:
    """Return what a danger holds that nobody says anything about, in the order of its fields."""
    return {field.attname: field.get_default() for field in Danger._meta.concrete_fields}  # noqa: SLF001 -- documented


def _imported_columns(
    new: ImportedDanger, spot: Spot, owners: dict[tuple[int, str], Person], today: date
) -> dict[str, Any]:
    """Return what a ledger knows beyond a report. A row under way without a limit gets the default one."""
    owner = owners.get((spot.responsible.pk, new.owner_name)) if spot.responsible else None
    due_on, set_by = new.due_on, str(new.due_set_by) if new.due_on else ""
    if new.state is State.RECTIFYING and due_on is None:
        due_on, set_by = _default_limit(spot, today), str(SetBy.SETTING)
    principal = spot.responsible.principal_id if spot.responsible and new.state is not State.REGISTERED else None
    return {
        "state": str(new.state),
        "closed_on": (new.closed_on or today) if new.state in CLOSED else None,
        "level": str(new.level),
        "due_on": due_on,
        "due_set_by": set_by,
        **_lateness(new, due_on, today),
        "owner_person_id": owner.pk if owner else (principal if not new.owner_name else None),
        "owner_text": "" if owner else new.owner_name,
        "is_imported": True,
        "import_batch": new.batch,
        "import_row": new.row,
    }


def _lateness(new: ImportedDanger, due_on: date | None, today: date) -> dict[str, Any]:
    """Say of a ledger's row under way whether its limit has passed: figures wait for no sweep."""
    late = new.state is State.RECTIFYING and due_on is not None and due_on < today
    since = first_late_day(due_on, new.found_on) if late and due_on else None
    return {"is_overdue": late, "overdue_since": since}


def _default_limit(spot: Spot, today: date) -> date:
    rule = procedure_on(spot.matter, spot.unit.division, today).clock(ClockKind.RECTIFY_DEFAULT)
    return today + timedelta(days=rule.value)


def _promises(row: Danger, today: date, customs: Habits) -> list[Promise]:
    """Return the main clock of a new danger: of its state."""
    if row.state in CLOSED:
        return []
    if row.state == State.RECTIFYING and row.due_on:
        return [Promise(Clock.RECTIFY, row.due_on, SetBy(row.due_set_by))]
    main = {State.REGISTERED: Clock.CONFIRM, State.CONFIRMED: Clock.ASSIGN, State.AWAITING_ACCEPTANCE: Clock.ACCEPT}
    clock = main[State(row.state)]
    if clock is Clock.ACCEPT:
        return [owed(clock, row, today, customs)]
    days = customs.days(clock)
    return [Promise(clock, today + timedelta(days=days or 0), SetBy.SETTING)]


SOURCE = ("danger_id", "channel", "at", "person_id", "account_id", "finder", "ref", "reward_ref", "text")
PARTICIPANT = ("danger_id", "role", "at", "person_id", "account_id", "is_current")
CANDIDATE = ("danger_id", "standard", "clause", "score", "terms", "answer")


def _lay_beside(dangers: Sequence[Danger], fresh: Fresh, *, actor: Actor, now: datetime) -> None:
    """Write sources, finders, owners and candidate clauses: plain values, because a ledger has many rows."""
    sources: list[tuple[Any, ...]] = []
    people: list[tuple[Any, ...]] = []
    clauses: list[tuple[Any, ...]] = []
    own = regional_editions()
    for row, (new, *_) in zip(dangers, fresh, strict=True):
        person, account = (None, None) if row.is_imported else (actor.person, actor.id)
        at = new.found_at or now
        sources.append((row.pk, row.channel, at, person, account, new.finder, new.ref, new.reward_ref, ""))
        if person is not None or account is not None:
            people.append((row.pk, str(Role.FINDER), now, person, account, True))
        if row.owner_person_id:
            people.append((row.pk, str(Role.OWNER), now, row.owner_person_id, None, True))
        clauses += _candidates(row, own)
    insert_values(Source, SOURCE, sources)
    insert_values(Participant, PARTICIPANT, people)
    insert_values(CandidateClause, CANDIDATE, clauses)


def _clauses(text: str, path: str, mask: int, day: date, own: Sequence[Standard]) -> list[Meant]:
    """Find the clauses that the words may fall under, those of the regions around the place among them."""
    return candidates(text.strip(), slugs_of(mask), day, also=[known for known in own if path.startswith(known.region)])


def _candidates(row: Danger, own: Sequence[Standard]) -> list[tuple[Any, ...]]:
    """Offer the clauses that the words may fall under, by the law of the day of finding; never a verdict."""
    found = _clauses(row.description, row.path, row.industries_mask, row.found_on, own)
    return [(row.pk, one.clause.standard, one.clause.ref, one.score, list(one.terms), "offered") for one in found]


def _numbers(divisions: Sequence[str], today: date) -> list[str]:
    """Give out the numbers of a batch: division, day of registration, running number."""
    prefixes = [f"{(code or NO_DIVISION)[:6]}-{today:%Y%m%d}" for code in divisions]
    wanted = {prefix: prefixes.count(prefix) for prefix in sorted(set(prefixes))}
    last = {prefix: _draw(prefix, count) - count for prefix, count in wanted.items()}
    numbers = []
    for prefix in prefixes:
        last[prefix] += 1
        numbers.append(f"{prefix}-{last[prefix]:04d}")
    return numbers


def _draw(prefix: str, count: int) -> int:
    """Take `count` running numbers in one statement; return the last of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dangers_numberseries (prefix, last) VALUES (%s, %s) ON CONFLICT (prefix)"
            " DO UPDATE SET last = dangers_numberseries.last + excluded.last RETURNING last",
            [prefix, count],
        )
        return int(cursor.fetchone()[0])


def _day_of(danger: Danger) -> date:
    return danger.closed_on or danger.found_on


def _event(danger: Danger, new: NewDanger) -> Event:
    known: dict[str, Any] = {
        "danger": danger.pk,
        "uid": str(danger.uid),
        "number": danger.number,
        "cell": Cell.of(danger).write(),
        "after": danger.state,
        "found_on": danger.found_on.isoformat(),
        "description": danger.description,
        "place": danger.place_text,
        "finder": new.finder,
        "batch": danger.import_batch,
        "day_assumed": danger.day_assumed,
    }
    if danger.closed_on is not None:
        return DangerImported(closed_on=danger.closed_on.isoformat(), **known)
    return DangerFound(confidentiality=danger.confidentiality, imported=danger.is_imported, **known)
