"""Suspicions brought in line with what judging says now: raised, kept on other facts, carried along, withdrawn.

Part of a caller's transaction. Done twice it changes nothing the second time; of two at once the second waits, and
then finds what the first wrote.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from zhiben.dangers.domain.grounds import DECIDING, basis_of, differing
from zhiben.dangers.domain.kinds import CLOSED
from zhiben.dangers.events import SuspicionKept, SuspicionMoved, SuspicionWithdrawn
from zhiben.dangers.models import Suspicion
from zhiben.dangers.services.suspicions import NewSuspicion, line_of, raised_lines
from zhiben.journal.public import Line
from zhiben.kernel.periods import CHINA
from zhiben.law.likening import difference, follows
from zhiben.law.standards import Clause, Composite, Standard, editions_on, held
from zhiben.orgs.models import Enterprise
from zhiben.standards.public import Case, Grounds, Looked, kin_of, look, standing_among

JUDGING = "judging"
PRESENT = "present"
Place = tuple[int, Case]  # an enterprise, and a clause of an edition


@dataclass
class Settled:
    """What came of it, and the journal's lines."""

    raised: int = 0
    kept: int = 0
    withdrawn: int = 0
    moved: int = 0
    lines: list[Line] = field(default_factory=list)


def look_at(enterprises: Sequence[int], day: date) -> Looked:
    """Judge enterprises, asking also for the clauses that are suspected of them."""
    rows = Suspicion.unscoped.filter(enterprise_id__in=enterprises, source=JUDGING, answer="open")
    cases: dict[int, list[Case]] = {}
    for enterprise, standard, clause in rows.values_list("enterprise_id", "standard", "clause"):
        cases.setdefault(enterprise, []).append((standard, clause))
        cases[enterprise] += [(each.id, ref) for each, ref in _heirs(standard, clause, day) if ref]
    return look(enterprises, day=day, cases=cases)


def settle(looked: Looked, *, now: datetime) -> Settled:
    """Bring the suspicions of these enterprises in line with what was found."""
    sites = _locked(looked.enterprises)
    done, rows = Settled(), _newest(looked.enterprises)
    standing = standing_among(looked.enterprises)
    for row in [one for one in rows.values() if one.answer == "open"]:
        _look_again(row, looked, rows, standing, done, now=now)
    new = [
        _new((number, case), told, looked, site=sites[number], before=rows.get((number, case)))
        for number in looked.enterprises
        if number in sites
        for case, told in looked.present.get(number, {}).items()
        if is_news(rows.get((number, case)), told)
    ]
    raised, lines = raised_lines([one for one in new if one is not None], now=now)
    done.raised = len(raised)
    done.lines += lines
    return done


@dataclass
class Compared:
    """What judging from columns says beside what is suspected already."""

    unsettled: set[int] = field(default_factory=set)  # enterprises at which settling would change something
    kept: Counter[int] = field(default_factory=Counter)  # suspicions that stand as they are, by enterprise


def compare(looked: Looked) -> Compared:
    """Tell at which enterprises `settle` would write something; reads only. Values are compared as numbers, not as typed."""
    told = set(looked.enterprises)
    found = Compared(unsettled=set())
    if not told:
        return found
    rows = {place: row for place, row in _newest(range(min(told), max(told) + 1)).items() if place[0] in told}
    for (number, case), row in rows.items():
        if row.answer != "open":
            continue
        grounds = looked.present.get(number, {}).get(case)
        if grounds is not None and _stands(row, grounds, looked):
            found.kept[number] += 1
        else:
            found.unsettled.add(number)
    for number, cases in looked.present.items():
        if any(is_news(rows.get((number, case)), grounds) for case, grounds in cases.items()):
            found.unsettled.add(number)
    return found


def _stands(row: Suspicion, told: Grounds, looked: Looked) -> bool:
    """Tell whether an open suspicion rests on just these facts, of the same days and sources."""
    before = row.facts.get(DECIDING, {})
    rest = {name: (fact["day"], fact["source"]) for name, fact in told.items()}
    is_same = rest == {name: (fact["day"], fact["source"]) for name, fact in before.items()}
    return is_same and (row.basis, row.judge_at) == (basis_of(told), _stale_at(row.enterprise_id or 0, told, looked))


def _locked(enterprises: Sequence[int]) -> dict[int, int]:
    """Return the registered site of each; who else is at these enterprises waits (SQLite writes one at a time anyway)."""
    rows = Enterprise.objects.filter(pk__in=enterprises, registered_site__isnull=False).order_by("pk")
    return dict(rows.select_for_update(no_key=True).values_list("pk", "registered_site_id"))


def _newest(enterprises: Sequence[int]) -> dict[Place, Suspicion]:
    """Return the newest suspicion of each clause."""
    if isinstance(enterprises, range):
        rows = Suspicion.unscoped.filter(enterprise_id__gte=enterprises.start, enterprise_id__lt=enterprises.stop)
    else:
        rows = Suspicion.unscoped.filter(enterprise_id__in=enterprises)
    rows = rows.filter(source=JUDGING).select_related("danger")
    return {(row.enterprise_id or 0, (row.standard, row.clause)): row for row in rows.order_by("pk")}


def is_news(row: Suspicion | None, told: Grounds) -> bool:
    """Tell whether a present clause is to be suspected: not where it is already, nor where a person answered the same."""
    if row is None or row.answer == "withdrawn":
        return True
    if row.answer == "open" or not row.basis:
        return False
    still_open = row.danger is not None and row.danger.state not in CLOSED
    return not still_open and row.basis != basis_of(told)


