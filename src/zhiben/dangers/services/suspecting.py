"""Suspicions follow the verdicts of judging: raised when a clause turns present, withdrawn when it no longer is.

What a person has answered stays answered. A clause that stays present under another edition or reference takes its
open suspicion along.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from zhiben.dangers.domain.grounds import DECIDING, basis_of
from zhiben.dangers.events import SuspicionMoved, SuspicionWithdrawn
from zhiben.dangers.models import Suspicion
from zhiben.dangers.services.resettling import JUDGING, PRESENT, clause_of, is_news
from zhiben.dangers.services.suspicions import NewSuspicion, line_of, raised_lines
from zhiben.journal import public as journal
from zhiben.journal.public import Line, Recorded
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.periods import local_day
from zhiben.law.standards import held
from zhiben.orgs.models import Enterprise
from zhiben.standards.public import Grounds, grounds_of

MADE, CHANGED = "determination:made", "determination:changed"


def follow_verdicts(entries: Sequence[Recorded], now: datetime) -> None:
    """Raise, withdraw and carry along what these verdicts ask for."""
    told = {(one.chain, one.at, one.body["standard"]) for one in entries if one.code == CHANGED}
    lines: list[Line] = []
    for entry in entries:
        if entry.code == CHANGED:
            lines += _followed(entry, now)
        elif entry.on == local_day(entry.at) and (entry.chain, entry.at, entry.body["standard"]) not in told:
            lines += _first(entry, now)
    journal.record(lines, actor=SYSTEM, now=now)


def _first(entry: Recorded, now: datetime) -> list[Line]:
    """Raise what a first judgement found; what was suspected before, whatever came of it, is not raised again."""
    enterprise, standard = entry.body["enterprise"], entry.body["standard"]
    known = set(_judged(enterprise, standard).values_list("clause", flat=True))
    return _raise(entry, standard, [ref for ref in entry.body["present"] if ref not in known], now)


def _followed(entry: Recorded, now: datetime) -> list[Line]:
    body = entry.body
    lines = list(_moved(entry))
    for each in body["changes"]:
        if each["before"] == PRESENT and not _is_unheld(body["standard"], each):
            lines += [line for row in _open(body, each["clause_before"]) for line in _withdraw(row, each, entry, now)]
    there = _judged(body["enterprise"], body["standard"]).filter(answer="open")
    open_ = set(there.values_list("clause", flat=True))
    turned = [each["clause"] for each in body["changes"] if each["after"] == PRESENT and each["clause"] not in open_]
    return [*lines, *_raise(entry, body["standard"], turned, now)]


def _is_unheld(standard: str, change: Mapping[str, Any]) -> bool:
    """Tell whether the clause is only missing here: its later edition is not held whole, so nothing is withdrawn."""
    known = held(standard)
    return change["clause"] is None and known is not None and not known.may_clear


def _open(body: Mapping[str, Any], ref: str) -> QuerySet[Suspicion]:
    """Return the open suspicions of a clause of the edition before."""
    return _judged(body["enterprise"], body["standard_before"]).filter(clause=ref, answer="open")


def _raise(entry: Recorded, standard: str, refs: Sequence[str], now: datetime) -> list[Line]:
    """Raise these clauses with the facts that settled them, but not what a person answered on the same facts."""
    number = entry.body["enterprise"]
    site = Enterprise.objects.filter(pk=number).values_list("registered_site", flat=True).first()
    if site is None or not refs:
        return []
    settled = grounds_of(number, standard, refs)
    newest = {row.clause: row for row in _judged(number, standard).select_related("danger").order_by("pk")}
    new = [
        _new(entry, site, standard, ref, settled.get(ref, {}))
        for ref in refs
        if clause_of(standard, ref) is not None
        and not getattr(clause_of(standard, ref), "is_element", False)
        and (ref not in newest or not newest[ref].basis or is_news(newest[ref], settled.get(ref, {})))
    ]
    return raised_lines(new, now=now)[1] if new else []


def _new(entry: Recorded, site: int, standard: str, ref: str, told: Grounds) -> NewSuspicion:
    clause = clause_of(standard, ref)
    return NewSuspicion(
        unit_id=site,
        text=clause.summary.zh if clause else "",
        source=JUDGING,
        key=f"{JUDGING}:{entry.chain}:{entry.seq}:{standard}:{ref}",
        raised_on=entry.on,
        standard=standard,
        clause=ref,
        facts={DECIDING: dict(told)},
        basis=basis_of(told),
    )


def _withdraw(row: Suspicion, change: dict[str, Any], entry: Recorded, now: datetime) -> list[Line]:
    why = {"by_law": change["by_law"], "facts": change["facts"], "after": change["after"]}
    facts = {**row.facts, "withdrawn": why}
    told = {"answer": "withdrawn", "answered_at": now, "facts": facts}
    if not Suspicion.unscoped.filter(pk=row.pk, answer="open").update(**told):
        return []
    event = SuspicionWithdrawn(row.pk, row.standard, row.clause, change["by_law"], change["facts"])
    return [line_of(row, event, entry.on)]


def _moved(entry: Recorded) -> Iterator[Line]:
    """Carry open suspicions along to the clause that took the old one's place."""
    body = entry.body
    for each in body["moved"]:
        clause = clause_of(body["standard"], each["clause"])
        if _judged(body["enterprise"], body["standard"]).filter(clause=each["clause"], answer="open").exists():
            continue  # suspected there already; the old one is withdrawn when its enterprise is next judged
        for row in _open(body, each["clause_before"]):
            text = clause.summary.zh if clause else row.text
            new = {"standard": body["standard"], "clause": each["clause"], "text": text}
            if Suspicion.unscoped.filter(pk=row.pk, answer="open", standard=row.standard).update(**new):
                event = SuspicionMoved(row.pk, row.standard, row.clause, body["standard"], each["clause"])
                yield line_of(row, event, entry.on)


def _judged(enterprise: int, standard: str) -> QuerySet[Suspicion]:
    return Suspicion.unscoped.filter(enterprise_id=enterprise, standard=standard, source=JUDGING)
