"""The numbered documents of notices: which one a notice has, and what such a document says."""

from typing import Any

from zhiben.dangers.domain.kinds import CLOSED, State
from zhiben.dangers.domain.words import ROLE_WORDS
from zhiben.dangers.models import Danger, NoticePaper
from zhiben.dangers.selectors.paper_facts import basis_of, danger_facts
from zhiben.dangers.selectors.papers import OUT, issuer_of_notice
from zhiben.dangers.selectors.reading import subject_of
from zhiben.documents.public import DocumentPermission, DocumentRow, DocumentState, documents_of
from zhiben.kernel.actor import Actor
from zhiben.notices.public import Message

KIND = "notice:major"


def paper_of_notice(danger: Danger, message: Message) -> DocumentRow | None:
    """Return the document of a notice, where it has one that is a draft or is out."""
    paper = NoticePaper.objects.filter(danger=danger, message=message.pk).first()
    rows = documents_of(subject_of(danger.pk)) if paper else []
    standing = {*OUT, DocumentState.DRAFT}
    return next((row for row in rows if paper and row.id == paper.document and row.state in standing), None)


def may_issue_notice(actor: Actor, danger: Danger) -> bool:
    """Tell whether the actor signs notices of this danger for their department; of a closed one nobody does."""
    if State(danger.state) in CLOSED:
        return False
    rights = (DocumentPermission.DRAFT, DocumentPermission.ISSUE)
    return all(actor.may(right, danger.place) for right in rights) and issuer_of_notice(actor, danger) is not None


def facts_of_notice(danger: Danger, message: Message) -> dict[str, Any]:
    """Return what the document of a notice says."""
    return {
        **danger_facts(danger),
        "basis": basis_of(danger),
        "due_on": danger.due_on,
        "department": danger.department.name if danger.department else "",
        "told": message.person.name,
        "roles": [ROLE_WORDS[role] for role in message.roles if role in ROLE_WORDS],
        "is_stopped": danger.is_stop_ordered,
    }
