"""Files over the wire: originals only as downloads that no browser opens in our name, derived pictures inline."""

from uuid import UUID

from django.http import FileResponse, HttpResponseBase

from zhiben.files import store
from zhiben.files.permissions import FilePermission
from zhiben.files.selectors import FileView, file_for
from zhiben.kernel.errors import NotFound
from zhiben.orgs.doors import Request, door

# Whatever an original pretends to be, nothing in it runs, and nothing outside is asked for.
SEALED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
SHOWN = SEALED | {"Cache-Control": "private, max-age=86400, immutable"}


@door(FilePermission.VIEW)
def download(request: Request, file_id: UUID) -> HttpResponseBase:
    """Give the original, as it came, to be saved."""
    file = file_for(request.actor, file_id)
    path = store.original_path(file.sha256)
    if file.is_shredded or not path.is_file():
        raise NotFound("file:not-found")
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=file.name, content_type="application/octet-stream", headers=SEALED
    )


@door(FilePermission.VIEW)
def preview(request: Request, file_id: UUID) -> HttpResponseBase:
    """Show the picture, made smaller."""
    return _picture(file_for(request.actor, file_id), "preview")


@door(FilePermission.VIEW)
def thumb(request: Request, file_id: UUID) -> HttpResponseBase:
    """Show the picture, made small."""
    return _picture(file_for(request.actor, file_id), "thumb")


def _picture(file: FileView, size: str) -> HttpResponseBase:
    """Answer with a derived picture, if there is one yet."""
    path = store.derived_path(file.sha256, size)
    if not file.has_pictures or not path.is_file():
        raise NotFound("file:no-picture")
    return FileResponse(path.open("rb"), content_type="image/jpeg", headers=SHOWN)
