"""Carrying a reorganisation out: short transactions, each of which finds by itself what is still to do.

New units are made; then unit after unit moves, each as a re-parenting during which both paths are valid; then what
an undone one took comes back, and what hangs on an ended unit itself goes to its heir in batches; then ended units end.
A killed worker loses nothing: the next one asks the same questions and goes on.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F

from zhiben.journal.public import Line, record
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, Refusal
from zhiben.kernel.periods import local_day
from zhiben.orgs.domain.divisions import padded
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.domain.reorganising import UNDER_WAY, Plan, Receiver, ReorganisationState
from zhiben.orgs.events import (
    GrantCarried,
    ReorganisationDone,
    UnitAdded,
    UnitEnded,
    UnitHandedOn,
    UnitRevived,
)
from zhiben.orgs.holders import UnitHolder, unit_holders
from zhiben.orgs.models import HandedOn, Jurisdiction, Reorganisation, RoleGrant, Unit, UnitAlias, UnitMove
from zhiben.orgs.services.moving import continue_move, start_move
from zhiben.orgs.services.units import unit_line
from zhiben.orgs.tree import grow

BATCH = 500
TICKS = 60  # steps of one reorganisation a turn, so that others get theirs
PAUSE = timedelta(seconds=10)  # where another move is in the way
GRANTS, ZONES = "orgs.RoleGrant.unit", "orgs.Jurisdiction.units"
WAITS_FOR = {"unit:being-moved"}


def carry_on(now: datetime) -> int:
    """Take the next steps of every reorganisation whose day has come; return how many were taken."""
    due = Reorganisation.objects.filter(state__in=UNDER_WAY, next_at__lte=now).order_by("next_at")
    return sum(carry(number, now=now) for number in due.values_list("pk", flat=True))


def carry(number: int, *, now: datetime, ticks: int = TICKS, limit: int = BATCH) -> int:
    """Take up to `ticks` steps of one reorganisation; return how many were taken."""
    taken = 0
    try:
        while taken < ticks and _tick(number, now=now, limit=limit):
            taken += 1
    except Refusal as refusal:
        _stop(number, refusal, now)
    return taken


@transaction.atomic
def _tick(number: int, *, now: datetime, limit: int) -> bool:
    """Take one step. The update comes first: on PostgreSQL a second worker waits for this row until the step is in."""
    mine = Reorganisation.objects.filter(pk=number, state__in=UNDER_WAY, next_at__lte=now)
    if not mine.update(ticks=F("ticks") + 1, state=ReorganisationState.RUNNING):
        return False
    return _Step(Reorganisation.objects.get(pk=number), now, limit).take()


def _stop(number: int, refusal: Refusal, now: datetime) -> None:
    """Wait where another move is in the way; else stand still with the reason, for people to put right."""
    mine = Reorganisation.objects.filter(pk=number, state__in=UNDER_WAY)
    if refusal.code in WAITS_FOR:
        mine.update(next_at=now + PAUSE)
        return
    facts = {name: str(value) for name, value in refusal.facts.items()}
    mine.update(state=ReorganisationState.STUCK, next_at=None, problem=refusal.code, problem_facts=facts)


class _Step:
    """One step of one reorganisation; each question is asked anew."""

    def __init__(self, row: Reorganisation, now: datetime, limit: int) -> None:
        self.row, self.now, self.limit = row, now, limit
        self.plan = Plan.read(row.plan)

    def take(self) -> bool:
        """Do the first thing that is still to do; the end is the last."""
        return (
            self._make() or self._revive() or self._share() or self._go_on_moving() or self._move_next()
            or self._give_back() or self._hand_on() or self._carry_grants() or self._finish()
        )  # fmt: skip

    def _unit_of(self, at: int) -> Unit:
        receiver = self.plan.receivers[at]
        number = receiver.unit if receiver.unit is not None else self.row.made[str(at)]
        return Unit.objects.get(pk=number)

    def _did(self, rows: int = 0, **columns: Any) -> bool:
        Reorganisation.objects.filter(pk=self.row.pk).update(done=F("done") + rows, **columns)
        return True

    def _record(self, lines: list[Line]) -> None:
        record(lines, actor=SYSTEM, now=self.now)

    def _make(self) -> bool:
        """Make the new units."""
        wanted = [
            (at, one) for at, one in enumerate(self.plan.receivers) if one.is_new and str(at) not in self.row.made
        ]
        if not wanted:
            return False
        grown = {str(at): self._grown(one) for at, one in wanted}
        day = self.row.on
        self._record([unit_line(UnitAdded(u.kind, u.name, u.path, u.division_code), u, day) for u in grown.values()])
        return self._did(made={**self.row.made, **{at: unit.pk for at, unit in grown.items()}})

    def _grown(self, receiver: Receiver) -> Unit:
        parent = Unit.objects.get(pk=receiver.parent or 0)
        if parent.until is not None:
            raise Conflict("reorganisation:has-ended", unit=parent.name, until=parent.until)
        code = padded(receiver.division_code) or "" if receiver.division_code else ""
        ends = [unit for unit, _ in self.plan.ends]
        Unit.objects.filter(pk__in=ends, division_code=code, kind=receiver.kind).exclude(division_code="").update(
            until=self.row.on  # the code goes over to the new unit: one at a level
        )
        return grow(parent, UnitKind(receiver.kind), receiver.name, division_code=code, since=self.row.on)

    def _revive(self) -> bool:
        """Let units stand again whose end is taken back, and lead to themselves."""
        gone = list(Unit.objects.filter(pk__in=self.plan.revives).exclude(until=None))
        if not gone:
            return False
        for unit in gone:
            taken = Unit.objects.filter(division_code=unit.division_code, kind=unit.kind, until=None)
            if unit.division_code and (by := taken.first()):
                Unit.objects.filter(pk=by.pk, pk__in=[unit for unit, _ in self.plan.ends]).update(division_code="")
            UnitAlias.objects.filter(
                unit=unit.merged_into_id or 0, division_code=unit.division_code, name=unit.name
            ).delete()
        Unit.objects.filter(pk__in=[unit.pk for unit in gone]).update(until=None, merged_into=None)
        self._record([unit_line(UnitRevived(), unit, self.row.on) for unit in gone])
        return self._did()

    def _go_on_moving(self) -> bool:
        """Take the next step of the re-parenting under way."""
        move = UnitMove.objects.filter(reorganisation=self.row, finished_at=None).first()
        if move is None:
            return False
        progress = continue_move(move.pk, actor=SYSTEM, now=self.now, limit=self.limit)
        return self._did(progress.done - move.done)

    def _move_next(self) -> bool:
        """Begin the next re-parenting: of the units planned, then of whatever else hangs on an ended unit."""
        for unit, target in self._to_move():
            if unit.parent_id == target.pk:
                continue
            start_move(unit.pk, target.pk, on=self.row.on, part_of=self.row.pk, actor=SYSTEM, now=self.now)
            return self._did(moved=[*self.row.moved, [unit.pk, unit.parent_id]])
        return False

    def _to_move(self) -> Iterator[tuple[Unit, Unit]]:
        moved = {unit for unit, _ in self.row.moved}
        for number, at in self.plan.moves:
            if number not in moved:
                yield Unit.objects.get(pk=number), self._unit_of(at)
        for ended, at in self.plan.ends:
            left = Unit.objects.filter(parent=ended, until=None).order_by("pk").first()
            if left is not None:
                yield left, self._unit_of(at)

    def _share(self) -> bool:
        """Let grants at a unit that goes on hold at the new unit too: nobody loses sight of what they looked after."""
        lines = []
        for source, at in self.plan.shares:
            target = self._unit_of(at)
            for grant in RoleGrant.objects.filter(unit=source).select_related("role"):
                if not self._same_grant(grant, target.pk):
                    copy = _copied(grant, target.pk)
                    lines.append(_carried(copy, grant, source, target.pk, self.now))
        if lines:
            self._record(lines)
            self._did(len(lines))
        return bool(lines)

    def _hand_on(self) -> bool:
        """Give the next rows that hang on an ended unit itself to its heir."""
        for ended, at in self.plan.ends:
            source = Unit.objects.get(pk=ended)
            for holder in unit_holders():
                rows = list(self._left_at(holder, source))
                if rows:
                    heir = self._unit_of(at)
                    moved = self._handed(holder, rows, source, heir)
                    self._told_handed(holder, source, heir, moved)
                    return self._did(len(rows))
        return False

    def _left_at(self, holder: UnitHolder, source: Unit) -> models.QuerySet[Any, Any]:
        kept = self.row.handed_on.filter(table=holder.name, from_unit=source.pk, to_unit=source.pk)
        stuck = list(kept.values_list("row", flat=True))
        return holder.rows_of(source).exclude(pk__in=stuck).order_by("pk").values_list("pk", flat=True)[: self.limit]

    def _handed(self, holder: UnitHolder, rows: list[Any], source: Unit, heir: Unit) -> list[Any]:
        """Write the rows at the heir; one that the heir has already stays where it is, on record."""
        columns = holder.columns_at(heir)
        try:
            with transaction.atomic():
                holder.rows_of(source).filter(pk__in=rows).update(**columns)
                moved = rows
        except IntegrityError:
            moved = [row for row in rows if _one(holder, row, source, columns)]
        HandedOn.objects.bulk_create([
            HandedOn(
                reorganisation=self.row, table=holder.name, row=str(row), from_unit=source.pk,
                to_unit=heir.pk if row in moved else source.pk,
            )
            for row in rows
        ])  # fmt: skip
        return moved

    def _told_handed(self, holder: UnitHolder, source: Unit, heir: Unit, moved: list[Any]) -> None:
        event = UnitHandedOn(source.pk, heir.pk, holder.name, len(moved))
        self._record([unit_line(event, heir, self.row.on)])

    def _carry_grants(self) -> bool:
        """Let grants at an ended unit hold at its heir, and jurisdictions hold the heir in its place."""
        lines = [line for ended, at in self.plan.ends for line in self._grants_of(ended, self._unit_of(at).pk)]
        if lines:
            self._record(lines)
            self._did(len(lines))
        return bool(lines)

    def _grants_of(self, ended: int, heir: int) -> Iterator[Line]:
        for grant in RoleGrant.objects.filter(unit=ended).select_related("role").order_by("pk"):
            if self._same_grant(grant, heir):
                self._keep(GRANTS, f"{grant.account_id}:{grant.role_id}", ended, heir)
                grant.delete()
            else:
                RoleGrant.objects.filter(pk=grant.pk).update(unit=heir)
                self._keep(GRANTS, grant.pk, ended, heir)
            yield _carried(grant, grant, ended, heir, self.now)
        for zone in Jurisdiction.objects.filter(units=ended).order_by("pk"):
            zone.units.remove(ended)
            zone.units.add(heir)
            self._keep(ZONES, zone.pk, ended, heir)
            event = UnitHandedOn(ended, heir, ZONES, 1)
            yield Line(event, f"jurisdiction/{zone.pk}", "system", self.row.on)

    def _same_grant(self, grant: RoleGrant, unit: int) -> bool:
        return RoleGrant.objects.filter(
            account=grant.account_id, role=grant.role_id, unit=unit, industries=grant.industries,
            matters=grant.matters, since=grant.since, until=grant.until,
        ).exists()  # fmt: skip

    def _keep(self, table: str, row: object, source: int, heir: int) -> None:
        HandedOn.objects.create(reorganisation=self.row, table=table, row=str(row)[:40], from_unit=source, to_unit=heir)

    def _give_back(self) -> bool:
        """Return the next records that the reorganisation taken back had handed on, where they still are."""
        if self.plan.returns is None:
            return False
        back = HandedOn.objects.filter(reorganisation=self.plan.returns).exclude(to_unit=F("from_unit"))
        done = set(self.row.handed_on.values_list("table", "row"))
        rows = [one for one in back.order_by("pk") if (one.table, one.row) not in done][: self.limit]
        lines: list[Line] = []
        for one in rows:
            lines += self._returned(one)
            self._keep(one.table, one.row, one.to_unit, one.from_unit)
        if rows:
            self._record(lines)
            self._did(len(rows))
        return bool(rows)

    def _returned(self, one: HandedOn) -> list[Line]:
        home = Unit.objects.get(pk=one.from_unit)
        if one.table == GRANTS:
            return self._grant_returned(one)
        if one.table == ZONES:
            zone = Jurisdiction.objects.filter(pk=one.row).first()
            if zone is not None:
                zone.units.remove(one.to_unit)
                zone.units.add(one.from_unit)
            event = UnitHandedOn(one.to_unit, one.from_unit, ZONES, 1)
            return [Line(event, f"jurisdiction/{one.row}", "system", self.row.on)]
        holder = next((each for each in unit_holders() if each.name == one.table), None)
        away = Unit.objects.get(pk=one.to_unit)
        if holder is None or not holder.rows_of(away).filter(pk=one.row).update(**holder.columns_at(home)):
            return []
        return [unit_line(UnitHandedOn(away.pk, home.pk, one.table, 1), home, self.row.on)]

    def _grant_returned(self, one: HandedOn) -> list[Line]:
        account, _colon, role = one.row.partition(":")
        rows = RoleGrant.objects.filter(unit=one.to_unit).select_related("role")
        grant = rows.filter(account=int(account), role=int(role)).first() if role else rows.filter(pk=one.row).first()
        if grant is None:
            return []
        if role:
            back = _copied(grant, one.from_unit)
        else:
            RoleGrant.objects.filter(pk=grant.pk).update(unit=one.from_unit)
            back = grant
        return [_carried(back, grant, one.to_unit, one.from_unit, self.now)]

    def _finish(self) -> bool:
        """End what ends, with its code and name leading to its heir, and say that all is done."""
        lines = []
        for number, at in self.plan.ends:
            unit, heir = Unit.objects.get(pk=number), self._unit_of(at)
            Unit.objects.filter(pk=number).update(until=self.row.on, merged_into=heir)
            UnitAlias.objects.create(
                unit=heir, name=unit.name, division_code=unit.division_code, since=unit.since, until=self.row.on
            )
            lines.append(unit_line(UnitEnded(self.row.on.isoformat(), heir.pk), unit, self.row.on))
        event = ReorganisationDone(self.plan.kind, len(self.row.moved), self.row.done)
        lines.append(Line(event, f"reorganisation/{self.row.pk}", "system", self.row.on))
        self._record(lines)
        self._did(state=ReorganisationState.DONE, next_at=None, finished_at=self.now, total=self.row.done)
        return False


def _one(holder: UnitHolder, row: Any, source: Unit, columns: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            return bool(holder.rows_of(source).filter(pk=row).update(**columns))
    except IntegrityError:
        return False


def _copied(grant: RoleGrant, unit: int) -> RoleGrant:
    return RoleGrant.objects.create(
        account_id=grant.account_id, role_id=grant.role_id, unit_id=unit, industries=grant.industries,
        matters=grant.matters, since=grant.since, until=grant.until,
    )  # fmt: skip


def _carried(held: RoleGrant, grant: RoleGrant, source: int, target: int, now: datetime) -> Line:
    event = GrantCarried(held.pk or 0, grant.role.slug, f"unit/{source}", f"unit/{target}")
    return Line(event, f"account/{grant.account_id}", "system", local_day(now))
