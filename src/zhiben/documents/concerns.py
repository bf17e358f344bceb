"""What of documents a change of units concerns: the drafts that have no number yet, and those issued."""

from zhiben.documents.domain.kinds import DocumentState
from zhiben.documents.models import Document
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.orgs.concerns import SHOWN, Concern, Listed, Paths, inside, register_concern
from zhiben.orgs.scope import Scope, scoped

ALL = Scope(everything=True)  # counted for everybody alike; only the list asks who may see it


def draft_count(paths: Paths) -> int:
    """Count the drafts of subtrees."""
    with scoped(ALL):
        return Document.objects.filter(inside(paths), state=DocumentState.DRAFT).count()


def draft_rows(actor: Actor, paths: Paths) -> list[Listed]:  # noqa: ARG001 -- the active scope is the actor's
    """List the newest drafts that the actor may see."""
    rows = Document.objects.filter(inside(paths), state=DocumentState.DRAFT).order_by("-pk")[:SHOWN]
    return [Listed(f"{row.kind} · {row.recipient}"[:80]) for row in rows]


register_concern(
    Concern("drafts", Bilingual("文书草稿", "Drafts of documents"), draft_count, draft_rows, "document:view", 20)
)
