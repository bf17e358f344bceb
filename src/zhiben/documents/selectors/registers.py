"""Registers of numbers: by office, series and year, each number with the document that bears it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from zhiben.documents.domain.kinds import DocumentState
from zhiben.documents.models import Document, Register
from zhiben.documents.selectors.reading import own_side
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound

SHOWN = 100


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A register, how many of its numbers the actor may look at, and how many of these were withdrawn."""

    id: int
    office: str
    series: str
    year: int
    last: int
    seen: int
    withdrawn: int


def registers_for(actor: Actor) -> list[RegisterRow]:
    """Return the registers of the offices on the actor's side, the newest year first."""
    gone = Count("pk", filter=Q(state=str(DocumentState.WITHDRAWN)))
    mine = Document.unscoped.filter(own_side(actor), register__isnull=False)
    counted = {
        row["register"]: row for row in mine.order_by().values("register").annotate(seen=Count("pk"), withdrawn=gone)
    }
    rows = Register.objects.filter(pk__in=counted).select_related("department", "enterprise")
    found = [_row(row, counted[row.pk]["seen"], counted[row.pk]["withdrawn"]) for row in rows]
    return sorted(found, key=lambda row: (-row.year, row.office, row.series))


def register_for(actor: Actor, register_id: int) -> RegisterRow:
    """Return one register; else answer as if it did not exist."""
    for row in registers_for(actor):
        if row.id == register_id:
            return row
    raise NotFound("register:not-found")


def numbers_of(actor: Actor, register: RegisterRow, *, before: int | None = None) -> Sequence[Document]:
    """Return the documents of a register, the highest number first."""
    rows = Document.unscoped.filter(own_side(actor), register=register.id)
    rows = rows.filter(running__lt=before) if before is not None else rows
    return list(rows.select_related("signature__person", "department", "issuer").order_by("-running")[:SHOWN])


def _row(row: Register, seen: int, withdrawn: int) -> RegisterRow:
    office = row.department or row.enterprise
    return RegisterRow(row.pk, office.name if office else "", row.series, row.year, row.last, seen, withdrawn)
