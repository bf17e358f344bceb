"""Files over the wire: originals are only saved, previews are only shown, strangers see neither."""

import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from make import NOW
from PIL import Image

from zhiben.clocks.worker import Worker
from zhiben.files import store
from zhiben.files.models import Original
from zhiben.files.public import keep_file
from zhiben.files.services import shred_file
from zhiben.kernel.actor import SYSTEM
from zhiben.orgs.public import unit_place
from zhiben.orgs.scope import Scope, scoped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


def keep(cast, content, name):
    with scoped(Scope(everything=True)):
        return keep_file(
            io.BytesIO(content), name, subject="danger/1", place=unit_place(cast.site), unit_id=cast.site.pk,
            actor=SYSTEM, now=NOW,
        )  # fmt: skip


def photo():
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "red").save(out, "JPEG")
    return out.getvalue()


def get(client, player, page, file):
    client.force_login(player.account)
    return client.get(reverse(f"files:{page}", args=[file.id]))


def test_an_original_is_saved_and_never_opened_in_our_name(client, cast):
    file = keep(cast, b"<script>alert(1)</script>" * 10, "现场.html")
    answer = get(client, cast.li, "download", file)
    assert b"".join(answer.streaming_content).startswith(b"<script>")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "filename*=utf-8''%E7%8E%B0%E5%9C%BA" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_photo_shows_its_preview_once_the_worker_made_it(client, cast):
    file = keep(cast, photo(), "现场.jpg")
    assert get(client, cast.li, "preview", file).status_code == 404
    Worker().run_once()
    for page, longest in (("preview", 640), ("thumb", 320)):
        answer = get(client, cast.li, page, file)
        assert answer["Content-Type"] == "image/jpeg"
        with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as shown:
            assert shown.size[0] == longest


def test_a_damaged_photo_is_kept_and_has_no_preview(client, cast):
    file = keep(cast, photo()[:300], "坏的.jpg")
    Worker().run_once()
    original = Original.objects.get()
    assert (original.derived, original.derived_error) == ("failed", "damaged")
    assert get(client, cast.li, "thumb", file).status_code == 404
    assert get(client, cast.li, "download", file).status_code == 200


@pytest.mark.parametrize("page", ["download", "preview", "thumb"])
def test_strangers_get_not_found(client, cast, page):
    file = keep(cast, photo(), "现场.jpg")
    Worker().run_once()
    assert get(client, cast.wang, page, file).status_code == 200
    for stranger in (cast.zhang, cast.he, cast.security):
        assert get(client, stranger, page, file).status_code == 404
    client.logout()
    assert client.get(reverse(f"files:{page}", args=[file.id])).status_code in {302, 404}


def test_a_shredded_file_is_gone(client, cast):
    file = keep(cast, photo(), "现场.jpg")
    Worker().run_once()
    with scoped(Scope(everything=True)):
        shred_file(file.id, actor=SYSTEM, now=NOW)
    Worker().run_once()
    for page in ("download", "preview", "thumb"):
        assert get(client, cast.li, page, file).status_code == 404
    assert not list(store.root().rglob("*.jpg"))


def test_verify_names_what_is_missing_changed_and_left_over(cast, capsys):
    whole, changed, missing = (keep(cast, f"text {n}".encode(), f"{n}.txt") for n in range(3))
    path = store.original_path(changed.sha256)
    path.chmod(0o600)
    path.write_bytes(b"text 7")
    store.original_path(missing.sha256).unlink()
    left = store.original_path("ab" * 32)
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left")
    with pytest.raises(SystemExit):
        call_command("files", "verify", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found == {
        "files": 3,
        "size": 18,
        "missing": [missing.sha256],
        "changed": [changed.sha256],
        "orphans": ["ab" * 32],
    }
    assert whole.sha256 not in str(found)
