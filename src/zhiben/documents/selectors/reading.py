"""Documents inside the actor's reach. What is out is seen by whoever sees the place; a draft only on the side that issues."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhiben.documents.domain.kinds import NUMBERED, OUT, DocumentState
from zhiben.documents.models import Document
from zhiben.documents.permissions import DocumentPermission
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.orgs.models import Person
from zhiben.orgs.scope import Scope, scope_of, seen


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as lists show it."""

    id: UUID
    kind: str
    title: Bilingual
    subject: str
    office: str
    recipient: str
    state: DocumentState
    number: str
    drafted_at: datetime
    issued_on: date | None
    served_on: date | None


def reach_of(actor: Actor) -> QuerySet[Document]:
    """Return the documents that the actor may see."""
    if actor.is_system:  # an empty condition in an `or` would be left out, not be true
        return Document.unscoped.all()
    out = Q(state__in=[str(state) for state in NUMBERED])
    return Document.unscoped.filter((out & seen(scope_of(actor, DocumentPermission.VIEW))) | own_side(actor))


def own_side(actor: Actor) -> Q:
    """Return the condition for what one's own side issues: a department's through its region, an enterprise's through it."""
    scope = scope_of(actor, DocumentPermission.DRAFT)
    official = Scope(tuple(grant for grant in scope.grants if grant.enterprise is None))
    condition = Q(department__isnull=False) & seen(official)
    for grant in scope.grants:
        if grant.enterprise is not None:
            condition |= Q(issuer=grant.enterprise) & seen(Scope((grant,)))
    return condition


def document_for(actor: Actor, document_id: UUID) -> Document:
    """Return the document if the actor may see it; else answer as if it did not exist."""
    return documents_by_id(actor, [document_id])[0]


def documents_by_id(actor: Actor, document_ids: Iterable[UUID]) -> list[Document]:
    """Return these documents in the order asked for; refuse all when one of them is not there for the actor."""
    wanted = list(dict.fromkeys(document_ids))
    found = {row.pk: row for row in _whole(reach_of(actor)).filter(pk__in=wanted)}
    if len(found) != len(wanted):
        raise NotFound("document:not-found")
    return [found[one] for one in wanted]


def documents_of(subject: str, actor: Actor | None = None) -> list[DocumentRow]:
    """Return the documents about a thing that was shown; to an actor only those that they may see. Oldest first."""
    rows = reach_of(actor) if actor else Document.unscoped.all()
    return [row_of(one) for one in _whole(rows).filter(subject=subject).order_by("id")]


def documents_about(subjects: Iterable[str], kinds: Iterable[str], actor: Actor) -> Mapping[str, Sequence[DocumentRow]]:
    """Return the documents of these kinds about each of several things that were shown, oldest first."""
    rows = _whole(reach_of(actor)).filter(subject__in=list(subjects), kind__in=list(kinds)).order_by("id")
    found: dict[str, list[DocumentRow]] = {}
    for one in rows:
        found.setdefault(one.subject, []).append(row_of(one))
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents a list shows."""

    state: str = ""
    kind: str = ""
    department: int | None = None
    enterprise: int | None = None
    text: str = ""


def ids_for(actor: Actor, wanted: Wanted, *, most: int) -> list[UUID]:
    """Return the ids of the documents that fit, in the order of their making."""
    rows = _narrowed(reach_of(actor), wanted).order_by("id")
    return list(rows.values_list("pk", flat=True)[:most])


def documents_for(actor: Actor, wanted: Wanted, *, before: UUID | None = None, limit: int = 50) -> Sequence[Document]:
    """Return a page of documents, the newest first."""
    rows = _whole(_narrowed(reach_of(actor), wanted))
    return list((rows.filter(pk__lt=before) if before else rows).order_by("-id")[:limit])


def _narrowed(rows: QuerySet[Document], wanted: Wanted) -> QuerySet[Document]:
    exact = {
        "state": wanted.state,
        "kind": wanted.kind,
        "department": wanted.department,
        "enterprise": wanted.enterprise,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.text:
        told = Q(title_zh__icontains=wanted.text) | Q(title_en__icontains=wanted.text)
        rows = rows.filter(told | Q(number__icontains=wanted.text) | Q(recipient__icontains=wanted.text))
    return rows


def count_documents_for(actor: Actor, wanted: Wanted) -> int:
    """Return how many documents fit."""
    return _narrowed(reach_of(actor), wanted).count()


def row_of(document: Document) -> DocumentRow:
    """Return a document as lists show it."""
    return DocumentRow(
        id=document.pk,
        kind=document.kind,
        title=Bilingual(document.title_zh, document.title_en),
        subject=document.subject,
        office=office_name(document),
        recipient=document.recipient,
        state=DocumentState(document.state),
        number=document.number,
        drafted_at=document.drafted_at,
        issued_on=document.issued_on,
        served_on=document.served_on,
    )


def may_sign(actor: Actor, document: Document) -> bool:
    """Tell whether the actor may sign this draft: by right, and as a member of the office that issues it."""
    return (
        document.state == DocumentState.DRAFT
        and actor.may(DocumentPermission.ISSUE, document.place)
        and is_of_office(actor, document)
    )


def drafts_of_own_office(actor: Actor) -> QuerySet[Document]:
    """Return the drafts that the actor's own office or enterprise issues."""
    me = Person.objects.filter(pk=actor.person or 0)
    own = Q(department__in=me.values("department")) | Q(issuer__in=me.values("enterprise"))
    return Document.unscoped.filter(own, state=DocumentState.DRAFT)


def offices_of(numbers: Iterable[UUID]) -> dict[UUID, str]:
    """Return who issues some documents."""
    rows = Document.unscoped.filter(pk__in=list(numbers)).select_related("department", "issuer")
    return {row.pk: office_name(row) for row in rows}


def may_withdraw(actor: Actor, document: Document) -> bool:
    """Tell whether the actor may take this document back: by right, and as a member of the office that issued it."""
    return (
        document.state in OUT and actor.may(DocumentPermission.ISSUE, document.place) and is_of_office(actor, document)
    )


def is_of_office(actor: Actor, document: Document) -> bool:
    """Tell whether the actor belongs to the office that issues a document."""
    if actor.person is None:
        return False
    me = Person.objects.filter(pk=actor.person)
    if document.department_id:
        return me.filter(department=document.department_id).exists()
    return me.filter(enterprise=document.issuer_id).exists()


def office_name(document: Document) -> str:
    """Return who issues a document."""
    issuer = document.department or document.issuer
    return issuer.name if issuer else ""


def _whole(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Bring along what every look at a document needs."""
    return rows.select_related("department", "issuer", "enterprise", "unit", "template", "signature__person")
