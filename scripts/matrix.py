"""Photograph every page in both languages, at two widths, in every state, and read it by axe (`make matrix`).

The pages stand in `tests/pages/catalogue.py`, the states in `tests/pages/worlds.py`. Pictures and a contact sheet go to
`var/matrix`. A state's database that stands there already is used again; `--fresh` makes it anew.
"""

import argparse
import html
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUT = ROOT / "var" / "matrix"
STATES = {  # state: the database it is looked at in
    "usual": "usual", "empty": "empty", "first": "first", "error": "usual", "long": "long", "many": "many", "print": "usual",
}  # fmt: skip
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
WIDTHS = {1440: 900, 390: 844}
PAPER = 794  # an A4 page at 96 dots an inch


def prepare(world: str, *, fresh: bool) -> Path:
    """Make a state's database where there is none; in a process of its own, for settings are read once."""
    home = OUT / "worlds" / world
    done = home / "done"
    if fresh or not done.exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        began = time.monotonic()
        subprocess.run([sys.executable, __file__, "--make", world], env=env_of(home), check=True)
        done.touch()
        print(f"{world}: made in {time.monotonic() - began:.0f} s", flush=True)
    return home


def env_of(home: Path) -> dict[str, str]:
    """Return the environment of one state."""
    paths = [str(ROOT / part) for part in ("src", "tests", "tests/dangers", "tests/documents")]
    mine = {
        "ZHIBEN_VAR": str(home), "ZHIBEN_DEBUG": "1", "DJANGO_SETTINGS_MODULE": "zhiben.config.settings",
        "PYTHONPATH": os.pathsep.join(paths), "DJANGO_ALLOW_ASYNC_UNSAFE": "1", "ZHIBEN_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    return {**{name: value for name, value in os.environ.items() if name != "DATABASE_URL"}, **mine}


def make(world: str) -> None:
    """Fill the database at hand."""
    import django  # noqa: PLC0415 -- the environment must stand first
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    django.setup()
    from pages.worlds import WORLDS  # noqa: PLC0415

    from zhiben.orgs.scope import Scope, scoped  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with scoped(Scope(everything=True)):
        WORLDS[world](timezone.now())


def look(world: str, states: list[str], wanted: argparse.Namespace) -> None:
    """Look at the pages in the states of one database; what was seen is written as JSON."""
    import django  # noqa: PLC0415 -- the environment must stand first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)  # made before a column was added, it may still be looked at
    from pages.catalogue import PAGES  # noqa: PLC0415
    from pages.looking import Looker  # noqa: PLC0415

    names = [name for name in PAGES if not wanted.pages or any(part in name for part in wanted.pages)]
    with Looker(OUT, is_tall=wanted.tall) as looker:
        for state in states:
            for language in wanted.languages:
                for width in [PAPER] if state == "print" else wanted.widths:
                    looker.walk(state, language, width, only=names, axe=wanted.axe and state != "print")
    (OUT / f"seen-{world}.json").write_text(json.dumps(looker.seen, ensure_ascii=False))


def rows() -> Iterator[dict]:
    """Yield what was seen in all states."""
    for file in sorted(OUT.glob("seen-*.json")):
        yield from json.loads(file.read_text())


def sheet(seen: list[dict]) -> str:
    """Draw the contact sheet: a row a page, a picture a state, language and width; what is wrong stands below it."""
    by_page: dict[str, list[dict]] = {}
    for row in seen:
        by_page.setdefault(row["page"], []).append(row)
    cells = "".join(
        f"<h2>{html.escape(page)}</h2><div>" + "".join(map(_figure, found)) + "</div>"
        for page, found in sorted(by_page.items())
    )
    style = (
        "body{font:13px sans-serif;margin:16px}div{display:flex;flex-wrap:wrap;gap:10px;align-items:flex-start}"
        "figure{margin:0}img{height:260px;border:1px solid #bbb}figcaption{max-width:420px}b{color:#b00020}"
    )
    return f'<!doctype html><meta charset="utf-8"><title>Matrix</title><style>{style}</style>{cells}'


def _figure(row: dict) -> str:
    wrong = "; ".join(row["wrong"])
    name = f"{row['state']} · {row['language']} · {row['width']}"
    picture = (
        f'<a href="{row["file"]}"><img loading="lazy" src="{row["file"]}" alt="{name}"></a>' if row["file"] else ""
    )
    return f"<figure>{picture}<figcaption>{name} <b>{html.escape(wrong)}</b></figcaption></figure>"


def main() -> int:
    """Return 1 when a page is wrong somewhere."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--make", help=argparse.SUPPRESS)
    parser.add_argument("--look", help=argparse.SUPPRESS)
    parser.add_argument("--states", nargs="+", default=list(STATES), choices=list(STATES))
    parser.add_argument("--languages", nargs="+", default=list(LANGUAGES), choices=list(LANGUAGES))
    parser.add_argument("--widths", nargs="+", type=int, default=list(WIDTHS), choices=list(WIDTHS))
    parser.add_argument("--pages", nargs="+", default=[], help="parts of names: dangers: orgs:unit")
    parser.add_argument("--axe", action="store_true", help="read every page by axe, too")
    parser.add_argument("--tall", action="store_true", help="photograph whole pages, not one screen of them")
    parser.add_argument("--fresh", action="store_true", help="make the databases anew")
    wanted = parser.parse_args()
    if wanted.make:
        make(wanted.make)
        return 0
    if wanted.look:
        look(wanted.look, [state for state in wanted.states if STATES[state] == wanted.look], wanted)
        return 0
    began = time.monotonic()
    for world in dict.fromkeys(STATES[state] for state in wanted.states):
        home = prepare(world, fresh=wanted.fresh)
        again = [argument for argument in sys.argv[1:] if argument != "--fresh"]
        subprocess.run([sys.executable, __file__, "--look", world, *again], env=env_of(home), check=True)
    seen = [row for row in rows() if row["state"] in wanted.states]
    (OUT / "index.html").write_text(sheet(seen))
    wrong = [row for row in seen if row["wrong"]]
    for row in wrong:
        print(f"{row['page']} {row['state']} {row['language']} {row['width']}: {'; '.join(row['wrong'])}")
    print(f"{len(seen)} looks, {len(wrong)} wrong, {time.monotonic() - began:.0f} s: {OUT / 'index.html'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
