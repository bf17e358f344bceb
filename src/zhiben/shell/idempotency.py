"""Repeated requests: the first answer is kept with the change itself, in one transaction, and given again."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from zhiben.kernel.errors import Conflict, Invalid
from zhiben.shell.models import FirstAnswer

LONGEST = 80
KEPT = timedelta(hours=48)
AT_ONCE = 1000
CHUNK = 64 * 1024


def answer_once(
    request: HttpRequest, key: str, *, account: int, now: datetime, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer a request, or give the first answer again where its key was used before.

    A refusal is not kept: what was refused may be sent again under the same key, corrected.
    """
    if not 1 <= len(key) <= LONGEST or not key.isprintable():
        raise Invalid("idempotency:unusable-key", field="Idempotency-Key", longest=LONGEST)
    fingerprint = _fingerprint(request)
    with transaction.atomic():
        row = FirstAnswer(account=account, key=key, fingerprint=fingerprint, made_at=now)
        FirstAnswer.objects.bulk_create([row], ignore_conflicts=True)
        kept = FirstAnswer.objects.get(account=account, key=key)
        if kept.fingerprint != fingerprint:
            raise Conflict("idempotency:key-used-otherwise", key=key)
        if kept.status is not None:
            return _again(kept)
        response = answer()
        if response.status_code >= 400:
            transaction.set_rollback(True)
            return response
        FirstAnswer.objects.filter(pk=kept.pk).update(
            status=response.status_code, body=response.content, content_type=response.get("Content-Type", "")
        )
        return response


def forget_answers(now: datetime) -> int:
    """Forget the first answers of two days ago; return how many. Safe to run twice at once."""
    old = FirstAnswer.objects.filter(made_at__lt=now - KEPT).values_list("pk", flat=True)[:AT_ONCE]
    return FirstAnswer.objects.filter(pk__in=list(old)).delete()[0]


def _fingerprint(request: HttpRequest) -> str:
    """Return what tells one request from another; a form by its fields and files, whose borders differ each time."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks(CHUNK):
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _again(kept: FirstAnswer) -> HttpResponse:
    response = HttpResponse(bytes(kept.body), status=kept.status, content_type=kept.content_type)
    response["Idempotent-Replay"] = "true"
    return response
