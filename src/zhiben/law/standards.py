"""The determination standards: their editions, clauses and composite rules, and which of them hold on a day.

    standard("gongmao-2023")               one edition, by id; refused where there is none
    edition("gongmao", day)                the edition of a family in force on a day
    editions_on(day)                       every edition in force
    standards_for({"coal_mine"}, day)      those that bind an enterprise of these industries
    clause("gongmao-2023", "12(2)")        one clause
    clauses_in_force({"coal_mine"}, day)   every clause that binds it, for text match and pages
    facts_asked({"coal_mine"}, day)        what must be known to judge it, most of it shared by several clauses

Beside the packs shipped there may be editions of a region, handed in by whoever keeps them (`look_also`): they are found
by id and bind nobody unless they are named to who judges (`also=`). An edition is in force on `effective <= day < repealed`; one without an effective day is known and never judged.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, NotFound
from zhiben.kernel.periods import Period
from zhiben.law import store
from zhiben.law.because import because
from zhiben.law.facts import SEEN, industries, widened

Decidable = Literal["facts", "monitoring", "inspection"]

_YEAR = re.compile(r"-(\d{4}|trial)$")
_NOWHERE = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a standard. Empty sets bind everybody; a general group stays when groups are chosen."""

    label: Bilingual
    industries: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    is_general: bool = False
    is_element: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One case of a standard, in our own words. `rule` is there unless somebody must look."""

    standard: str
    ref: str
    group: Group | None
    summary: Bilingual
    decidable: Decidable
    facts: tuple[str, ...]
    rule: str | None
    is_whole: bool  # the rule takes in all that the summary names, so it may also answer *absent*
    is_element: bool  # counts towards composites, never a major hazard alone
    verify: bool  # still to be checked against the official text
    checked: int  # independent copies the paraphrase was compared with, beyond the first

    @property
    def seen(self) -> str:
        """Return the implicit fact of an on-site look, for a clause that needs one."""
        return f"{SEEN}{self.standard}/{self.ref}"


@dataclass(frozen=True, slots=True)
class Count:
    """At least so many of these elements."""

    refs: tuple[str, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Composite:
    """A hazard made of elements at certain places: every count must be reached."""

    ref: str  # composite:<place>
    places: frozenset[str]
    summary: Bilingual
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Successor:
    """A later edition whose first day is not known, and since when it is known to exist."""

    id: str
    known_since: date


@dataclass(frozen=True, slots=True)
class Standard:
    """One edition of a determination standard."""

    id: str
    family: str
    title: Bilingual
    issuer: Bilingual
    document: str
    issued: date | None
    effective: date | None
    repealed: date | None
    supersedes: tuple[str, ...]
    superseded_by: tuple[str, ...]
    supplements: str | None
    companions: tuple[str, ...]
    expected_successor: Successor | None
    industries: frozenset[str]
    scope: Bilingual | None
    counts: Mapping[str, Any]
    tables: Mapping[str, Any]
    confidence: str
    verify_fields: tuple[str, ...]
    is_incomplete: bool
    is_header_only: bool
    is_topics_only: bool
    is_single_source: bool
    notes: str
    sources: tuple[str, ...]
    clauses: tuple[Clause, ...]
    composites: tuple[Composite, ...]
    region: str = ""  # the path of the part of the tree that it binds; empty: everywhere
    is_proposal: bool = False  # of somebody who may not make law
    digest: str = ""  # of a text that is not among the packs
    document_en: str = ""

    def in_force(self, day: date) -> bool:
        """Tell whether this edition holds on `day`; never without an effective day."""
        return self.effective is not None and day in Period(self.effective, self.repealed)

    @property
    def number(self) -> Bilingual:
        """The number of its document; in English as it is written where nothing else is."""
        return Bilingual(self.document, self.document_en or self.document)

    @property
    def may_clear(self) -> bool:
        """Tell whether all its cases are known here, so that an enterprise can be found clear of them."""
        return not (self.is_incomplete or self.is_header_only or self.is_topics_only)

    @property
    def is_cross_cutting(self) -> bool:
        """Tell whether it binds enterprises of any industry."""
        known = industries()
        return any(known[slug].is_cross_cutting for slug in self.industries)


def standard(id: str) -> Standard:  # noqa: A002 -- the word the packs use
    """Return one edition; refuse an unknown id, telling the nearest ones."""
    found = held(id)
    if found is None:
        near = get_close_matches(id, store.documents("standards"), n=3)
        raise NotFound("standard:unknown", field="standard", standard=id, near=near)
    return found


def held(id: str) -> Standard | None:  # noqa: A002 -- as above
    """Return one edition of the packs, of those tried out just now, or of those handed in; None: nobody knows it."""
    if id in store.documents("standards"):
        return _of_packs(id)
    if id in _TRIED.get():
        return _TRIED.get()[id]
    return next((found for source in _SOURCES if (found := source(id)) is not None), None)


def look_also(source: Callable[[str], Standard | None]) -> None:
    """Find editions by id also where `source` knows them: a region's own."""
    if source not in _SOURCES:
        _SOURCES.append(source)


