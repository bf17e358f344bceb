"""What lies beside a danger: files, candidate clauses, a moved unit."""

import pytest
from make import DAY, NOW
from stories import codes, confirmed, fresh, photo, rectifying, reported, step

from zhiben.clocks.models import Job
from zhiben.clocks.public import JobView
from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.domain.trail import gaps
from zhiben.dangers.public import Filters, add_evidence, answer_clause, dangers_for
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.services.following import follow_step
from zhiben.journal.public import history
from zhiben.journal.services.consuming import run_consumers
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Invalid, NotAllowed, NotFound
from zhiben.orgs.services.moving import move_unit


def test_photos_may_follow_the_report(cast):
    danger = reported(cast)
    proof = photo(danger, "photo_before")
    add_evidence(danger.pk, [proof, proof], actor=cast.gong.actor, now=NOW)
    add_evidence(danger.pk, [proof], actor=cast.gong.actor, now=NOW)
    assert [one.kind for one in danger.evidence.all()] == ["photo_before"]
    assert codes(danger) == ["danger:found", "danger:evidence-added"]
    with pytest.raises(NotAllowed):
        add_evidence(danger.pk, [proof], actor=cast.su.actor, now=NOW)


def test_a_file_kept_elsewhere_is_refused(cast):
    danger, other = reported(cast), reported(cast, description="另一处")
    with pytest.raises(Invalid, match="file-not-on-danger"):
        add_evidence(danger.pk, [photo(other)], actor=cast.gong.actor, now=NOW)


def test_a_candidate_clause_is_chosen_by_a_person_and_says_nothing_of_the_level(cast):
    danger = reported(cast)
    offered = danger.candidates.first()
    answer_clause(danger.pk, offered.standard, offered.clause, "chosen", actor=cast.wang.actor, now=NOW)
    answer_clause(danger.pk, offered.standard, offered.clause, "chosen", actor=cast.wang.actor, now=NOW)
    assert codes(danger).count("danger:clause-answered") == 1
    answer_clause(danger.pk, "gongmao-2023", "11.3", "chosen", actor=cast.wang.actor, now=NOW)
    assert danger.candidates.filter(answer="chosen").count() == 2
    assert fresh(danger.pk).level == "unset"
    with pytest.raises(NotFound):
        answer_clause(danger.pk, "x", "1", "chosen", actor=cast.he.actor, now=NOW)
    with pytest.raises(NotAllowed):
        answer_clause(danger.pk, "x", "1", "chosen", actor=cast.gong.actor, now=NOW)


def finish_jobs():
    run_consumers(now=NOW)
    for job in Job.objects.filter(kind="danger:follow-unit"):
        follow_step(JobView(job.pk, job.kind, job.arguments, 0, None, {}, SYSTEM, NOW))


def test_dangers_follow_a_unit_to_its_new_place_in_the_figures(cast, monkeypatch):
    danger, closed = confirmed(cast), reported(cast, description="误报")
    closed = step(closed, "void", cast.zhao)
    run_consumers(now=NOW)
    move_unit(cast.site.pk, cast.tree.other_township.pk, actor=SYSTEM, now=NOW)
    monkeypatch.setattr("zhiben.journal.services.recording._mark_transaction", lambda: None)
    finish_jobs()
    finish_jobs()  # doing it again changes nothing: the trail is whole
    danger = fresh(danger.pk)
    assert danger.county_id == cast.tree.other_county.pk
    moved = [entry for entry in history(subject_of(danger.pk)) if entry.code == "danger:moved"]
    assert [(e.body["before_cell"]["county"], e.body["after_cell"]["county"]) for e in moved] == [
        (cast.tree.county.pk, cast.tree.other_county.pk)
    ]
    assert "danger:moved" not in codes(closed)
    assert [row[0] for row in dangers_for(cast.zhang.actor).rows] == [closed.pk, danger.pk]


def test_a_trail_that_breaks_while_a_unit_was_moving_is_mended():
    here = Cell(
        province=1, city=2, county=3, township=4, unit=9, industry="x", level="general", channel="inspection", matter="f"
    )  # fmt: skip
    there = Cell(**{**here.write(), "county": 5})
    told = [
        ("danger:found", {"cell": here.write()}),
        ("danger:signed-off", {"cell": there.write()}),
        ("danger:reopened", {"cell": there.write()}),
    ]
    assert [(gap.before.county, gap.after.county) for gap in gaps(told, there, is_open=True)] == [(3, 5)]
    assert gaps(told[:1], here, is_open=True) == []


def test_a_list_may_ask_for_a_flag_and_a_batch(cast):
    danger = rectifying(cast, "major")
    step(danger, "request_closure", cast.zhao, ground="unsafe")
    assert len(dangers_for(cast.wang.actor, Filters(flag="closure_requested")).rows) == 1
    assert dangers_for(cast.wang.actor, Filters(batch="b1")).rows == []
    assert dangers_for(cast.wang.actor, Filters(owner=cast.gong.person.pk, found_since=DAY)).rows
