"""Which official documents may be drafted about a danger, by whom, and to whom they go."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from zhiben.dangers.domain.kinds import Channel, Level, SetBy, State, StopStatus
from zhiben.dangers.domain.listing import ListingState, PublicationKind, PublicationState
from zhiben.dangers.domain.papers import OF_ENTERPRISE, OF_SUPERVISOR, Footing, Paper, papers_called_for
from zhiben.dangers.models import Danger, Publication
from zhiben.dangers.selectors import paper_facts as told
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.selectors.standing import Mover
from zhiben.documents.public import DocumentPermission, DocumentState, documents_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.periods import local_day
from zhiben.orgs.models import Person

OUT = frozenset({DocumentState.ISSUED, DocumentState.SERVED})
TO_NOBODY = frozenset(
    {
        Paper.ACCEPTANCE,
        Paper.LISTING_REVIEW,
        Paper.LISTING_PUBLISHED,
        Paper.REMOVAL_PUBLISHED,
    }
)  # fmt: skip  -- records and publications


def papers_for(actor: Actor, danger: Danger) -> list[Paper]:
    """Return the documents that the actor may draft now: a supervisor's for the department, else the enterprise's.

    What was issued since its occasion is not drafted again, unless it was withdrawn.
    """
    if not actor.may(DocumentPermission.DRAFT, danger.place):
        return []
    called = [paper for paper in papers_called_for(footing_of(danger)) if issuer_of(actor, danger, paper)]
    out = {}
    for row in documents_of(subject_of(danger.pk)) if called else ():
        if row.state in OUT:
            out[row.kind] = local_day(row.drafted_at)
    return [paper for paper in called if not _is_out(danger, paper, out.get(paper))]


def _is_out(danger: Danger, paper: Paper, drafted_on: date | None) -> bool:
    """Tell whether a paper that was issued is about what stands now, not about an earlier listing or stop."""
    occasion = OCCASIONS[paper](danger) if drafted_on and paper in OCCASIONS else None
    return occasion is not None and drafted_on is not None and drafted_on >= occasion


def footing_of(danger: Danger) -> Footing:
    """Return how a danger stands, as far as documents follow from it."""
    listing, stop, extension = told.newest_listing(danger), told.newest_stop(danger), told.newest_extension(danger)
    published = Publication.objects.filter(listing=listing, state=PublicationState.RELEASED) if listing else ()
    return Footing(
        state=State(danger.state),
        level=Level(danger.level),
        due_set_by=SetBy(danger.due_set_by) if danger.due_set_by else None,
        is_supervised=danger.channel in {Channel.INSPECTION, Channel.PUBLIC_REPORT},
        stop=StopStatus(stop.status) if stop else None,
        listing=ListingState(listing.state) if listing else None,
        published=frozenset(PublicationKind(row.kind) for row in published),
        is_extension_granted=extension.is_granted if extension else None,
        is_extension_pending=extension is not None and extension.is_granted is None,
        is_closure_requested=danger.is_closure_requested,
        is_closure_granted=danger.is_closure_requested and _closure_day(danger) is not None,
    )


def issuer_of(actor: Actor, danger: Danger, paper: Paper) -> tuple[int | None, int | None] | None:
    """Return the department or the enterprise that issues a paper drafted by this actor; None: not theirs to draft."""
    me = Person.objects.filter(pk=actor.person).first() if actor.person else None
    if me is None:
        return None
    if me.department_id is not None:
        theirs = paper not in OF_ENTERPRISE and Mover(actor).supervises(danger)
        return (me.department_id, party_of(danger)) if theirs else None
    if paper in OF_SUPERVISOR or me.enterprise_id not in {danger.enterprise_id, danger.party_id}:
        return None
    return (None, me.enterprise_id)


def issues_for_department(actor: Actor, dangers: Iterable[Danger]) -> frozenset[int]:
    """Return those of these dangers whose documents the actor drafts for their department."""
    if not Person.objects.filter(pk=actor.person or 0, department__isnull=False).exists():
        return frozenset()
    mover = Mover(actor)
    mine = (one for one in dangers if actor.may(DocumentPermission.DRAFT, one.place) and mover.supervises(one))
    return frozenset(one.pk for one in mine)


def issuer_of_notice(actor: Actor, danger: Danger) -> tuple[int | None, int | None] | None:
    """Return the department that issues notices of a danger drafted by this actor: an enterprise issues none."""
    issuer = issuer_of(actor, danger, Paper.LISTING)  # any paper that a supervisor alone issues
    return issuer if issuer and issuer[0] is not None else None


def party_of(danger: Danger) -> int | None:
    """Return the enterprise that answers for a danger."""
    return danger.party_id or danger.enterprise_id


def recipient_of(danger: Danger, paper: Paper) -> str:
    """Return to whom a paper goes."""
    if paper is Paper.TRANSFER:
        return danger.transferred_to.name if danger.transferred_to else ""
    if paper is Paper.CLOSURE_ASKED:
        return _government(danger)
    if paper in OF_ENTERPRISE:
        return danger.department.name if danger.department else ""
    return "" if paper in TO_NOBODY else told.responsible_of(danger)


def _government(danger: Danger) -> str:
    """Return the government that alone may close an enterprise: that of the department's unit."""
    unit = danger.department.unit.name if danger.department else ""
    return f"{unit}人民政府" if unit else ""


def _closure_day(danger: Danger) -> date | None:
    answer = told.closure_answer(danger)
    return answer.on if answer and (answer.body.get("facts") or {}).get("granted") else None


def _listing_day(name: str) -> Callable[[Danger], date | None]:
    return lambda danger: getattr(told.newest_listing(danger), name, None)


def _stop_day(name: str) -> Callable[[Danger], date | None]:
    return lambda danger: getattr(told.newest_stop(danger), name, None)


def _extension_day(name: str) -> Callable[[Danger], date | None]:
    return lambda danger: getattr(told.newest_extension(danger), name, None)


def _requested_on(danger: Danger) -> date | None:
    asked = told.closure_asked(danger)
    return asked.on if asked else None


def _released_on(kind: PublicationKind) -> Callable[[Danger], date | None]:
    def day(danger: Danger) -> date | None:
        row = told.released_publication(danger, kind)
        return local_day(row.released_at) if row and row.released_at else None

    return day


OCCASIONS: Mapping[Paper, Callable[[Danger], date | None]] = {
    Paper.STOP: _stop_day("ordered_on"),
    Paper.RESUME_ASKED: _stop_day("assessed_on"),
    Paper.RESUMPTION: _stop_day("reviewed_on"),
    Paper.LISTING: _listing_day("listed_on"),
    Paper.LISTING_REVIEW: _listing_day("reviewed_on"),
    Paper.DELISTING: _listing_day("ended_on"),
    Paper.UNLISTING: _listing_day("ended_on"),
    Paper.EXTENSION_ASKED: _extension_day("asked_on"),
    Paper.EXTENSION: _extension_day("answered_on"),
    Paper.CLOSURE_ASKED: _requested_on,
    Paper.CLOSURE: _closure_day,
    Paper.LISTING_PUBLISHED: _released_on(PublicationKind.LISTING),
    Paper.REMOVAL_PUBLISHED: _released_on(PublicationKind.REMOVAL),
    Paper.ACCEPTANCE: lambda danger: danger.closed_on,
    Paper.SIGN_OFF: lambda danger: danger.closed_on,
}
