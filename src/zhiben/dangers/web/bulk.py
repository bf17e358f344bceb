"""A step for many dangers on screen: chosen in the list, looked at before, taken, told row by row."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiben.dangers.domain.bulk import BULK_MOVES, BulkState, Outcome
from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import BulkRun
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.asking import filters_of
from zhiben.dangers.selectors.bulk import Prospects, bulk_for, bulks_for, may_undo, outcomes_of, prospects_of, rows_of
from zhiben.dangers.services.bulk import (
    AT_ONCE,
    MOST,
    choose_dangers,
    choose_matching,
    finish_bulk,
    retry_bulk,
    start_bulk,
    stop_bulk,
    take_rows,
    undo_bulk,
)
from zhiben.dangers.web.bulk_forms import BulkForm, form_for, offer_of
from zhiben.kernel.errors import Refusal
from zhiben.orgs.doors import Request, door

SHOWN = 200  # rows of one page; what went wrong stands first
RUNS = 20


@door(DangerPermission.VIEW)
@require_http_methods(["GET", "POST"])
def bulk_list(request: Request) -> HttpResponse:
    """Put the chosen dangers together; asked for, show what one set going before."""
    if request.method == "POST":
        return redirect("dangers:bulk-run", _chosen(request).pk)
    runs = [_told(run) for run in bulks_for(request.actor).exclude(state=BulkState.DRAFT)[:RUNS]]
    return render(request, "dangers/bulk_list.html", {"runs": runs})


def _chosen(request: Request) -> BulkRun:
    query, now = request.POST.get("query", "")[:2000], timezone.now()
    if request.POST.get("matching") == "1":
        return choose_matching(filters_of(QueryDict(query), request.actor), query=query, actor=request.actor, now=now)
    ids = [int(text) for text in request.POST.getlist("danger") if text.isascii() and text.isdigit() and len(text) < 18]
    return choose_dangers(ids, query=query, actor=request.actor, now=now)


@door(DangerPermission.VIEW)
@require_GET
@never_cache
def bulk_run(request: Request, run_id: UUID) -> HttpResponse:
    """Show what was chosen and the steps open to it; once set going, what became of each."""
    run = bulk_for(request.actor, run_id)
    if run.state != BulkState.DRAFT:
        return render(request, "dangers/bulk_done.html", _results(run, request))
    prospects = prospects_of(run, request.actor, now=timezone.now())
    wanted = request.GET.get("move", "")
    move = Move(wanted) if wanted in BULK_MOVES else None
    form = _form(request, prospects, move) if move else None
    return render(request, "dangers/bulk.html", _before(run, prospects, move, form))


@door(DangerPermission.VIEW)
@require_POST
def bulk_start(request: Request, run_id: UUID) -> HttpResponse:
    """Set the step going: a few rows are taken while one waits, many by a worker."""
    run = bulk_for(request.actor, run_id)
    wanted = request.POST.get("move", "")
    if run.state != BulkState.DRAFT or wanted not in BULK_MOVES:
        return redirect("dangers:bulk-run", run.pk)  # sent twice, or a step of no form of ours
    now, move = timezone.now(), Move(wanted)
    prospects = prospects_of(run, request.actor, now=now)
    form = _form(request, prospects, move, data=request.POST)
    if not form.is_valid():
        return render(request, "dangers/bulk.html", _before(run, prospects, move, form), status=422)
    _go(start_bulk(run.pk, move, form.given(), actor=request.actor, now=now), request)
    return redirect("dangers:bulk-run", run.pk)


@door(DangerPermission.VIEW)
@require_POST
def bulk_retry(request: Request, run_id: UUID) -> HttpResponse:
    """Try once more what was refused, and go on with what waits."""
    _go(retry_bulk(run_id, actor=request.actor, now=timezone.now()), request)
    return redirect("dangers:bulk-run", run_id)


@door(DangerPermission.VIEW)
@require_POST
def bulk_again(request: Request, run_id: UUID) -> HttpResponse:
    """Choose another step for what was refused."""
    run = bulk_for(request.actor, run_id)
    refused = run.rows.filter(outcome=Outcome.REFUSED).values_list("danger", flat=True)
    made = choose_dangers(refused, query=run.query, actor=request.actor, now=timezone.now())
    return redirect("dangers:bulk-run", made.pk)


@door(DangerPermission.VIEW)
@require_POST
def bulk_undo(request: Request, run_id: UUID) -> HttpResponse:
    """Take back what was done, as far as nobody was told."""
    undo_bulk(run_id, actor=request.actor, now=timezone.now())
    return redirect("dangers:bulk-run", run_id)


@door(DangerPermission.VIEW)
@require_POST
def bulk_stop(request: Request, run_id: UUID) -> HttpResponse:
    """Take no more rows."""
    stop_bulk(run_id, actor=request.actor)
    return redirect("dangers:bulk-run", run_id)


@door(DangerPermission.VIEW)
@require_GET
@never_cache
def bulk_progress(request: Request, run_id: UUID) -> HttpResponse:
    """Redraw the progress; once it has ended the page around it is loaded anew."""
    run = bulk_for(request.actor, run_id)
    answer = render(request, "dangers/_bulk_progress.html", _told(run))
    if run.state != BulkState.RUNNING:
        answer["HX-Refresh"] = "true"
    return answer


def _go(run: BulkRun, request: Request) -> None:
    if run.job is None:
        take_rows(run, actor=request.actor, now=timezone.now(), limit=MOST)
        finish_bulk(run, now=timezone.now())


def _form(request: Request, prospects: Prospects, move: Move, data: Any = None) -> BulkForm:
    dangers = list(prospects.dangers.values())
    return form_for(request.actor, dangers, move, today=china_day(timezone.now()), data=data)


def _before(run: BulkRun, prospects: Prospects, move: Move | None, form: BulkForm | None) -> dict[str, Any]:
    opens, all_rows = prospects.opens(), prospects.of(move) if move else []
    return {
        "run": run,
        "chosen": len(prospects.rows),
        "steps": [
            {"move": str(each), "label": offer_of(each).label, "count": opens[each], "here": each is move}
            for each in sorted(opens, key=lambda each: (-opens[each], offer_of(each).order))
        ],
        "offer": offer_of(move) if move else None,
        "form": form,
        "opens": opens[move] if move else 0,
        "rows": [(one, [Refusal(code) for code in one.reasons]) for one in all_rows[:SHOWN]],
        "more": max(0, len(all_rows) - SHOWN),
        "back": f"{reverse('dangers:list')}?{run.query or 'all=1'}",
        "most": MOST,
    }


def _told(run: BulkRun) -> dict[str, Any]:
    counts = outcomes_of(run)
    total = sum(counts.values())
    return {
        "run": run,
        "label": offer_of(Move(run.move)).label,
        "state": label(BulkState(run.state)),
        "done": counts[Outcome.DONE],
        "refused": counts[Outcome.REFUSED],
        "unchanged": counts[Outcome.UNCHANGED],
        "undone": counts[Outcome.UNDONE],
        "waiting": counts[Outcome.WAITING],
        "answered": total - counts[Outcome.WAITING],
        "total": total,
    }


def _results(run: BulkRun, request: Request) -> dict[str, Any]:
    rows, language = rows_of(run, request.actor), get_language() or "zh-hans"
    told = [
        {
            "danger": danger,
            "outcome": row.outcome,
            "words": label(Outcome(row.outcome))(language),
            "refusal": Refusal(row.code, **row.facts) if row.code else None,
        }
        for row, danger in rows[:SHOWN]
    ]
    counted = _told(run)
    return {
        **counted,
        "rows": told,
        "more": max(0, len(rows) - SHOWN),
        "may_undo": may_undo(run, counted["done"], most=AT_ONCE, now=timezone.now()),
        "is_running": run.state == BulkState.RUNNING,
        "back": f"{reverse('dangers:list')}?{run.query or 'all=1'}",
    }
