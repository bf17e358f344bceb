"""What-if on screen: a draft, a coming edition or a changed value, and what would differ at whom."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhiben.clocks.public import JobState
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, Invalid, NotFound, Refusal
from zhiben.kernel.periods import local_day
from zhiben.law.facts import industries
from zhiben.law.sentences import SENTENCES, sentence
from zhiben.law.standards import Standard, held, standards
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url
from zhiben.orgs.models import Enterprise, Unit
from zhiben.orgs.public import branch_for, children_of, unit_at, unit_for
from zhiben.standards.models import Pack, PackVersion
from zhiben.standards.permissions import DeterminationPermission
from zhiben.standards.regional import pack_for, packs_for
from zhiben.standards.services.what_ifs import Wish, ask_what_if, what_if_for
from zhiben.standards.trying import listed
from zhiben.standards.web.determinations import day_of

TYPED = ("unit", "edition", "changes", "draft", "pack", "on")
SHOWN = 50  # enterprises and dangers by name
OFFERED = 30
LARGEST = 1_000_000  # bytes of a file
REFUSED = (Invalid, NotFound, Conflict)
WAYS: Mapping[str, str | Promise] = {
    "changed": gettext_lazy("Would change"),
    "newly_present": gettext_lazy("Newly present"),
    "no_longer_present": gettext_lazy("No longer present"),
    "newly_unknown": gettext_lazy("Can no longer be judged"),
}
VERDICTS: Mapping[str, str | Promise] = {
    "present": pgettext_lazy("verdict", "Hazard present"),
    "absent": pgettext_lazy("verdict", "Hazard absent"),
    "unknown": pgettext_lazy("verdict", "Cannot be judged yet"),
    "none": pgettext_lazy("verdict", "Not applicable"),
}


@door(DeterminationPermission.VIEW)
@require_http_methods(["GET", "POST"])
def what_if_form(request: Request) -> HttpResponse:
    """Show what can be tried; posted, what would differ, or how far the worker is."""
    if request.method == "GET":
        typed = {name: request.GET.get(name, "") for name in ("unit", "edition", "changes", "draft")}
        return render(request, "standards/what_if.html", _form(request, typed))
    typed = {name: request.POST.get(name, "") for name in TYPED}
    try:
        unit = _unit(request, typed["unit"])
        found = ask_what_if(unit.pk, _wish(request, typed), actor=request.actor, now=timezone.now())
    except REFUSED as refusal:
        return _refused(request, typed, refusal)
    if isinstance(found, UUID):
        return redirect("standards:what-if-run", found)
    answer = _answer(found, unit, request.POST.get("show", ""))
    return render(request, "standards/what_if.html", {**_form(request, typed), **answer, "again": typed})


@door(DeterminationPermission.VIEW)
@require_GET
@never_cache
def what_if_run(request: Request, run_id: UUID) -> HttpResponse:
    """Show how far the worker is; once it is done, what would differ."""
    job = what_if_for(request.actor, run_id)
    unit = Unit.objects.filter(pk=job.arguments["unit"]).first()
    asked = job.arguments
    typed = {"unit": unit.path if unit else "", "changes": "\n".join(asked["changes"]), "on": asked["day"] or ""}
    typed["edition"] = next(iter(asked["editions"]), "")
    context = {**_form(request, typed), "job": job, "is_going": job.ended_at is None}
    if job.state == JobState.DONE and unit is not None:
        context |= _answer(job.result["told"], unit, request.GET.get("show", ""))
    return render(request, "standards/what_if.html", context)


def _unit(request: Request, path: str) -> Unit:
    if path:
        return unit_for(request.actor, unit_at(path).pk)
    tops = list(branch_for(request.actor))
    if not tops:
        raise NotFound("unit:not-found")
    return unit_for(request.actor, tops[0].pk)


def _wish(request: Request, typed: dict[str, str]) -> Wish:
    upload = request.FILES.get("file")
    if upload is not None and (upload.size or 0) > LARGEST:
        raise Invalid("file:too-large", field="file", limit=LARGEST)
    text = upload.read().decode("utf-8", "replace") if upload is not None else typed["pack"]
    typed["pack"] = text
    drafts = [text] if text.strip() else []
    if typed["draft"]:
        drafts.append(_newest(pack_for(request.actor, typed["draft"])).text)
    return Wish(
        packs=tuple(drafts),
        editions=(typed["edition"],) if typed["edition"] else (),
        changes=tuple(line.strip() for line in typed["changes"].splitlines() if line.strip())[:SHOWN],
        day=day_of(typed["on"], "on"),
    )


def _problems(refusal: Refusal) -> list[dict[str, Any]]:
    told = refusal.facts.get("problems")
    return told if isinstance(told, list) else []


def _newest(pack: Pack) -> PackVersion:
    return max(pack.versions.all(), key=lambda one: one.number)


def _refused(request: Request, typed: dict[str, str], refusal: Refusal) -> HttpResponse:
    status = 404 if isinstance(refusal, NotFound) and refusal.code.startswith("unit:") else 422
    language = get_language() or "zh-hans"
    context = {
        **_form(request, typed),
        "refusal": refusal,
        "status": status,
        "reason": sentence(refusal, language) if refusal.code in SENTENCES else "",
        "problems": [{**one, "reason": one["reason"](language)} for one in _problems(refusal)],
    }
    return render(request, "standards/what_if.html", context, status=status)


def _form(request: Request, typed: Mapping[str, str]) -> dict[str, Any]:
    today = local_day(timezone.now())
    tops = list(branch_for(request.actor))
    places = [(unit.path, unit.name) for unit in tops]
    places += [(unit.path, f"{top.name} · {unit.name}") for top in tops for unit in children_of(top)]
    known = [one for one in standards().values() if one.clauses and not one.in_force(today)]
    return {
        "typed": typed,
        "places": places[:OFFERED],
        "editions": sorted(known, key=_newest_first),
        "drafts": [(pack.slug, _newest(pack)) for pack in packs_for(request.actor) if pack.kind == "standards"],
    }


def _newest_first(known: Standard) -> tuple[bool, int, str]:
    return known.effective is None, -(known.effective.toordinal() if known.effective else 0), known.id


def _answer(told: Mapping[str, Any], unit: Unit, show: str) -> dict[str, Any]:
    rows = told["changes"][:SHOWN]
    names = dict(Enterprise.objects.filter(pk__in=[one["enterprise"] for one in rows]).values_list("pk", "name"))
    touched = told["dangers"]["rows"][:SHOWN]
    return {
        "told": told,
        "compared": [(_title(one["before"]), _title(one["after"])) for one in told["editions"]],
        "unit": unit,
        "clauses": [_clause(one) for one in told["clauses"]],
        "units": [
            {
                **one,
                "url": page_url("orgs:unit", one["unit"]) if one["unit"] else "",
                "numbers": _numbers(one, f"unit:{one['unit'] or ''}"),
            }
            for one in told["units"]
            if one["changed"]
        ],
        "calm_units": sum(not one["changed"] for one in told["units"]),
        "industries": [
            {
                **one,
                "label": _industry(one["industry"]),
                "numbers": _numbers(one, f"industry:{one['industry']}"),
            }
            for one in told["industries"]
            if one["changed"]
        ],
        "shown": _shown(told, show),
        "rows": [_enterprise(one, names) for one in rows],
        "more": max(0, told["changed"] - len(rows)),
        "touched": [{**one, "url": page_url(one["page"], one["id"]), **_turn(one)} for one in touched],
        "more_touched": max(0, told["dangers"]["changed"] - len(touched)),
    }


def _title(standard: str | None) -> Bilingual:
    """Name an edition; one that only the draft holds keeps its id."""
    known = held(standard) if standard else None
    return known.title if known else Bilingual.of(standard or "–")


def _numbers(one: Mapping[str, Any], of: str) -> list[dict[str, Any]]:
    """Return the numbers of a row, each with what opens the enterprises that it counts."""
    return [{"label": label, "n": one[way], "show": f"{of}:{way}:0"} for way, label in WAYS.items()]


def _shown(told: Mapping[str, Any], show: str) -> dict[str, Any] | None:
    """Return the enterprises that a number counts, one page of them; `show` is unit or industry, which, way and page."""
    kind, of, way, page = [*show.split(":"), "", "", "", ""][:4]
    is_known = (kind == "unit" and (not of or (of.isdecimal() and len(of) < 19))) or (
        kind == "industry" and of in industries()
    )
    if not is_known or way not in WAYS or "listed" not in told:
        return None
    numbers = listed(
        told, unit=int(of) if kind == "unit" and of else None, industry=of if kind == "industry" else "", sort=way
    )
    at = int(page) if page.isdecimal() and len(page) < 6 else 0
    some = numbers[at * SHOWN : (at + 1) * SHOWN]
    names = dict(Enterprise.objects.filter(pk__in=some).values_list("pk", "name"))
    unit = next((one["name"] for one in told["units"] if str(one["unit"] or "") == of), "")
    base = f"{kind}:{of}:{way}"
    return {
        "of": unit if kind == "unit" else _industry(of),
        "way": WAYS[way],
        "rows": [{"name": names.get(number, number), "url": page_url("orgs:enterprise", number)} for number in some],
        "n": len(some),
        "total": len(numbers),
        "newer": f"{base}:{at - 1}" if at else "",
        "older": f"{base}:{at + 1}" if len(numbers) > (at + 1) * SHOWN else "",
    }


def _enterprise(one: Mapping[str, Any], names: Mapping[int, str]) -> dict[str, Any]:
    number = one["enterprise"]
    return {
        "name": names.get(number, number),
        "url": page_url("orgs:enterprise", number),
        "changes": [_clause(each) for each in one["changes"]],
    }


def _clause(one: Mapping[str, Any]) -> dict[str, Any]:
    """Name a clause by what would hold; one that would be gone by what holds."""
    return {**one, "ref": one["clause"] or one["clause_before"], "summary": Bilingual.of(one["summary"]), **_turn(one)}


def _turn(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"was": VERDICTS[one["before"]], "would": VERDICTS[one["after"]], "tone": _tone(one)}


def _tone(one: Mapping[str, Any]) -> str:
    return {"present": "late", "absent": "done"}.get(one["after"], "aside")


def _industry(slug: str) -> Any:
    known = industries().get(slug)
    return known.label if known else slug
