"""Compile the translations of every room, or check them: nothing untranslated, nothing fuzzy, placeholders alike.

Needs no gettext tools: the catalogues are read and written by Python, so that a bare machine can do it.
"""

import re
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).parents[1]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def problems_of(file: Path) -> list[str]:
    """Return what is wrong with one catalogue."""
    found = []
    for entry in polib.pofile(str(file)):
        where = f"{file.relative_to(ROOT)}: {entry.msgid[:60]!r}"
        said = [entry.msgstr, *entry.msgstr_plural.values()] if entry.msgstr_plural else [entry.msgstr]
        if entry.obsolete:
            continue
        if entry.fuzzy or not all(said if entry.msgstr_plural == {} else said[1:]):
            found.append(f"{where} has no settled translation")
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
        given = set().union(*(PLACEHOLDER.findall(text) for text in said))
        if given - wanted:
            found.append(f"{where} names placeholders that the source does not: {sorted(given - wanted)}")
    return found


def quarrels(files: list[Path]) -> list[str]:
    """Return what two rooms translate differently: Django merges the catalogues, so one would win unseen."""
    said: dict[tuple[str | None, str], dict[str, str]] = {}
    for file in files:
        for entry in polib.pofile(str(file)):
            if not entry.obsolete and entry.msgstr:
                said.setdefault((entry.msgctxt, entry.msgid), {}).setdefault(entry.msgstr, file.parts[-5])
    return [
        f"{msgid!r} is {' and '.join(f'{text!r} in {room}' for text, room in told.items())}: give one a context"
        for (_, msgid), told in said.items()
        if len(told) > 1
    ]


def main() -> int:
    """Compile, or with `--check` only look."""
    files = sorted(ROOT.glob("src/zhiben/**/locale/*/LC_MESSAGES/django.po"))
    problems = [problem for file in files for problem in problems_of(file)] + quarrels(files)
    if "--check" not in sys.argv:
        for file in files:
            polib.pofile(str(file)).save_as_mofile(str(file.with_suffix(".mo")))
    print("\n".join(problems) or f"{len(files)} catalogues complete")
    return bool(problems)


if __name__ == "__main__":
    raise SystemExit(main())
