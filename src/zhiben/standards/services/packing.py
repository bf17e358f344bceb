"""One packed row an enterprise with the newest value of each fact, derived from the history of facts.

A consumer of the journal keeps it: entries get their positions after commit, so what committed late is never missed, and
each row says at which position it, or where its enterprise is or what it does, changed last.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from django.db import connection

from zhiben.analytics.held import Held
from zhiben.analytics.packed import MOST_WORDS, Word, repack
from zhiben.journal.public import Recorded
from zhiben.kernel.ids import path_end
from zhiben.orgs.models import Enterprise
from zhiben.standards.models import CurrentFacts, FactWord

CONSUMER = "standards:current-facts"
RECORDED, REGISTERED, EDITED, MOVED = (
    "fact:recorded",
    "enterprise:registered",
    "enterprise:edited",
    "unit:move-finished",
)
CODES = frozenset({RECORDED, REGISTERED, EDITED, MOVED})
AT_ONCE = 400  # rows a statement

Known = tuple[int, Mapping[str, Held]]  # an enterprise and its facts

# The newest value of a fact counts even when it is stale: an older one that is still fresh would be a lie.
_NEWEST = """
select f.enterprise_id, f.name, cast(f.value as text), cast(f.day as text), cast(f.fresh_until as text), f.source
from {}
order by f.enterprise_id, f.name, f.day desc, f.recorded_at desc, f.id desc
"""
_OF_PAIRS = """
(with k(enterprise, name) as (values {marks}) select f.* from k cross join standards_fact f
where f.enterprise_id = k.enterprise and f.name = k.name) f
"""


def keep_current(entries: Sequence[Recorded], _now: datetime) -> None:
    """Bring the packed rows up to what these entries say happened."""
    position = entries[-1].position
    pairs = {
        (entry.body["enterprise"], value["name"])
        for entry in entries
        if entry.code == RECORDED
        for value in entry.body["values"]
    }
    renew(_facts_of(sorted(pairs)), position=position)
    named = {int(entry.subject.split("/")[1]) for entry in entries if entry.code in {REGISTERED, EDITED}}
    _touch(Enterprise.objects.filter(pk__in=named).order_by("pk").values_list("pk", flat=True), position)
    for entry in entries:
        if entry.code == MOVED:
            path = entry.body["new_path"]
            inside = Enterprise.objects.filter(path__gte=path, path__lt=path_end(path))
            _touch(inside.order_by("pk").values_list("pk", flat=True), position)


def renew(facts: Iterable[Known], *, position: int, anew: bool = False) -> None:
    """Put newer values into the rows of enterprises, or make them `anew`; given in the order of their numbers."""
    word = words_made()
    facts = iter(facts)
    while part := list(islice(facts, AT_ONCE)):
        numbers = [] if anew else [number for number, _ in part]
        before = dict(CurrentFacts.objects.filter(pk__in=numbers).values_list("pk", "packed"))
        rows = [
            CurrentFacts(pk=number, packed=repack(bytes(before.get(number, b"")), held, word), position=position)
            for number, held in part
        ]
        _keep(rows, ["packed", "position"])


def pack_all(*, position: int) -> None:
    """Derive every packed row anew from the history of facts."""
    renew(newest_facts(), position=position, anew=True)


def newest_facts(source: str = "standards_fact f", bounds: Sequence[Any] = ()) -> Iterator[Known]:
    """Yield each enterprise that knows something, in the order of their numbers, with the newest value of each fact.

    `source` is a table expression of ours that gives the rows f, with a placeholder for each of the bounds.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(_NEWEST.format(source), list(bounds))
        rows = iter(lambda: cursor.fetchmany(5_000), [])
        for number, same in groupby((row for part in rows for row in part), key=itemgetter(0)):
            yield number, {name: _held(*next(each)[2:]) for name, each in groupby(same, key=itemgetter(1))}


def words_made() -> Word:
    """Return how to number a word; one that has no number yet gets the next."""
    known = {text: number for number, text in FactWord.objects.values_list("pk", "text")}

    def numbered(text: str) -> int:
        if text not in known:
            known[text] = FactWord.objects.create(text=text).pk
            if known[text] >= MOST_WORDS:
                raise OverflowError("packed facts hold no more words")
        return known[text]

    return numbered


def _facts_of(pairs: Iterable[tuple[int, str]]) -> Iterator[Known]:
    """Yield these facts of these enterprises, each enterprise once; given and yielded in the order of their numbers."""
    for number, same in groupby(_parts_of(iter(pairs)), key=itemgetter(0)):
        yield number, {name: held for _, facts in same for name, held in facts.items()}


def _parts_of(pairs: Iterator[tuple[int, str]]) -> Iterator[Known]:
    """Yield the same, some pairs a statement: an enterprise at the end of one comes again at the start of the next."""
    while part := list(islice(pairs, AT_ONCE)):
        marks = ", ".join(["(%s, %s)"] * len(part))
        yield from newest_facts(_OF_PAIRS.format(marks=marks), [each for pair in part for each in pair])


def _touch(numbers: Iterable[int], position: int) -> None:
    """Note that enterprises changed; who has no row yet gets one."""
    numbers = iter(numbers)
    while part := list(islice(numbers, AT_ONCE)):
        _keep([CurrentFacts(pk=number, position=position) for number in part], ["position"])


def _keep(rows: Sequence[CurrentFacts], changed: Sequence[str]) -> None:
    CurrentFacts.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["enterprise"], update_fields=list(changed)
    )


def _held(value: str, day: str, until: str, source: str) -> Held:
    return Held(json.loads(value), date.fromisoformat(day), date.fromisoformat(until), source)
