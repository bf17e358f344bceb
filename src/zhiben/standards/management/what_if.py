"""`zhiben standards what-if`: what would change at whom, before an edition, a threshold or a draft is adopted."""

import json
from argparse import Action
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone

from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.arguments import day
from zhiben.kernel.bilingual import Bilingual, terminal_language
from zhiben.kernel.errors import NotFound
from zhiben.kernel.periods import local_day
from zhiben.orgs.public import actor_named, unit_at
from zhiben.orgs.scope import scope_of, scoped
from zhiben.standards.services.snapshotting import age
from zhiben.standards.services.what_ifs import Wish
from zhiben.standards.trying import ROWS, SORTS, what_if

ROOT = "/1/"
ALL = 10**9
COLUMNS = (
    Bilingual("单位", "unit"),
    Bilingual("企业", "enterprises"),
    Bilingual("会变化", "would change"),
    Bilingual("新判为存在", "newly present"),
    Bilingual("不再存在", "no longer present"),
    Bilingual("变为不能判定", "can no longer be judged"),
    Bilingual("新排除", "newly ruled out"),
)
SUM = Bilingual(
    "企业 {} 家，其中 {} 家的结论会变化；未销号隐患 {} 条",
    "{} enterprises, of which {} would change; {} open hidden dangers",
)


def add_what_if(uses: Any) -> Action | None:
    """Describe the use."""
    tried = uses.add_parser("what-if", help="what would change, and at whom, before it is adopted; writes nothing")
    tried.add_argument("--pack", action="append", default=[], type=Path, metavar="FILE", help="a draft as YAML")
    tried.add_argument("--edition", action="append", default=[], metavar="ID", help="an edition held, not yet in force")
    tried.add_argument(
        "--set", action="append", default=[], metavar="EDITION/CLAUSE/FACT=NUMBER", help="a changed value"
    )
    tried.add_argument("--unit", default=ROOT, metavar="PATH_OR_CODE", help="without it the whole tree")
    tried.add_argument("--on", type=day, metavar="DATE", help="the law and the facts of this day")
    tried.add_argument("--as", dest="username", metavar="NAME", help="cut to what this account may see")
    tried.add_argument("--enterprises", action="store_true", help="tell every enterprise and danger, however many")
    tried.add_argument("--json", action="store_true")
    return None


def answer_what_if(write: Callable[[str], Any], **options: Any) -> None:
    """Answer."""
    now = timezone.now()
    actor = actor_named(options["username"], now=now) if options["username"] else SYSTEM
    packs = tuple(_text(path) for path in options["pack"])
    wish = Wish(packs, tuple(options["edition"]), tuple(options["set"]), options["on"])
    tried = wish.trial(local_day(now))
    with scoped(scope_of(actor)):
        told: dict[str, Any] = {"snapshot": age(now=now)}
        rows = ALL if options["enterprises"] else ROWS
        told |= what_if(actor, unit_at(options["unit"]), tried, now=now, rows=rows)
        del told["listed"]  # what the lists behind a page's numbers need
    if options["json"]:
        write(json.dumps(told, ensure_ascii=False))
        return
    language = terminal_language()
    write("\t".join(title(language) for title in COLUMNS))
    for row in told["units"]:
        write("\t".join(str(row[name]) for name in ("name", "enterprises", "changed", *SORTS)))
    write(SUM(language).format(told["enterprises"], told["changed"], told["dangers"]["changed"]))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        raise NotFound("file:not-found", name=str(path)) from None
    except UnicodeDecodeError:
        return "\ufffd"  # no text: refused in its first line
