"""What the official documents of a hidden danger say: the facts on record, gathered for each kind."""

from collections.abc import Callable, Mapping
from typing import Any

from zhiben.dangers.domain.kinds import ClosureGround, EvidenceKind, Extent, Level, Role
from zhiben.dangers.domain.listing import NAMES, PublicationKind, PublicationState
from zhiben.dangers.domain.papers import Paper
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import (
    CandidateClause,
    Danger,
    Evidence,
    Extension,
    Listing,
    Participant,
    Publication,
    StopOrder,
)
from zhiben.dangers.selectors.reading import subject_of
from zhiben.journal.public import Recorded, history
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.periods import local_day
from zhiben.law.listings import Authority
from zhiben.law.matters import matters
from zhiben.law.standards import held
from zhiben.orgs.models import Enterprise

Facts = dict[str, Any]


def facts_of(danger: Danger, paper: Paper) -> Facts:
    """Return the facts of one paper."""
    if paper in PUBLISHED:  # what is published is what was released, never the words of the record
        return _published(danger, PUBLISHED[paper])
    return danger_facts(danger) | OF[paper](danger)


def danger_facts(danger: Danger) -> Facts:
    """Return what every document about a danger says of it."""
    return {
        "danger_number": danger.number,
        "description": danger.description,
        "place": " ".join(filter(None, (danger.unit.name, danger.place_text))),
        "found_on": danger.found_on,
        "level": _level(danger),
        "responsible": responsible_of(danger),
    }


def _level(danger: Danger) -> Bilingual:
    if danger.level == Level.MAJOR:
        return Bilingual("重大事故隐患", "major hidden danger")
    return Bilingual(
        "一般事故隐患" if danger.level else "隐患", "general hidden danger" if danger.level else "hidden danger"
    )


def responsible_of(danger: Danger) -> str:
    """Return the name of who answers for a danger."""
    party: Enterprise | None = danger.party or danger.enterprise
    return party.name if party else danger.unit.name


def _rectify(danger: Danger) -> Facts:
    return {"basis": basis_of(danger), "due_on": danger.due_on}


def newest_stop(danger: Danger) -> StopOrder | None:
    """Return the newest stop order of a danger."""
    return StopOrder.objects.filter(danger=danger).select_related("workshop").order_by("-pk").first()


def _stop(danger: Danger) -> Facts:
    order = newest_stop(danger)
    reason = {"stop_reason": order.reason if order else None}
    return {**_what_stops(order), **reason, **_rectify(danger)}


def _what_stops(order: StopOrder | None) -> Facts:
    if order is None:
        return dict.fromkeys(("extent", "scope", "ordered_on"))
    parts = (order.workshop.name if order.workshop else "", order.equipment, order.scope)
    told = {"extent": label(Extent(order.extent)), "scope": " ".join(filter(None, parts))}
    return {**told, "ordered_on": order.ordered_on}


def _treated_stop(danger: Danger) -> Facts:
    order = newest_stop(danger)
    names = ("assessor", "assessed_on", "conclusion")
    return {
        **_what_stops(order),
        "stop_number": order.number if order else None,
        **{name: getattr(order, name, None) for name in names},
    }


def _resume_asked(danger: Danger) -> Facts:
    return {**_treated_stop(danger), "report": report_of(danger)}


def _resumption(danger: Danger) -> Facts:
    order = newest_stop(danger)
    told = {name: getattr(order, name, None) for name in ("applied_on", "reviewed_on", "outcome")}
    return {**_treated_stop(danger), **told, "acceptors": _acceptors(danger)}


def newest_listing(danger: Danger) -> Listing | None:
    """Return the newest listing of a danger."""
    return Listing.objects.filter(danger=danger).order_by("-pk").first()


def _listed(danger: Danger, *names: str) -> Facts:
    row = newest_listing(danger)
    told = {name: getattr(row, name, None) for name in ("order", "listed_on", "limit_on", *names)}
    return {"authority": NAMES[Authority(row.authority)] if row else None, **told}


def _listing(danger: Danger) -> Facts:
    told = _listed(danger, "reason", "ask_until")
    reason = told.pop("reason")
    return {**told, "listing_reason": reason, "basis": basis_of(danger)}


def _listing_review(danger: Danger) -> Facts:
    told = _listed(danger, "review", "reviewed_on")
    return {**told, "acceptors": _acceptors(danger), "evidence": _evidence(danger)}


def _published(danger: Danger, kind: PublicationKind) -> Facts:
    listing = _listed(danger, "ended_on")
    row = released_publication(danger, kind)
    released_on = local_day(row.released_at) if row and row.released_at else None
    words = {f"published_{part}": getattr(row, part, None) for part in ("place", "text")}
    return {**listing, **words, "published_party": row.enterprise if row else None, "released_on": released_on}


def released_publication(danger: Danger, kind: PublicationKind) -> Publication | None:
    """Return what is published of the newest listing of a danger."""
    rows = Publication.objects.filter(listing=newest_listing(danger), state=PublicationState.RELEASED)
    return rows.filter(kind=kind).first()


def newest_extension(danger: Danger) -> Extension | None:
    """Return the newest application for an extension that did not come to nothing."""
    return Extension.objects.filter(danger=danger, is_moot=False).order_by("-pk").first()