@contextmanager
def trying(*drafts: Standard) -> Iterator[None]:
    """Let drafts be found by id for as long as the block lasts: their examples look at their own clauses."""
    token = _TRIED.set({**_TRIED.get(), **{each.id: each for each in drafts}})
    try:
        yield
    finally:
        _TRIED.reset(token)


_SOURCES: list[Callable[[str], Standard | None]] = []
_TRIED: ContextVar[Mapping[str, Standard]] = ContextVar("zhiben_tried", default={})  # noqa: B039 -- replaced, never changed


@cache
def _of_packs(id: str) -> Standard:  # noqa: A002 -- as above
    return read(store.documents("standards")[id])


@cache
def standards() -> Mapping[str, Standard]:
    """Return every edition known, by id, also those that are never judged."""
    return {name: standard(name) for name in sorted(store.documents("standards"))}


def editions(family: str) -> tuple[Standard, ...]:
    """Return the editions of a family, oldest first, those without an effective day last."""
    found = [known for known in standards().values() if known.family == family]
    return tuple(sorted(found, key=lambda known: (known.effective or date.max, known.id)))


def edition(id: str, day: date) -> Standard:  # noqa: A002 -- the word the packs use
    """Return the edition to judge by: the named one, or the one of a named family, if it holds on `day`."""
    named = held(id)
    if named and named.region and named.in_force(day):
        return named
    family = editions(named.family if named else id)
    if not family:
        raise NotFound("standard:unknown", field="standard", standard=id, near=_near(id))
    holding = [known for known in family if known.in_force(day)]
    if named is None and holding:
        return holding[0]
    if named in holding:
        return named
    told: dict[str, Any] = {"field": "standard", "standard": id, "day": day.isoformat()}
    if named and named.effective is None:
        raise Conflict("standard:never-judged", **told, reason=because("施行日期未知", "its first day is not known"))
    raise Conflict("standard:not-in-force", **told, in_force=[known.id for known in holding])


def editions_on(day: date) -> tuple[Standard, ...]:
    """Return every edition in force on `day`, by id."""
    return tuple(known for known in standards().values() if known.in_force(day))


def standards_for(industries: Iterable[str], day: date) -> tuple[Standard, ...]:
    """Return the editions in force on `day` that name one of these industries or of those they lie within."""
    bound = widened(industries)
    return tuple(known for known in editions_on(day) if known.industries & bound)


def clause(standard_id: str, ref: str) -> Clause:
    """Return one clause; refuse an unknown reference."""
    known = standard(standard_id)
    found = next((each for each in known.clauses if each.ref == ref), None)
    if found is None:
        near = get_close_matches(ref, [each.ref for each in known.clauses], n=3)
        raise NotFound("clause:unknown", field="clause", standard=standard_id, clause=ref, near=near)
    return found


def clauses_in_force(industries: Iterable[str], day: date, *, also: Iterable[Standard] = ()) -> tuple[Clause, ...]:
    """Return every clause that binds an enterprise of these industries on `day`, standard by standard."""
    bound = widened(industries)
    found = (*standards_for(bound, day), *beside(also, bound, day))
    return tuple(each for known in found for each in known.clauses if binds(each, bound))


def beside(also: Iterable[Standard], bound: frozenset[str], day: date) -> tuple[Standard, ...]:
    """Return which of the editions beside those of the packs bind these industries (already widened) on a day."""
    return tuple(known for known in also if known.in_force(day) and known.industries & bound)


def facts_asked(
    industries: Iterable[str], day: date, *, also: Iterable[Standard] = ()
) -> Mapping[str, tuple[Clause, ...]]:
    """Return the facts and on-site looks that judging such an enterprise asks for, each with the clauses that ask."""
    asked: dict[str, list[Clause]] = {}
    for each in clauses_in_force(industries, day, also=also):
        for name in each.facts or (each.seen,):
            asked.setdefault(name, []).append(each)
    return {name: tuple(clauses) for name, clauses in asked.items()}


def binds(each: Clause, bound: frozenset[str]) -> bool:
    """Tell whether a clause speaks to any of these industries (already widened)."""
    return each.group is None or not each.group.industries or bool(each.group.industries & bound)


