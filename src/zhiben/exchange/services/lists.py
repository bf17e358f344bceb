"""The lists that can be taken out: for each its columns, its rows as far as an actor may see them, and its page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhiben.dangers.public import Channel, Filters, Level, State, count_dangers_for, dangers_for, filters_of, label
from zhiben.insights.public import (
    CLEARING_COLUMNS,
    FormCell,
    InsightPermission,
    asked_of,
    form_rows,
    heading_of,
    ledger_rows,
    name_of,
)
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.periods import local_day
from zhiben.law.facts import industries
from zhiben.law.matters import matters
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.selectors.listing import count_enterprises, enterprises_listed, wanted_of

PAGE = 500
COUNTED = 10_000
Value = str | int | date | None
Row = Mapping[str, Any]
Rows = Callable[[Actor, QueryDict], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width, how a row's value is read."""

    heading: str | Promise
    width: int
    read: Callable[[Row, str], Value]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its title, its page, its columns, its rows for the query of its page, and how many they are at most."""

    title: str | Promise
    page: str
    columns: tuple[Column, ...]
    rows: Rows
    count: Callable[[Actor, QueryDict], int]


def listing_named(name: str) -> Listing:
    """Return a list by its name."""
    if name not in LISTS:
        raise NotFound("export:no-such-list", list=name)
    return LISTS[name]


def danger_rows(actor: Actor, filters: Filters) -> Iterator[Row]:
    """Give the dangers inside the actor's reach, newest first."""
    after = None
    while True:
        page = dangers_for(actor, filters, after=after, limit=PAGE)
        yield from page.dicts()
        if page.next is None:
            return
        after = page.next


# dangers --------------------------------------------------------------------------------------------------------------


def _text(name: str) -> Callable[[Row, str], Value]:
    return lambda row, _language: row[name] or None


def _number(name: str) -> Callable[[Row, str], Value]:
    return lambda row, _language: row[name]


def _day(name: str) -> Callable[[Row, str], Value]:
    return lambda row, _language: date.fromisoformat(row[name]) if row[name] else None


def _word(name: str, kind: Callable[[str], Any]) -> Callable[[Row, str], Value]:
    return lambda row, language: label(kind(row[name]))(language) if row[name] else None


def _state(row: Row, language: str) -> Value:
    return str(pgettext_lazy("export", "merged")) if row["merged_into"] else label(State(row["state"]))(language)


def _industry(row: Row, language: str) -> Value:
    known = industries().get(row["industry"])
    return known.label(language) if known else None


def _matter(row: Row, language: str) -> Value:
    known = matters().get(row["matter"])
    return known.title(language) if known else None


DANGERS = (
    Column(pgettext_lazy("export", "Number"), 24, _text("number")),
    Column(pgettext_lazy("export", "Found on"), 12, _day("found_on")),
    Column(pgettext_lazy("export", "Enterprise"), 30, _text("enterprise_name")),
    Column(pgettext_lazy("export", "Unit"), 24, _text("unit_name")),
    Column(pgettext_lazy("export", "Place"), 18, _text("place_text")),
    Column(pgettext_lazy("export", "Description"), 50, _text("description")),
    Column(pgettext_lazy("export", "Level"), 10, _word("level", Level)),
    Column(pgettext_lazy("export", "State"), 12, _state),
    Column(pgettext_lazy("export", "Channel"), 12, _word("channel", Channel)),
    Column(pgettext_lazy("export", "Industry"), 16, _industry),
    Column(pgettext_lazy("export", "Matter"), 16, _matter),
    Column(pgettext_lazy("export", "Owner"), 12, _text("owner_name")),
    Column(pgettext_lazy("export", "Deadline"), 12, _day("due_on")),
    Column(
        pgettext_lazy("export", "Overdue"),
        10,
        lambda row, _language: str(pgettext_lazy("export", "yes")) if row["is_overdue"] else None,
    ),
    Column(pgettext_lazy("export", "Closed on"), 12, _day("closed_on")),
    Column(pgettext_lazy("export", "Merged into"), 24, _text("merged_number")),
)