def _extension_asked(danger: Danger) -> Facts:
    row = newest_extension(danger)
    return {name: getattr(row, name, None) for name in ("due_on", "wanted", "reason", "asked_on")}


def _extension(danger: Danger) -> Facts:
    row = newest_extension(danger)
    granted = row.is_granted if row else None
    answered = {name: getattr(row, name, None) for name in ("answered_on", "answer")}
    return {**_extension_asked(danger), **answered, "granted": granted is True, "refused": granted is False}


def closure_asked(danger: Danger) -> Recorded | None:
    """Return the last step that asked the government to close."""
    return last_entry(danger, lambda entry: entry.body.get("move") == "request_closure")


def closure_answer(danger: Danger) -> Recorded | None:
    """Return the government's decision on the last request, if there is one."""
    moves = {"request_closure", "answer_closure"}
    newest = last_entry(danger, lambda entry: entry.body.get("move") in moves)
    return newest if newest and newest.body["move"] == "answer_closure" else None


def _closure_asked(danger: Danger) -> Facts:
    asked = closure_asked(danger)
    body = asked.body if asked else {}
    ground = (body.get("facts") or {}).get("ground")
    return {
        "ground": label(ClosureGround(ground)) if ground else None,
        "closure_reason": str(body.get("reason") or ""),
        "requested_on": asked.on if asked else None,
    }


def _closure(danger: Danger) -> Facts:
    asked, answer = _closure_asked(danger), closure_answer(danger)
    decided = {
        "decision": str(answer.body.get("reason") or "") if answer else "",
        "decided_on": answer.on if answer else None,
    }
    return {"ground": asked["ground"], "requested_on": asked["requested_on"], **decided}


def _acceptance(danger: Danger) -> Facts:
    owner = danger.owner_person.name if danger.owner_person else danger.owner_text
    return {**_sign_off(danger), "due_on": danger.due_on, "owner": owner, "evidence": _evidence(danger)}


def _evidence(danger: Danger) -> list[Bilingual]:
    kinds = Evidence.objects.filter(danger=danger).values_list("kind", flat=True)
    return [label(EvidenceKind(kind)) for kind in dict.fromkeys(kinds.order_by("pk"))]


def _sign_off(danger: Danger) -> Facts:
    return {"report": report_of(danger), "acceptors": _acceptors(danger), "closed_on": danger.closed_on}


def _acceptors(danger: Danger) -> list[str]:
    who = Participant.objects.filter(danger=danger, role__in=[Role.ACCEPTOR, Role.OFFICER], is_current=True)
    names = who.filter(person__isnull=False).order_by("pk").values_list("person__name", flat=True)
    return list(dict.fromkeys(names))


def report_of(danger: Danger) -> str:
    """Return what was last told of the work done."""
    entry = last_entry(danger, lambda entry: bool(entry.body.get("report")))
    return str(entry.body["report"]) if entry else ""


def _transfer(danger: Danger) -> Facts:
    entry = last_entry(danger, lambda entry: entry.body.get("move") == "transfer")
    matter = matters().get(danger.matter)
    return {"matter": matter.title if matter else "", "reason": str(entry.body.get("reason") or "") if entry else ""}


def last_entry(danger: Danger, fits: Callable[[Recorded], bool]) -> Recorded | None:
    """Return the newest entry of a danger's history that fits."""
    return next((entry for entry in reversed(history(subject_of(danger.pk))) if fits(entry)), None)


def basis_of(danger: Danger) -> list[Bilingual]:
    """Return the clauses that a person chose, with their standard; whatever was only offered is no basis."""
    chosen = CandidateClause.objects.filter(danger=danger, answer="chosen").order_by("pk")
    return [found for row in chosen if (found := _clause(row))]


def _clause(row: CandidateClause) -> Bilingual | None:
    standard = held(row.standard)
    clause = next((one for one in standard.clauses if one.ref == row.clause), None) if standard else None
    if standard is None or clause is None:
        return None
    return Bilingual(
        f"《{standard.title.zh}》{clause.ref}：{clause.summary.zh}",
        f"{standard.title.en}, {clause.ref}: {clause.summary.en}",
    )


PUBLISHED = {Paper.LISTING_PUBLISHED: PublicationKind.LISTING, Paper.REMOVAL_PUBLISHED: PublicationKind.REMOVAL}
OF: Mapping[Paper, Callable[[Danger], Facts]] = {
    Paper.RECTIFY: _rectify,
    Paper.STOP: _stop,
    Paper.LISTING: _listing,
    Paper.EXTENSION_ASKED: _extension_asked,
    Paper.EXTENSION: _extension,
    Paper.RESUME_ASKED: _resume_asked,
    Paper.RESUMPTION: _resumption,
    Paper.CLOSURE_ASKED: _closure_asked,
    Paper.CLOSURE: _closure,
    Paper.LISTING_REVIEW: _listing_review,
    Paper.DELISTING: lambda danger: _listed(danger, "review", "reviewed_on", "ended_on", "end_reason"),
    Paper.UNLISTING: lambda danger: _listed(danger, "ended_on", "end_reason"),
    Paper.ACCEPTANCE: _acceptance,
    Paper.SIGN_OFF: _sign_off,
    Paper.TRANSFER: _transfer,
}