def of_region(known: Standard, *, number: int, since: date, until: date | None, region: str, digest: str) -> Standard:
    """Return a region's text as the edition that one adoption of it makes: its id, days and reach are the adoption's."""
    id_ = f"{known.id}-v{number}"
    return replace(
        known,
        id=id_,
        family=known.id,
        effective=since,
        repealed=until,
        clauses=tuple(replace(each, standard=id_) for each in known.clauses),
        region=region,
        digest=digest,
    )


def _near(id: str) -> list[str]:  # noqa: A002 -- the word the packs use
    known = standards().values()
    return get_close_matches(id, {each.id for each in known} | {each.family for each in known}, n=3)


def read(written: store.Document) -> Standard:
    """Return the edition that a document describes, which keeps to the schema."""
    id, groups = written["id"], _groups(written)  # noqa: A001 -- the word the packs use
    clauses = tuple(_clause(id, each, groups) for each in written["clauses"])
    composites = tuple(_composite(each, clauses) for each in written.get("composite_rules", ()))
    counted = {ref for composite in composites for count in composite.counts for ref in count.refs}
    return Standard(
        id=id,
        family=_YEAR.sub("", id),
        title=Bilingual.of(written["title"]),
        issuer=Bilingual.of(written["issuer"]),
        document=written["document"],
        document_en=written.get("document_en", ""),
        issued=_day(written["issued"]),
        effective=_day(written["effective"]),
        repealed=_day(written["repealed"]),
        supersedes=tuple(written["supersedes"]),
        superseded_by=_successors(written),
        supplements=written.get("supplements"),
        companions=tuple(written.get("companions", ())),
        expected_successor=_expected(written.get("expected_successor")),
        industries=frozenset(written["industries"]),
        scope=Bilingual.of(written["scope"]) if "scope" in written else None,
        counts=written.get("counts", {}),
        tables=written.get("tables", {}),
        confidence=written["confidence"],
        verify_fields=tuple(written.get("verify_fields", ())),
        is_incomplete=written.get("incomplete", False),
        is_header_only=written.get("header_only", False) or not clauses,
        is_topics_only=written.get("topics_only", False),
        is_single_source=written.get("single_source", False),
        notes=written.get("notes", ""),
        sources=tuple(written.get("sources", ())),
        clauses=tuple(replace(each, is_element=each.is_element or each.ref in counted) for each in clauses),
        composites=composites,
        is_proposal=written.get("proposal", False),
    )


def _groups(written: store.Document) -> dict[str, Group]:
    """Return the groups that the header says something about, by their Chinese name."""
    return {
        each["zh"]: Group(
            _NOWHERE,
            frozenset(each.get("industries", ())),
            frozenset(each.get("places", ())),
            is_general=each.get("general", False),
            is_element=each.get("element", False),
        )
        for each in written.get("groups", ())
    }


def _clause(id: str, written: store.Document, groups: Mapping[str, Group]) -> Clause:  # noqa: A002 -- as above
    label = Bilingual.of(written["group"]) if "group" in written else None
    group = replace(groups.get(label.zh, Group(label)), label=label) if label else None
    return Clause(
        standard=id,
        ref=written["ref"],
        group=group,
        summary=Bilingual.of(written["summary"]),
        decidable=written["decidable"],
        facts=tuple(written.get("facts", ())),
        rule=written.get("rule"),
        is_whole=written.get("whole", False),
        is_element=group is not None and group.is_element,
        verify=written.get("verify", False),
        checked=written.get("checked", 1),
    )


def _composite(written: store.Document, clauses: tuple[Clause, ...]) -> Composite:
    refs = written["refs"]
    if refs == "any_composite":
        refs = [each.ref for each in clauses if each.is_element]
    counts = [Count(tuple(refs), written["at_least"])]
    if "and_refs" in written:
        counts.append(Count(tuple(written["and_refs"]), written["and_at_least"]))
    places = frozenset({written["place"], *written["places"]})
    return Composite(f"composite:{written['place']}", places, Bilingual.of(written), tuple(counts))


def _successors(written: store.Document) -> tuple[str, ...]:
    """Return the editions that follow, whichever side names the other."""
    named = {written["superseded_by"]} if written.get("superseded_by") else set()
    naming = {other["id"] for other in store.documents("standards").values() if written["id"] in other["supersedes"]}
    return tuple(sorted(named | naming))


def _expected(written: store.Document | None) -> Successor | None:
    return Successor(written["id"], date.fromisoformat(written["known_since"])) if written else None


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
