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

from zhiben.journal.events import REGISTRY, Recorded
from zhiben.journal.public import label_of, verify
from zhiben.journal.selectors.listing import Asked, entries_listed, entries_upto
from zhiben.kernel.actor import Actor, Permission, Place
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url
from zhiben.orgs.models import Department
from zhiben.orgs.public import enterprises_for, units_for
from zhiben.orgs.tree import NATION_PATH
from zhiben.shell.journal_words import FIELDS, place_word, value_word

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
        "rows": [_row(entry) for entry in entries[:PAGE]],
        "older": older,
        "asked": asked,
        "codes": _codes(),
        "needs_chain": not sees_all and not asked.chain,
        "chips": _chips(query),
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


def _chips(query: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"label": value, "url": f"?{urlencode({other: v for other, v in query.items() if other != name})}"}
        for name, value in query.items()
        if name in {"chain", "subject"} and value
    ]


def field_word(name: str) -> str:
    """Say what a field is called, in the reader's language."""
    known = FIELDS.get(name)
    return known(get_language() or "en") if known else name


def _row(entry: Recorded) -> dict[str, Any]:
    """Return an entry; personal fields are named, their values stay with the record itself."""
    kind = REGISTRY.get(entry.code)
    personal = (kind.personal if kind else frozenset()) | entry.shredded
    return {
        "entry": entry,
        "label": label_of(entry.code),
        "fields": [
            (field_word(name), _said(name, value))
            for name, value in entry.body.items()
            if name not in personal and value is not None and value != "" and not isinstance(value, dict)
        ],
        "personal": sorted(hidden := personal & set(entry.body)),
        "personal_words": [field_word(name) for name in sorted(hidden)],
        "is_shredded": bool(entry.shredded),
        "about": place_word(entry.subject),
        "chain": place_word(entry.chain),
        "url": _page_of(entry.subject),
    }


def _said(name: str, value: Any) -> str:
    """Write a value of an entry for people; the whole stands in the journal."""
    if isinstance(value, list):
        return str(_(", ")).join(_said(name, one) for one in value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dict):
        return " ".join(_said(name, one) for one in value.values())
    return value_word(name, str(value))(get_language() or "en")


def _page_of(subject: str) -> str:
    """Return the page of what an entry is about, where there is one."""
    kind, _slash, number = subject.partition("/")
    pages = {
        "danger": "dangers:detail",
        "enterprise": "orgs:enterprise",
        "unit": "orgs:unit",
        "account": "orgs:account",
    }
    return page_url(pages[kind], int(number)) if kind in pages and number.isascii() and number.isdigit() else ""
