"""Files of a danger: photos and documents, each with what it shows."""

from typing import IO, cast
from uuid import UUID

from django.utils import timezone
from ninja import File, Form, Router, Status, UploadedFile

from zhiben.dangers.domain.kinds import EvidenceKind
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import danger_for, subject_of
from zhiben.dangers.services.beside import attach_file
from zhiben.files.public import FileView, files_of
from zhiben.files.rest.files import FileOut
from zhiben.orgs.api import PathId, answers, writes
from zhiben.orgs.doors import Request, door

router = Router(tags=["files"])


@router.get(
    "/dangers/{int:danger_id}/files",
    response=answers(list[FileOut]),
    operation_id="listDangerFiles",
    summary="List a danger's files",
)
@door(DangerPermission.VIEW)
def get_danger_files(request: Request, danger_id: PathId) -> list[FileView]:
    """Return what is kept on a danger, oldest first."""
    return files_of(subject_of(danger_for(request.actor, danger_id).pk))


@router.post(
    "/dangers/{int:danger_id}/files",
    response=writes(FileOut),
    operation_id="addDangerFile",
    summary="Add a file to a danger",
)
@door(DangerPermission.VIEW)
def post_danger_file(
    request: Request,
    danger_id: PathId,
    file: File[UploadedFile],
    kind: Form[EvidenceKind],
    id: Form[UUID | None] = None,  # noqa: A002 -- the word of the API
) -> Status[FileView]:
    """Keep a file (`multipart/form-data`) and lay it beside the danger; with an `id` of your own it comes once."""
    kept = attach_file(
        danger_id,
        cast("IO[bytes]", file),
        file.name or "",
        kind=kind,
        file_id=id,
        actor=request.actor,
        now=timezone.now(),
    )
    return Status(201, kept)
