"""Files: the original kept by its hash, once; told by content; shredded for good."""

import errno
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from zhiben.files import store
from zhiben.files.jobs import tidy
from zhiben.files.models import Original, StoredFile
from zhiben.files.permissions import FilePermission
from zhiben.files.public import file_for, files_of, keep_file, rehang_files, shred_file
from zhiben.files.services import remove_unheld
from zhiben.kernel.actor import SYSTEM, Actor, Grant, Place
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from zhiben.orgs.models import Unit
from zhiben.orgs.scope import Scope, scoped

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n" + b"x" * 1000


@pytest.fixture(autouse=True)
def _everything(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    with scoped(Scope(everything=True)):
        yield


@pytest.fixture
def unit():
    return Unit.objects.create(kind="site", name="仓库", path="/1/b/", depth=2)


def keep(unit, content=PDF, name="照片.pdf", **more):
    return keep_file(
        io.BytesIO(content), name, subject="danger/1", place=Place(unit.path), unit_id=unit.pk, actor=SYSTEM, now=NOW,
        **more,
    )  # fmt: skip


def on_disk(root):
    return [path for path in Path(root).rglob("*") if path.is_file()]


def test_the_original_is_kept_under_its_hash(unit):
    kept = keep(unit)
    path = store.original_path(kept.sha256)
    assert path.read_bytes() == PDF
    assert store.hash_of(path) == kept.sha256
    assert files_of("danger/1") == [kept]
    assert (kept.type, kept.size, kept.name) == ("application/pdf", len(PDF), "照片.pdf")


def test_the_same_content_twice_lies_on_disk_once(unit, settings):
    first, second = keep(unit), keep(unit, name="other.pdf")
    assert first.id != second.id
    assert len(on_disk(settings.FILES_ROOT)) == 1
    assert Original.objects.get().holders == 2


def test_a_client_that_sends_its_file_again_gets_the_first_answer(unit):
    mine = UUID("0193a1b2-0000-7000-8000-000000000001")
    assert keep(unit, file_id=mine) == keep(unit, file_id=mine)
    assert Original.objects.get().holders == 1
    with pytest.raises(Conflict, match="file:id-taken"):
        keep(unit, PDF + b"!", file_id=mine)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "empty.pdf", "file:empty"),
        (b"MZ\x90\x00\x03", "photo.jpg", "file:type-not-allowed"),
        (b"PK\x03\x04" + b"evil.exe" * 10, "photo.zip", "file:type-not-allowed"),
        (b"%PDF-" + b"x" * 3000, "large.pdf", "file:too-large"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing_behind(unit, settings, content, name, code):
    settings.FILES_MAX_BYTES = 2000
    with pytest.raises(Invalid, match=code):
        keep(unit, content, name)
    assert on_disk(settings.FILES_ROOT) == []
    assert not StoredFile.objects.exists()


def test_a_full_disk_is_told_plainly_and_nothing_is_half_written(unit, settings, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("zhiben.files.store.os.fsync", full)
    with pytest.raises(Refusal, match="file:no-space"):
        keep(unit)
    assert on_disk(settings.FILES_ROOT) == []
    assert not Original.objects.exists()


def test_a_stranger_cannot_tell_that_a_file_exists(unit):
    kept = keep(unit)
    near = Actor(1, "near", (Grant(frozenset({FilePermission.VIEW}), "/1/b/"),))
    far = Actor(2, "far", (Grant(frozenset({FilePermission.VIEW}), "/1/c/"),))
    assert file_for(near, kept.id) == kept
    for stranger in (far, Actor(None, "")):
        with pytest.raises(NotFound, match="file:not-found"):
            file_for(stranger, kept.id)


def test_a_shredded_file_leaves_its_hash_and_nothing_else(unit, settings):
    kept = keep(unit)
    shred_file(kept.id, actor=SYSTEM, now=NOW)
    assert remove_unheld(NOW) == 1
    assert on_disk(settings.FILES_ROOT) == []
    (tombstone,) = files_of("danger/1")
    assert (tombstone.is_shredded, tombstone.name, tombstone.sha256) == (True, "", kept.sha256)
    with pytest.raises(Conflict, match="file:already-shredded"):
        shred_file(kept.id, actor=SYSTEM, now=NOW)


def test_content_that_another_file_still_holds_stays(unit):
    first, second = keep(unit), keep(unit)
    shred_file(first.id, actor=SYSTEM, now=NOW)
    assert remove_unheld(NOW) == 0
    assert store.original_path(second.sha256).exists()


def test_content_kept_anew_before_it_was_removed_stays(unit):
    shred_file(keep(unit).id, actor=SYSTEM, now=NOW)
    again = keep(unit)
    assert remove_unheld(NOW) == 0
    assert store.original_path(again.sha256).exists()


def test_what_must_be_kept_by_law_is_not_shredded_before(unit):
    kept = keep(unit, keep_until=date(2027, 1, 1))
    with pytest.raises(Conflict, match="file:must-be-kept"):
        shred_file(kept.id, actor=SYSTEM, now=NOW)


def test_only_who_may_shred_shreds(unit):
    kept = keep(unit)
    viewer = Actor(1, "viewer", (Grant(frozenset({FilePermission.VIEW}), "/1/"),))
    with pytest.raises((NotFound, NotAllowed)):
        shred_file(kept.id, actor=viewer, now=NOW)


def test_what_killed_uploads_left_is_tidied_a_day_later(unit, settings):
    kept = keep(unit)
    left = settings.FILES_ROOT / "waiting" / "tmpleft"
    left.write_bytes(b"half")
    made = datetime.fromtimestamp(left.stat().st_mtime, UTC)
    assert tidy(made + timedelta(hours=23)) == 0
    assert tidy(made + timedelta(hours=25)) == 1
    assert on_disk(settings.FILES_ROOT) == [store.original_path(kept.sha256)]


def test_files_follow_their_thing_to_another_place(unit):
    kept = keep(unit)
    other = Unit.objects.create(kind="site", name="二厂", path="/1/c/", depth=2)
    assert rehang_files("danger/1", place=Place(other.path, matter="fire"), unit_id=other.pk) == 1
    there = Actor(1, "there", (Grant(frozenset({FilePermission.VIEW}), "/1/c/", matters=frozenset({"fire"})),))
    before = Actor(2, "before", (Grant(frozenset({FilePermission.VIEW}), "/1/b/"),))
    assert file_for(there, kept.id).name == kept.name
    with pytest.raises(NotFound):
        file_for(before, kept.id)
