"""A kept file: what is known of it, and itself."""

from datetime import datetime
from uuid import UUID

from django.http.response import HttpResponseBase
from ninja import Router, Schema

from zhiben.files.domain.states import Derived
from zhiben.files.permissions import FilePermission
from zhiben.files.selectors import FileView, file_for
from zhiben.files.web.views import download
from zhiben.orgs.api import READING, answers
from zhiben.orgs.doors import Request, door

router = Router(tags=["files"])


class FileOut(Schema):
    """A kept file: `purpose` is what it shows, `derived` whether small pictures of it can be seen."""

    id: UUID
    subject: str
    purpose: str
    name: str
    type: str
    size: int
    sha256: str
    kept_by: int | None
    kept_at: datetime
    derived: Derived
    width: int | None
    height: int | None
    is_shredded: bool


@router.get("/files/{uuid:file_id}", response=answers(FileOut), operation_id="getFile", summary="Read about a file")
@door(FilePermission.VIEW)
def get_file(request: Request, file_id: UUID) -> FileView:
    """Return what is known of a file."""
    return file_for(request.actor, file_id)


@router.get(
    "/files/{uuid:file_id}/content",
    response=READING,
    operation_id="downloadFile",
    summary="Download a file",
    openapi_extra={
        "responses": {
            200: {
                "description": "The original as it came, to be saved.",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
@door(FilePermission.VIEW)
def get_file_content(request: Request, file_id: UUID) -> HttpResponseBase:
    """Return the original as it came, always as an attachment."""
    answer: HttpResponseBase = download(request, file_id)
    return answer
