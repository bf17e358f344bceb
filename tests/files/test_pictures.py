"""Derived pictures: upright, small, without metadata, made by a child that nobody minds losing."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from zhiben.files import pictures, store
from zhiben.files.domain.types import sniff
from zhiben.files.pictures import Made, make_pictures

GPS, ORIENTATION, LEFT_UP = 0x8825, 0x0112, 6


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


def lay_down(content):
    with store.received(io.BytesIO(content), max_bytes=10_000_000) as taken:
        store.put(taken)
    return taken.sha256


def photo(kind="JPEG", size=(2400, 1200), mode="RGB", **more):
    out = io.BytesIO()
    picture = Image.new(mode, size)
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    picture.save(out, kind, **more)
    return out.getvalue()


def busy(seed, kind="JPEG", size=(640, 480), **more):
    """A picture with something in it: blocks of random grey."""
    dice, picture = random.Random(seed), Image.new("L", (8, 6))
    picture.putdata([dice.randrange(256) for _ in range(48)])
    out = io.BytesIO()
    picture.resize(size, Image.Resampling.BICUBIC).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def bits_between(one, other):
    return (int(one.look, 16) ^ int(other.look, 16)).bit_count()


def photo_with_position():
    exif = Image.Exif()
    exif[ORIENTATION] = LEFT_UP
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010F] = "Camera of Wang"
    return photo(exif=exif.tobytes(), comment=b"secret")


def bomb():
    """Return a PNG of a few hundred bytes that claims sixteen billion pixels."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 131_072, 131_072, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_photo_becomes_upright_and_small_and_forgets_where_it_was_taken():
    content = photo_with_position()
    assert b"Camera of Wang" in content
    sha256 = lay_down(content)
    assert make_pictures(sha256) == Made(1200, 2400)
    for size, longest in (("preview", 1600), ("thumb", 320)):
        path = store.derived_path(sha256, size)
        with Image.open(path) as derived:
            assert derived.size == (longest // 2, longest)
            assert not derived.getexif()
            top, bottom = derived.getpixel((5, 5)), derived.getpixel((5, longest - 5))
            assert top[0] > 200 > bottom[0]  # what was left in the file is up
        assert b"Camera" not in path.read_bytes()
        assert b"secret" not in path.read_bytes()
    assert store.original_path(sha256).read_bytes() == content


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("WEBP", "RGBA"), ("GIF", "P"), ("JPEG", "CMYK")]
)
def test_pictures_of_every_kind_are_read(kind, mode):
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, kind)
    assert sniff(out.getvalue(), b"", "x")
    assert make_pictures(lay_down(out.getvalue())) == Made(40, 30)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (bomb(), "too-many-pixels"),
        (photo()[:3000], "damaged"),
        (b"\xff\xd8\xff" + b"\0" * 100, "damaged"),
        (b"<svg onload=alert(1)>", "damaged"),
    ],
)
def test_hostile_pictures_are_named_and_leave_nothing(settings, content, problem):
    sha256 = lay_down(content)
    assert make_pictures(sha256).problem == problem
    assert not (settings.FILES_ROOT / "derived").exists()
    assert not list((settings.FILES_ROOT / "waiting").iterdir())


def test_a_child_that_hangs_is_ended(monkeypatch, tmp_path):
    child = tmp_path / "child.py"
    child.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pictures, "CHILD", child)
    monkeypatch.setattr(pictures, "WALL_SECONDS", 0.5)
    assert make_pictures(lay_down(photo())).problem == "too-slow"


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.kill(os.getpid(), 11)",
        "print('{\"width\": 1' + '0' * 5000 + '}')",
        "print('[1, 2]')",
        "print('no JSON')",
        "raise SystemExit(3)",
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(monkeypatch, tmp_path, program):
    child = tmp_path / "child.py"
    child.write_text(program)
    monkeypatch.setattr(pictures, "CHILD", child)
    assert make_pictures(lay_down(photo())).problem == "damaged"


def test_the_child_knows_nothing_of_our_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("ZHIBEN_SECRET_KEY", "hush")
    child, seen = tmp_path / "child.py", tmp_path / "seen"
    child.write_text(f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))")
    monkeypatch.setattr(pictures, "CHILD", child)
    make_pictures(lay_down(photo()))
    assert "hush" not in seen.read_text()


def test_one_motif_taken_smaller_and_in_another_format_looks_the_same_and_another_motif_does_not():
    first = make_pictures(lay_down(busy(1)))
    again = make_pictures(lay_down(busy(1, "PNG", size=(320, 240))))
    other = make_pictures(lay_down(busy(2)))
    assert bits_between(first, again) <= 4
    assert bits_between(first, other) > 15


def test_a_flat_picture_looks_like_nothing():
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "grey").save(out, "JPEG")
    assert make_pictures(lay_down(out.getvalue())).look == ""
