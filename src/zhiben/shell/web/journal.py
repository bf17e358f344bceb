"""The journal for auditors: what was recorded, by whom, on which chain; and its verification on a press. Read only."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.journal.events import REGISTRY
from zhiben.journal.public import label_of, verify
from zhiben.journal.selectors.listing import Asked, entries_listed, entries_upto
from zhiben.kernel.actor import Actor, Permission, Place
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.orgs.doors import Request, door
from zhiben.orgs.models import Department
from zhiben.orgs.public import enterprises_for, units_for
from zhiben.orgs.tree import NATION_PATH
from zhiben.shell.journal_names import Names
from zhiben.shell.journal_words import place_word
from zhiben.shell.web.journal_rows import rows_of

PAGE = 50
VERIFIED_AT_ONCE = 200_000  # entries; more take longer than a page may, the command verifies those
PROBLEMS: Mapping[str, str | Promise] = {
    "altered": _("the entry or its place was changed"),
    "gap": _("entries are missing from here on"),
    "cut-short": _("the newest entries are missing from here on"),
    "head": _("the chain does not end where it should"),
    "no-chain": _("entries of a chain that is gone"),
    "value": _("a personal value does not fit its hash"),
    "re-chained": _("another entry stood here when the day was signed"),
    "signature": _("the signature of the day does not hold"),
    "root": _("the root of the day is not made of its chains"),
}


class JournalPermission(Permission):
    """What auditors may do with the journal."""

    VIEW = "journal:view"
    VERIFY = "journal:verify"


@door(JournalPermission.VIEW)
@require_GET
def entry_list(request: Request) -> HttpResponse:
    """Show the newest entries, narrowed as asked."""
    return render(request, "shell/journal.html", _context(request))


@door(JournalPermission.VERIFY)
@require_POST
def verify_now(request: Request) -> HttpResponse:
    """Check every chain now; a journal too long for a page is left to the command."""
    if not request.actor.may(JournalPermission.VERIFY, Place(NATION_PATH)):
        raise NotFound("page:not-found")
    is_long = entries_upto(VERIFIED_AT_ONCE) > VERIFIED_AT_ONCE
    report = None if is_long else verify()
    broken = (
        [{"break": one, "words": PROBLEMS.get(one.problem, one.problem)} for one in report.broken] if report else []
    )
    context = _context(request) | {"verified": report, "broken": broken, "is_long": is_long, "most": VERIFIED_AT_ONCE}
    return render(request, "shell/journal.html", context)


def _context(request: Request) -> dict[str, Any]:
    asked = _asked(request)
    sees_all = request.actor.may(JournalPermission.VIEW, Place(NATION_PATH))
    before = request.GET.get("before", "")
    before_id = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    may_read = sees_all or (asked.chain != "" and _reaches(request.actor, asked.chain))
    entries = entries_listed(asked, before=before_id, limit=PAGE + 1) if may_read else []
    query = {name: str(value) for name, value in request.GET.items() if name != "before"}
    older = f"?{urlencode(query | {'before': entries[PAGE - 1].position})}" if len(entries) > PAGE else ""
    return {
        "rows": rows_of(entries[:PAGE], Names(request.actor, JournalPermission.VIEW, entries[:PAGE])),
        "older": older,
        "asked": asked,
        "codes": _codes(),
        "needs_chain": not sees_all and not asked.chain,
        "chips": _chips(request.actor, asked, query),
        "may_verify": request.actor.may(JournalPermission.VERIFY, Place(NATION_PATH)),
    }


def _asked(request: Request) -> Asked:
    day = request.GET.get("day", "")
    try:
        whole = date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise Invalid("day:unreadable", field="day", value=day, example="2026-01-31") from None
    chain, subject, code = (request.GET.get(name, "").strip()[:120] for name in ("chain", "subject", "code"))
    return Asked(chain, subject or request.GET.get("q", "").strip()[:120], code, whole)


def _reaches(actor: Actor, chain: str) -> bool:
    """Tell whether the chain belongs to an enterprise or department inside the actor's reach."""
    kind, _colon, number = chain.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return False
    if kind == "enterprise":
        return enterprises_for(actor, JournalPermission.VIEW).filter(pk=int(number)).exists()
    units = units_for(actor, JournalPermission.VIEW)
    return kind == "department" and Department.objects.filter(pk=int(number), unit__in=units.values("pk")).exists()


def _codes() -> list[tuple[str, str]]:
    language = get_language() or "zh-hans"
    return sorted(
        ((code, label_of(code)(language)) for code in REGISTRY if label_of(code).zh != code), key=lambda c: c[1]
    )


def _chips(actor: Actor, asked: Asked, query: Mapping[str, str]) -> list[dict[str, str]]:
    """Name what the list is narrowed to, each with the way to leave it out."""
    names = Names(actor, JournalPermission.VIEW, texts=[asked.chain, asked.subject])
    language = get_language() or "en"
    return [
        {
            "label": (names.of_text(value) or place_word(value))(language),
            "url": f"?{urlencode({other: v for other, v in query.items() if other != name})}",
        }
        for name, value in query.items()
        if name in {"chain", "subject"} and value
    ]