def _new(place: Place, told: Grounds, looked: Looked, *, site: int, before: Suspicion | None) -> NewSuspicion | None:
    number, case = place
    clause = clause_of(*case)
    if clause is None:
        return None
    return NewSuspicion(
        unit_id=site,
        text=clause.summary.zh,
        source=JUDGING,
        key=f"{JUDGING}:{number}:{case[0]}:{case[1]}:{before.pk if before else 0}",
        raised_on=looked.day,
        standard=case[0],
        clause=case[1],
        facts={DECIDING: dict(told)},
        basis=basis_of(told),
        judge_at=_stale_at(number, told, looked),
    )


def _stale_at(number: int, told: Grounds, looked: Looked) -> datetime | None:
    """Return when the first of the deciding facts no longer counts."""
    ends = [held.until for name in told if (held := looked.fresh(number, name)) is not None]
    return datetime.combine(min(ends), time(), CHINA) if ends else None


# what is suspected already -------------------------------------------------------------------------------------------


def _look_again(
    row: Suspicion,
    looked: Looked,
    rows: dict[Place, Suspicion],
    standing: set[tuple[int, str]],
    done: Settled,
    *,
    now: datetime,
) -> None:
    number, case = row.enterprise_id or 0, (row.standard, row.clause)
    told, verdict = looked.present.get(number, {}).get(case), looked.verdicts.get((number, case))
    if told is not None:
        _keep(row, told, looked, done)
    elif verdict is not None:
        _withdraw(row, verdict, looked, done, now=now)
    elif (number, row.standard) not in standing:  # else judged by that edition by name, and its determination tells
        _follow_edition(row, looked, rows, done, now=now)


def _follow_edition(
    row: Suspicion, looked: Looked, rows: dict[Place, Suspicion], done: Settled, *, now: datetime
) -> None:
    """Carry it along to a later edition, or withdraw it; one not held whole does not say that the hazard is gone."""
    heir = _heir(row, looked)
    if heir is not None and heir[1] is None:
        return
    place = (row.enterprise_id or 0, (heir[0].id, heir[1] or "")) if heir else None
    taken = rows.get(place) if place else None
    if heir and place and looked.verdicts.get(place) == PRESENT and (taken is None or taken.answer != "open"):
        _move(row, *place[1], rows, done, on=looked.day)
    else:
        _withdraw(row, None, looked, done, now=now)


def _keep(row: Suspicion, told: Grounds, looked: Looked, done: Settled) -> None:
    """Let it stand; where other values settle it now, say so."""
    judge_at, basis = _stale_at(row.enterprise_id or 0, told, looked), basis_of(told)
    before = row.facts.get(DECIDING, {})
    if (before, row.judge_at, row.basis) != (dict(told), judge_at, basis):
        facts = {**row.facts, DECIDING: dict(told)}
        mine = Suspicion.unscoped.filter(pk=row.pk, answer="open")
        if mine.update(facts=facts, basis=basis, judge_at=judge_at) and row.basis not in ("", basis):
            event = SuspicionKept(row.pk, row.standard, row.clause, differing(before, told))
            done.lines.append(line_of(row, event, looked.day))
    done.kept += 1


def _withdraw(row: Suspicion, verdict: str | None, looked: Looked, done: Settled, *, now: datetime) -> None:
    before = row.facts.get(DECIDING, {})
    fresh = {
        name: {"value": value.value}
        for name in before
        if (value := looked.fresh(row.enterprise_id or 0, name)) is not None
    }
    moved = differing(before, fresh)
    known = held(row.standard)
    by_law = bool(before) and not moved and (verdict is not None or known is None or not known.in_force(looked.day))
    facts = {**row.facts, "withdrawn": {"by_law": by_law, "facts": moved, "after": verdict}}
    mine = Suspicion.unscoped.filter(pk=row.pk, answer="open")
    if mine.update(answer="withdrawn", answered_at=now, facts=facts, judge_at=None):
        row.answer = "withdrawn"
        done.withdrawn += 1
        event = SuspicionWithdrawn(row.pk, row.standard, row.clause, by_law, moved)
        done.lines.append(line_of(row, event, looked.day))


def _move(row: Suspicion, heir: str, ref: str, rows: dict[Place, Suspicion], done: Settled, *, on: date) -> None:
    """Carry it along to the clause that took the old one's place."""
    clause = clause_of(heir, ref)
    new = {"standard": heir, "clause": ref, "text": clause.summary.zh if clause else row.text}
    before = (row.standard, row.clause)
    if Suspicion.unscoped.filter(pk=row.pk, answer="open", standard=row.standard).update(**new):
        done.moved += 1
        done.lines.append(line_of(row, SuspicionMoved(row.pk, *before, heir, ref), on))
        row.standard, row.clause = heir, ref
        rows[row.enterprise_id or 0, (heir, ref)] = row


def _heir(row: Suspicion, looked: Looked) -> tuple[Standard, str | None] | None:
    """Return the edition in force that follows a suspicion's, with the clause that took the place of its clause.

    None: none follows, or the clause was dropped from an edition that is held whole.
    """
    found = list(_heirs(row.standard, row.clause, looked.day))
    named = next((one for one in found if one[1]), None)
    return named or next((one for one in found if not one[0].may_clear), None)


def _heirs(standard: str, ref: str, day: date) -> Iterator[tuple[Standard, str | None]]:
    known = held(standard)
    if known is None or known.in_force(day):
        return
    kin = kin_of(known)
    for one in editions_on(day) if kin is None else [each for each in kin if each.in_force(day)]:
        if follows(known, one):
            yield one, difference(known, one).becomes.get(ref)


def clause_of(standard: str, ref: str) -> Clause | Composite | None:
    """Return a clause or composite of an edition, if it is held."""
    known = held(standard)
    every: list[Clause | Composite] = [*known.clauses, *known.composites] if known else []
    return next((each for each in every if each.ref == ref), None)
