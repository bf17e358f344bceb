"""What the worker does for dangers."""

from datetime import timedelta

from zhiben.clocks.public import JobKind, JobView, StepResult, Sweep, register_job, register_sweep
from zhiben.dangers.models import BulkRow, BulkRun
from zhiben.dangers.permissions import LABELS, DangerPermission
from zhiben.dangers.selectors.judging import JOB as JUDGING_JOB
from zhiben.dangers.selectors.owning import check_owns_nothing
from zhiben.dangers.selectors.resting import open_on
from zhiben.dangers.services import (
    accountability,
    bulk,
    comments,
    lookbacks,
    measures,
    notice_papers,
    populations,
    proposing,
    recurring,
    sampling,
)
from zhiben.dangers.services.following import JOB, follow_step, follow_units
from zhiben.dangers.services.laddering import SWEEP as LADDER_SWEEP
from zhiben.dangers.services.laddering import sweep_ladder
from zhiben.dangers.services.list_clock import SWEEP as LISTING_SWEEP
from zhiben.dangers.services.list_clock import sweep_listings
from zhiben.dangers.services.rungs import follow_documents
from zhiben.dangers.services.spans import CODES, CONSUMER, derive_spans, empty_spans
from zhiben.dangers.services.suspecting import CHANGED, MADE, follow_verdicts
from zhiben.dangers.services.sweeping import SWEEP, sweep_dangers
from zhiben.journal.public import Consumer, register_consumer
from zhiben.kernel.bilingual import Bilingual
from zhiben.orgs.forgetting import Keeper, register_keeper
from zhiben.orgs.permissions import register_permissions
from zhiben.standards.public import register_raise, register_resting


def bulk_rows(view: JobView) -> bool:
    """Take the next rows of a step for many, each in its own transaction; tell whether the run has ended."""
    run = BulkRun.objects.get(pk=view.arguments["run"])
    bulk.take_rows(run, actor=view.actor, now=view.now, limit=bulk.AT_ONCE)
    return bulk.finish_bulk(run, now=view.now)


def bulk_told(view: JobView) -> StepResult:
    """Tell how far the rows are."""
    waiting = BulkRow.objects.filter(run=view.arguments["run"], outcome="waiting").count()
    return StepResult(advance=max(0, (view.total or 0) - waiting - view.done), finished=view.prepared)


def judge_part(view: JobView) -> populations.Part:
    """Judge the next enterprises."""
    told, after = view.arguments, int(view.result.get("after", 0))
    return populations.next_part(view.actor, told["unit"], after, asks=told["asks"], now=view.now)


def keep_part(view: JobView) -> StepResult:
    """Write what follows from them."""
    part = view.prepared
    counts, is_last = populations.keep_part(
        part, view.result, unit=view.arguments["unit"], actor=view.actor, now=view.now
    )
    return StepResult(advance=len(part.enterprises), finished=is_last, result=counts)


register_permissions(DangerPermission, LABELS)
register_sweep(Sweep(SWEEP, sweep_dangers))
register_sweep(Sweep(LADDER_SWEEP, sweep_ladder))
register_sweep(Sweep(lookbacks.SWEEP, lookbacks.sweep_lookbacks))
register_sweep(Sweep(sampling.SWEEP, sampling.sweep_samples))
register_consumer(Consumer(recurring.CONSUMER, recurring.CODES, recurring.link_repeats))
register_consumer(Consumer(accountability.CONSUMER, accountability.CODES, accountability.raise_candidates))
register_consumer(Consumer("danger:plan-samples", frozenset({"danger:signed-off"}), sampling.plan_samples))
register_sweep(Sweep(LISTING_SWEEP, sweep_listings))
register_sweep(Sweep(proposing.SWEEP, proposing.sweep_duplicates))
register_consumer(Consumer(proposing.CONSUMER, proposing.CODES, proposing.queue_checks, proposing.forget_checks))
register_job(JobKind(JOB, follow_step, Bilingual("隐患随单位划转", "Dangers follow a moved unit")))
register_job(JobKind(bulk.JOB, bulk_told, Bilingual("批量办理隐患", "A step for many dangers"), prepare=bulk_rows))
register_consumer(Consumer("danger:follow-units", frozenset({"unit:handed-on", "unit:move-finished"}), follow_units))
register_consumer(Consumer(CONSUMER, CODES, derive_spans, empty_spans))
register_keeper(Keeper("dangers", check=check_owns_nothing))
register_keeper(Keeper("comments", forget=comments.forget_comments, subjects=comments.subjects_of))
register_keeper(Keeper("measures", forget=measures.forget_measures))
register_keeper(Keeper("bulk", forget=bulk.forget_runs))
register_consumer(Consumer("danger:follow-verdicts", frozenset({MADE, CHANGED}), follow_verdicts))
register_consumer(Consumer(notice_papers.CONSUMER, frozenset({"notice:received"}), notice_papers.serve_received))
PAPERS = frozenset({"document:issued", "document:discarded", "document:withdrawn"})
register_consumer(Consumer("ladder:documents", PAPERS, follow_documents))
register_consumer(Consumer("suspicion:note-facts", frozenset({populations.RECORDED}), populations.note_facts))
register_sweep(Sweep(populations.SWEEP, populations.sweep_suspicions))
register_sweep(Sweep(populations.PLANS, populations.sweep_plans))
JUDGE = JobKind(
    JUDGING_JOB,
    keep_part,
    Bilingual("批量判定企业", "Judging a part of the tree"),
    prepare=judge_part,
    lease=timedelta(minutes=5),
)
register_job(JUDGE)
register_raise(populations.judge_population)
register_resting(open_on)
