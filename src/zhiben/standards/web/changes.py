"""What changed: from one edition of a standard to another, and of an enterprise's verdicts from one day to another."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.views.decorators.http import require_GET

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.kernel.periods import local_day
from zhiben.law.changes import Changed, Judged
from zhiben.law.likening import Change, Pair, difference, forerunner, written
from zhiben.law.rules import Node
from zhiben.law.standards import Clause, Composite, Standard, held, standards
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url
from zhiben.orgs.public import enterprise_for
from zhiben.standards.permissions import DeterminationPermission, FactPermission
from zhiben.standards.regional import edition_for, kin_of
from zhiben.standards.selectors import Turned, changes_between, changes_told
from zhiben.standards.web.determinations import day_of
from zhiben.standards.web.library import OPEN
from zhiben.standards.web.words import DECIDABLE, fact_label, value_words

KINDS: Mapping[Change, tuple[str | Promise, str]] = {
    Change.CHANGED: (pgettext_lazy("clause", "changed"), "active"),
    Change.ADDED: (pgettext_lazy("clause", "added"), "done"),
    Change.REMOVED: (pgettext_lazy("clause", "removed"), "late"),
    Change.MOVED: (pgettext_lazy("clause", "another reference"), "plain"),
    Change.SAME: (pgettext_lazy("clause", "as before"), "plain"),
}
LOOK_BACK = timedelta(days=30)


@door(open_because=OPEN)
@require_GET
def edition_changes(request: Request, standard_id: str) -> HttpResponse:
    """Show what an edition changed against the one before, or against another of the same standard."""
    after = edition_for(request.actor, standard_id)
    kin = kin_of(after)
    before = _before(request, after, request.GET.get("from", ""), kin)
    found = difference(before, after)
    shown = [pair for pair in found.pairs if pair.change.value == request.GET.get("show")] or list(found.pairs)
    shown = shown if request.GET.get("show") else [pair for pair in shown if pair.change is not Change.SAME]
    language = get_language() or "zh-hans"
    context = {
        "before": before,
        "after": after,
        "rows": [_pair(pair, language) for pair in sorted(shown, key=lambda pair: list(KINDS).index(pair.change))],
        "tabs": _tabs(after, before, found.counts, request.GET.get("show", "")),
        "others": [
            one
            for one in (standards().values() if kin is None else kin)
            if one.family == after.family and one.id != after.id
        ],
    }
    return render(request, "standards/difference.html", context)


def _before(request: Request, after: Standard, named: str, kin: list[Standard] | None) -> Standard:
    before = edition_for(request.actor, named) if named else forerunner(after, kin)
    if before is None or before.id == after.id:
        raise NotFound("page:not-found")
    return before


def _tabs(after: Standard, before: Standard, counts: Mapping[Change, int], here: str) -> list[dict[str, Any]]:
    shown = [(kind.value, KINDS[kind][0], counts[kind]) for kind in KINDS if counts[kind]]
    all_ = sum(counts[kind] for kind in KINDS if kind is not Change.SAME)
    return [
        {
            "label": label,
            "url": page_url("standards:difference", after.id, query={"from": before.id, "show": kind}),
            "count": count,
            "here": here == kind,
        }
        for kind, label, count in [("", pgettext_lazy("clauses", "All changes"), all_), *shown]
    ]


def _pair(pair: Pair, language: str) -> dict[str, Any]:
    def told(node: Node | None) -> str:
        return "" if node is None else written(node, lambda name: fact_label(name)(language))

    label, tone = KINDS[pair.change]
    old, new = pair.before, pair.after
    return {
        "before": old,
        "after": new,
        "label": label,
        "tone": tone,
        "spans": pair.words(language),
        "thresholds": [(told(was), told(now)) for was, now in pair.thresholds],
        "is_joined_anew": pair.is_joined_anew,
        "decided": (DECIDABLE[old.decidable], DECIDABLE[new.decidable])
        if old and new and old.decidable != new.decidable
        else None,
        "verify": any(one.verify for one in (new or old,) if one is not None),
    }


@door(DeterminationPermission.VIEW)
@require_GET
def enterprise_changes(request: Request, enterprise_id: int) -> HttpResponse:
    """Show which verdicts of an enterprise differ between two days, by law or by facts; and what was told so far."""
    enterprise = enterprise_for(request.actor, enterprise_id, DeterminationPermission.VIEW)
    enterprise_for(request.actor, enterprise_id, FactPermission.VIEW)
    today = local_day(timezone.now())
    since = day_of(request.GET.get("from", ""), "from") or today - LOOK_BACK
    until = day_of(request.GET.get("to", ""), "to") or today
    found = changes_between(request.actor, enterprise, min(since, until), max(since, until))
    context = {
        "enterprise": enterprise,
        "since": min(since, until),
        "until": max(since, until),
        "today": today,
        "parts": [_part(one) for one in found],
        "told": [_told(one) for one in changes_told(request.actor, enterprise)],
        "coming": _coming(today),
    }
    return render(request, "standards/changes.html", context)


def _coming(today: date) -> list[Standard]:
    """Return the editions that take effect later: days worth looking at beforehand."""
    later = [one for one in standards().values() if one.effective is not None and one.effective > today]
    return sorted(later, key=lambda one: one.effective or date.max)


def _part(one: Turned) -> dict[str, Any]:
    before, after = one.before, one.after
    return {
        "before": before.standard if before else None,
        "after": after.standard if after else None,
        "is_new_edition": before is not None and after is not None and before.standard is not after.standard,
        "rows": [_row(each, before, after) for each in one.changed],
    }


def _row(each: Changed, before: Judged | None, after: Judged | None) -> dict[str, Any]:
    return {
        "ref_before": each.clause_before,
        "ref": each.clause,
        "is_unheld": each.clause is None and after is not None and not after.standard.may_clear,
        "summary": clause_words(after.standard if after and each.clause else before.standard if before else None,
                                each.clause or each.clause_before or ""),
        "before": each.before,
        "after": each.after,
        "by_law": each.by_law,
        "facts": [_moved(name, before, after) for name in each.facts],
    }  # fmt: skip


def clause_words(known: Standard | None, ref: str) -> Bilingual:
    """Return what a clause or composite says; nothing where it is not known."""
    every: list[Clause | Composite] = [*known.clauses, *known.composites] if known else []
    return next((each.summary for each in every if each.ref == ref), Bilingual("", ""))


def _moved(name: str, before: Judged | None, after: Judged | None) -> dict[str, Any]:
    values = [
        {**one.subject.facts, **one.subject.seen}.get(name) if one is not None else None for one in (before, after)
    ]
    old, new = ("" if value is None else value_words(name, value) for value in values)
    return {"label": fact_label(name), "before": old, "after": new}


def _told(entry: Mapping[str, Any]) -> dict[str, Any]:
    known, old = held(entry["standard"]), held(entry["standard_before"])
    rows = [
        {
            "ref_before": each["clause_before"],
            "ref": each["clause"],
            "is_unheld": each["clause"] is None and known is not None and not known.may_clear,
            "summary": clause_words(known if each["clause"] else old, each["clause"] or each["clause_before"] or ""),
            "before": each["before"],
            "after": each["after"],
            "by_law": each["by_law"],
            "facts": [{"label": fact_label(name)} for name in each["facts"]],
        }
        for each in entry["changes"]
    ]
    return {**entry, "title": known.title if known else Bilingual.of(entry["standard"]), "rows": rows}
