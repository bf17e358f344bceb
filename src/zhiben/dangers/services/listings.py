"""A danger under listed supervision: listed by an order under a region's terms, reviewed, removed by another person."""

from datetime import date
from typing import Any

from zhiben.dangers.domain.clock import MORNING, Clock, Promise, moment
from zhiben.dangers.domain.kinds import Flag, Role, SetBy
from zhiben.dangers.domain.listing import ListingState
from zhiben.dangers.domain.standing_rules import RulesKind, regional_terms
from zhiben.dangers.models import Listing, RegionalRules
from zhiben.dangers.selectors.listings import listing_subject, standing_listing, terms_of_listing
from zhiben.dangers.selectors.regional import rules_for
from zhiben.dangers.services.case import Case, Change
from zhiben.dangers.services.clocking import put, stored_day
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.law.listings import DEFAULT, Authority, ListingClock, Term, Terms, template
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Department

LEVELS = {
    UnitKind.NATION: Authority.PROVINCE,
    UnitKind.PROVINCE: Authority.PROVINCE,
    UnitKind.CITY: Authority.CITY,
    UnitKind.COUNTY: Authority.COUNTY,
    UnitKind.TOWNSHIP: Authority.TOWN,
}


def promise_by(term: Term, clock: Clock, start: date) -> Promise:
    """Return what a term promises: by its clause, or as a setting under the name of its template."""
    day = term.day(start)
    if term.source:
        return Promise(clock, day, SetBy.LAW, term.source.instrument, term.source.clause)
    known = template(term.template).title.zh if term.template != "own" else "本地区规则"
    return Promise(clock, day, SetBy.SETTING, known[:100])


def list_danger(case: Case, due_on: date) -> None:
    """Put it on the list of one's own level of authority; the limit of the list is the limit to rectify, by order."""
    department = _authority(case)
    level = LEVELS.get(UnitKind(department.unit.kind), Authority.COUNTY)
    rules = rules_for(RulesKind.LISTING, [case.danger.path], case.today)[case.danger.path]
    rules = rules if rules and rules.since and rules.since <= case.today else None
    name = rules.template if rules else DEFAULT
    terms = regional_terms(name, rules.body if rules else {}, level, case.today)
    longest = terms[ListingClock.LIMIT].day(case.today)
    if due_on > longest:
        raise Invalid("listing:limit-too-long", field="due_on", longest=longest.isoformat())
    case.rows.append(_new(case, department, level, name, rules, terms, due_on))
    _start(case, terms)
    case.flag(Flag.LISTED, up=True, reason=case.given.reason)
    case.involve(Role.OFFICER)
    case.facts |= {"authority": str(level), "order": case.given.order, "template": name}


def _authority(case: Case) -> Department:
    """Return the listing authority: the department of whoever lists, else the supervising one."""
    mine = Department.objects.filter(people=case.actor.person) if case.actor.person else Department.objects.none()
    found = mine.select_related("unit").first()
    found = found or Department.objects.filter(pk=case.danger.department_id or 0).select_related("unit").first()
    if found is None:
        raise Conflict("listing:no-authority")
    return found


def _new(  # noqa: PLR0917 -- the parts of one row, all of them known only here
    case: Case,
    department: Department,
    level: Authority,
    name: str,
    rules: RegionalRules | None,
    terms: Terms,
    due_on: date,
) -> Listing:
    return Listing(
        danger=case.danger,
        authority=level,
        department=department,
        order=case.given.order.strip(),
        reason=case.given.reason,
        template=name,
        rules=rules,
        terms={str(kind): term.write() for kind, term in terms.items()},
        listed_on=case.today,
        listed_by_id=case.actor.id,
        limit_on=due_on,
        longest_on=terms[ListingClock.LIMIT].day(case.today),
        ask_until=terms[ListingClock.EXTENSION_ASK].day(due_on),
    )


def _start(case: Case, terms: Terms) -> None:
    """Start the clocks of the listing; where no term sets one, there is none."""
    for kind, clock in ((ListingClock.REPORT, Clock.LIST_REPORT), (ListingClock.PUBLISH, Clock.LIST_PUBLISH)):
        if kind in terms:
            case.start(promise_by(terms[kind], clock, case.today))


def promise_of_listing(case: Case, kind: ListingClock, clock: Clock) -> Promise | None:
    """Return what the terms of the standing listing promise from today; None where it is not listed."""
    if not case.danger.is_listed:
        return None
    listing = standing_listing(case.danger.pk)
    terms = terms_of_listing(listing) if listing else {}
    return promise_by(terms[kind], clock, case.today) if kind in terms else None


def follow_limit(case: Case, day: date) -> None:
    """Let the limit of the list follow the limit to rectify, and with it the last day to ask for more time."""
    listing = standing_listing(case.danger.pk) if case.danger.is_listed else None
    if listing is not None:
        ask_until = terms_of_listing(listing)[ListingClock.EXTENSION_ASK].day(day)
        _change(case, listing, limit_on=day, ask_until=ask_until)


def pass_review(case: Case) -> None:
    """Keep the acceptance record; who passed it does not remove it from the list."""
    told = {"reviewed_on": case.today, "reviewed_by_id": case.actor.id, "review": case.given.report}
    _change(case, _standing(case), state=ListingState.REVIEWED, **told)


def let_review_go(case: Case) -> None:
    """Take a passed review back: the danger went back to be rectified."""
    listing = standing_listing(case.danger.pk) if case.danger.is_listed else None
    if listing is not None and listing.state == ListingState.REVIEWED:
        _change(case, listing, state=ListingState.STANDING, reviewed_on=None, reviewed_by_id=None, review="")


def remove(case: Case) -> None:
    """Take it off the list; its removal is to be published within the days that the terms set."""
    listing = _standing(case)
    until = promise_by(terms_of_listing(listing)[ListingClock.PUBLISH_REMOVAL], Clock.DELIST_PUBLISH, case.today)
    reason = f"{case.given.order} {case.given.reason}".strip()
    _end(case, listing, ListingState.REMOVED, reason, next_at=moment(until.day, MORNING))
    kept = stored_day(listing_subject(listing.pk), until)
    put([kept], actor=case.actor, now=case.now)
    case.facts |= {"order": case.given.order, "publish_by": until.day.isoformat()}


def withdraw(case: Case) -> None:
    """Take it off the list because it should not have been listed."""
    _end(case, _standing(case), ListingState.WITHDRAWN, case.given.reason)


def _end(case: Case, listing: Listing, state: ListingState, reason: str, **more: Any) -> None:
    _change(case, listing, state=state, ended_on=case.today, ended_by_id=case.actor.id, end_reason=reason, **more)
    case.flag(Flag.LISTED, up=False, reason=case.given.reason)


def _standing(case: Case) -> Listing:
    listing = standing_listing(case.danger.pk)
    if listing is None:
        raise Conflict("listing:not-listed")
    return listing


def _change(case: Case, listing: Listing, **columns: Any) -> None:
    case.changes.append(Change(Listing, {"pk": listing.pk}, columns))  # the danger's version holds it