# enterprises ----------------------------------------------------------------------------------------------------------


def _enterprises(actor: Actor, query: QueryDict) -> Iterator[Row]:
    wanted, after = wanted_of(actor, query), None
    while True:
        rows = enterprises_listed(actor, wanted, after=after, limit=PAGE)
        for one in rows[:PAGE]:
            site = one.registered_site
            yield {
                "name": one.name,
                "credit_code": one.credit_code,
                "industries": slugs_of(one.industries_mask),
                "region": site.parent.name if site and site.parent else None,
                "principal": one.principal.name if one.principal else None,
                "employees": one.employees,
            }
        if len(rows) <= PAGE:
            return
        after = (rows[PAGE - 1].plain_name, rows[PAGE - 1].pk)


def _industries(row: Row, language: str) -> Value:
    known = industries()
    return ("、" if language.startswith("zh") else ", ").join(known[slug].label(language) for slug in row["industries"])


ENTERPRISES = (
    Column(pgettext_lazy("export", "Enterprise"), 36, _text("name")),
    Column(pgettext_lazy("export", "Credit code"), 22, _text("credit_code")),
    Column(pgettext_lazy("export", "Industries"), 36, _industries),
    Column(pgettext_lazy("export", "Registered in"), 18, _text("region")),
    Column(pgettext_lazy("export", "Principal person in charge"), 18, _text("principal")),
    Column(pgettext_lazy("export", "Employees"), 12, _number("employees")),
)


# the clearing ledger --------------------------------------------------------------------------------------------------


def _clearing(actor: Actor, query: QueryDict) -> Iterator[Row]:
    if not actor.has(InsightPermission.VIEW):
        return
    asked = asked_of(actor, query, local_day(timezone.now()))
    names = [name for name, _words in CLEARING_COLUMNS]
    for cell, row in ledger_rows(asked):
        yield {"name": name_of(asked.by, cell), **dict(zip(names, astuple(row), strict=True))}


def _name(row: Row, language: str) -> Value:
    name = row["name"]
    return name if isinstance(name, str) else str(name(language))


CLEARING = (
    Column(pgettext_lazy("export", "Cut"), 30, _name),
    *(Column(words, 12, _number(name)) for name, words in CLEARING_COLUMNS),
)


# statutory forms ------------------------------------------------------------------------------------------------------


def _form(actor: Actor, query: QueryDict) -> Iterator[Row]:
    if actor.has(InsightPermission.VIEW):
        yield from form_rows(actor, query, local_day(timezone.now()))


def _cell(cell: FormCell) -> Callable[[Row, str], Value]:
    return lambda row, _language: row["said"].get(cell)


def _form_name(row: Row, language: str) -> Value:
    name = row["name"]
    return name if isinstance(name, str) else str(name(language))


FORMS = (
    Column(pgettext_lazy("export", "Unit"), 30, _form_name),
    Column(pgettext_lazy("export", "Period"), 10, _text("period")),
    Column(pgettext_lazy("export", "Version"), 10, _text("version")),
    *(Column(heading_of(cell), 14, _cell(cell)) for cell in FormCell),
)


LISTS: Mapping[str, Listing] = {
    "form": Listing(
        _("Statutory form"),
        "insights:form",
        FORMS,
        _form,
        lambda actor, query: sum(1 for _row in _form(actor, query)),
    ),
    "dangers": Listing(
        _("Hidden dangers"),
        "dangers:list",
        DANGERS,
        lambda actor, query: danger_rows(actor, filters_of(query, actor)),
        lambda actor, query: count_dangers_for(actor, filters_of(query, actor), at_most=COUNTED),
    ),
    "enterprises": Listing(
        _("Enterprises"),
        "orgs:enterprises",
        ENTERPRISES,
        _enterprises,
        lambda actor, query: count_enterprises(actor, wanted_of(actor, query)),
    ),
    "clearing": Listing(
        _("Clearing ledger"),
        "insights:clearing",
        CLEARING,
        _clearing,
        lambda actor, query: sum(1 for _row in _clearing(actor, query)),
    ),
}
