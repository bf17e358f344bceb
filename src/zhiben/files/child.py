"""Makes preview and thumbnail of one untrusted picture, as a process of its own that nobody minds losing.

    python -I child.py ORIGINAL PREVIEW THUMB

Limits itself before it touches the picture. Answers with one line of JSON: `{"width", "height", "look"}`, or `{"problem"}`.
Metadata (position, camera, time) do not survive: only pixels are copied, turned upright.
"""

import json
import resource
import sys
import warnings

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 20
PIXELS = 80_000_000  # a hundred-megapixel camera is turned away, a bomb too
SIZES = (1600, 320)  # longest side of preview and thumbnail
FLAT = 5  # a picture with no more edges than these looks like any other
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

for kind, limit in (
    (resource.RLIMIT_AS, MEMORY),
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NOFILE, 32),
    (resource.RLIMIT_FSIZE, 32 * 1024 * 1024),
):
    resource.setrlimit(kind, (limit, limit))

from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: E402 -- the limits come first


def upright(path: str) -> tuple[Image.Image, int, int]:
    """Return the picture turned upright and no larger than needed, with its true width and height."""
    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(path, formats=FORMATS) as probe:
        probe.verify()
    with Image.open(path, formats=FORMATS) as picture:
        width, height = picture.size
        turned = picture.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        picture.draft("RGB", (SIZES[0], SIZES[0]))  # a JPEG is decoded no finer than needed
        picture.thumbnail((SIZES[0] * 2, SIZES[0] * 2))
        straight = ImageOps.exif_transpose(picture)
        return on_white(straight), *((height, width) if turned else (width, height))


def on_white(picture: Image.Image) -> Image.Image:
    """Return only the pixels, without transparency, in a picture that never had metadata."""
    seen = picture.convert("RGBA")
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen.getchannel("A"))
    return plain


def look_of(picture: Image.Image) -> str:
    """Return 64 bits that photos of one thing nearly share: is each patch brighter than its neighbour? Flat: nothing."""
    grey = picture.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = "".join("1" if grey[row * 9 + at] > grey[row * 9 + at + 1] else "0" for row in range(8) for at in range(8))
    return f"{int(bits, 2):016x}" if FLAT < bits.count("1") < len(bits) - FLAT else ""


def main(original: str, *targets: str) -> dict[str, object]:
    """Write the derived pictures."""
    try:
        picture, width, height = upright(original)
        for target, side in zip(targets, SIZES, strict=True):
            smaller = picture.copy()
            smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
            smaller.save(target, "JPEG", quality=82, optimize=True)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"problem": "too-many-pixels"}
    except MemoryError:
        return {"problem": "too-much-memory"}
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return {"problem": "damaged"}
    return {"width": width, "height": height, "look": look_of(picture)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
