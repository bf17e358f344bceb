"""One danger told twice: merged with all that was told, taken out again as it was."""

from collections import Counter
from datetime import timedelta

import pytest
from depth import examples
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from make import DAY, NOW
from stories import DUE, awaiting, codes, confirmed, fresh, ordered, photo, rectifying, reported, step, told

from zhiben.clocks.models import Deadline
from zhiben.dangers.domain.kinds import OPEN, Channel, Confidentiality, Level, State
from zhiben.dangers.domain.merging import OBJECTIONS, Party, better_kept, objection
from zhiben.dangers.domain.moves import Given, Move
from zhiben.dangers.models import Danger, Evidence, Extension, Merger, Participant, Source
from zhiben.dangers.selectors.offers import moves_for
from zhiben.dangers.selectors.reading import subject_of, untouched_of
from zhiben.dangers.services import merging
from zhiben.dangers.services.intake import ImportedDanger
from zhiben.dangers.services.merging import merge_danger, unmerge_danger
from zhiben.dangers.services.moves import move_danger
from zhiben.dangers.services.report import report_danger
from zhiben.dangers.services.sweeping import sweep_dangers
from zhiben.insights.ledger import By, clearing
from zhiben.insights.models import Major, Restated
from zhiben.journal import public as journal
from zhiben.journal.selectors.reading import history
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.kernel.ids import uuid7
from zhiben.notices.models import Message
from zhiben.orgs.models import Unit

LATER = NOW + timedelta(days=3)


def merge(merged, kept, by, now=LATER, reason="同一具灭火器"):
    merge_danger(merged.pk, kept.pk, reason, actor=by.actor, now=now)
    return fresh(merged.pk)


def unmerge(merged, by, now=LATER, reason="看错了"):
    unmerge_danger(merged.pk, reason, actor=by.actor, now=now)
    return fresh(merged.pk)


def two(cast, **facts):
    """A danger under way, and the same told by an inspector."""
    kept = rectifying(cast, description="灭火器压力不足", place_text="1号车间")
    facts = {"description": "灭火器失压", "place_text": "一车间", "channel": Channel.INSPECTION} | facts
    return kept, reported(cast, by=cast.li, **facts)


def test_a_merged_danger_leaves_the_stock_and_waits_for_nothing(cast):
    kept, other = two(cast)
    merged = merge(other, kept, cast.li)
    assert (merged.state, merged.merged_into_id, merged.closed_on) == (State.VOIDED, kept.pk, DAY + timedelta(3))
    assert merged.next_at is None
    assert not Deadline.objects.filter(subject=subject_of(merged.pk), is_current=True).exists()
    assert fresh(kept.pk).state == kept.state
    assert codes(merged)[-1] == "danger:merged"
    assert codes(kept)[-1] == "danger:took-in"
    assert history(subject_of(merged.pk))[-1].body["reason"] == "同一具灭火器"


def test_all_that_was_told_and_laid_beside_it_stays_with_it(cast):
    kept, other = two(cast, ref="检2026-7", reward_ref="奖-3", finder="李检查")
    Evidence.objects.create(danger=other, kind="photo_before", file=photo(other).file, at=NOW)
    before = {table: list(table.objects.filter(danger=other).values()) for table in (Source, Participant, Evidence)}
    merge(other, kept, cast.li)
    assert before == {table: list(table.objects.filter(danger=other).values()) for table in before}
    assert Source.objects.get(danger=other).reward_ref == "奖-3"


def test_what_was_proved_and_done_about_the_merged_one_counts_for_the_one_kept(cast):
    kept = awaiting(cast, description="甲")
    other = rectifying(cast, description="乙")
    Participant.objects.create(danger=other, role="rectifier", person=cast.zhou.person, at=NOW)
    offers = {offer.move: offer for offer in moves_for(cast.zhou.actor, kept, now=NOW)}
    assert offers[Move.ACCEPT].is_open
    merge(other, kept, cast.wang)
    offers = {offer.move: offer for offer in moves_for(cast.zhou.actor, fresh(kept.pk), now=LATER)}
    assert "danger:separation-of-duties" in offers[Move.ACCEPT].reasons


def test_what_an_inspection_found_too_is_signed_off_by_the_inspectors(cast):
    kept, other = two(cast)
    merge(other, kept, cast.li)
    kept = step(fresh(kept.pk), "submit", cast.gong, now=LATER, report="好了", proofs=(photo(kept),))
    offers = {offer.move: offer for offer in moves_for(cast.wang.actor, kept, now=LATER)}
    assert "danger:ordered-needs-reinspection" in offers[Move.ACCEPT].reasons
    unmerge(other, cast.li)
    offers = {offer.move: offer for offer in moves_for(cast.zhou.actor, fresh(kept.pk), now=LATER)}
    assert offers[Move.ACCEPT].is_open


def test_those_who_told_of_it_and_who_owned_it_are_told(cast):
    kept, other = rectifying(cast, description="甲"), rectifying(cast, description="乙")
    merge(other, kept, cast.wang)
    told_to = Message.objects.filter(kind="danger:merged")
    assert set(told_to.values_list("person_id", flat=True)) == {cast.gong.person.pk}
    assert told_to.get().facts["into"] == kept.number


# who may, and what may be merged


def test_only_a_supervisor_merges_away_what_a_supervisor_found(cast):
    kept, other = two(cast)
    with pytest.raises(NotAllowed, match="found-by-supervisor"):
        merge(other, kept, cast.wang)
    assert merge(kept, other, cast.wang).merged_into_id == other.pk


def test_merging_asks_for_the_right_at_both_places_and_a_stranger_learns_nothing(cast):
    kept, other = two(cast)
    for stranger in (cast.zhang, cast.he):
        with pytest.raises(NotFound):
            merge(other, kept, stranger)
    for powerless in (cast.gong, cast.su):
        with pytest.raises(NotAllowed, match="missing-permission"):
            merge(other, kept, powerless)


def test_a_reason_is_asked_for(cast):
    kept, other = two(cast)
    with pytest.raises(Invalid, match="needs-reason"):
        merge(other, kept, cast.li, reason=" ")
    merge(other, kept, cast.li)
    with pytest.raises(Invalid, match="needs-reason"):
        unmerge(other, cast.li, reason="")


PLAIN = {"id": 1, "state": State.REGISTERED, "found_on": DAY, "enterprise": 5, "township": 9, "path": "/1/2/"}
REFUSED = [
    ("danger:merge-itself", {}, {"id": 1}),
    ("danger:is-merged", {"merged_into": 3}, {}),
    ("danger:merge-into-merged", {}, {"merged_into": 3}),
    ("danger:merge-closed", {"state": State.SIGNED_OFF, "closed_on": DAY}, {}),
    ("danger:merge-into-voided", {}, {"state": State.VOIDED, "closed_on": DAY}),
    ("danger:merge-recurrence", {"found_on": DAY + timedelta(2)}, {"state": State.SIGNED_OFF, "closed_on": DAY}),
    ("danger:merge-other-enterprise", {}, {"enterprise": 6}),
    ("danger:merge-other-party", {"party": 7}, {"party": 8}),
    ("danger:merge-other-way", {}, {"enterprise": None}),
    ("danger:merge-other-way", {"party": 7}, {}),
    ("danger:merge-too-far", {"enterprise": None, "path": "/1/3/", "township": 8}, {}),
    ("danger:merge-hides-major", {"level": Level.MAJOR}, {"level": Level.GENERAL}),
    ("danger:merge-hides-major", {"level": Level.MAJOR}, {"level": Level.UNSET}),
    ("danger:merge-loses-order", {"due_set_by": "order"}, {"due_set_by": "self"}),
    ("danger:merge-listed", {"is_listed": True}, {}),
    ("danger:stop-order-stands", {"is_stopped": True}, {}),
    ("danger:merge-unseals", {"confidentiality": Confidentiality.SEALED}, {}),
]


@pytest.mark.parametrize(("code", "merged", "kept"), REFUSED)
def test_what_may_not_be_merged_is_refused_by_name(code, merged, kept):
    assert objection(Party(**(PLAIN | merged)), Party(**(PLAIN | {"id": 2} | kept))) == code


def test_every_objection_has_its_case():
    assert {code for code, _ in OBJECTIONS} == {code for code, _, _ in REFUSED}


@pytest.mark.parametrize(
    ("merged", "kept"),
    [
        ({}, {}),
        ({"level": Level.MAJOR}, {"level": Level.MAJOR}),
        ({"level": Level.GENERAL}, {"level": Level.MAJOR}),
        ({"enterprise": None, "path": "/1/3/"}, {}),  # in the township
        ({"enterprise": None, "township": None, "path": "/1/"}, {}),  # the kept one lies below
        ({"found_on": DAY - timedelta(2)}, {"state": State.SIGNED_OFF, "closed_on": DAY}),  # told late
        ({"due_set_by": "order"}, {"due_set_by": "order"}),
        ({}, {"party": 7}),
        ({"state": State.TRANSFERRED}, {"state": State.RECTIFYING}),
    ],
)
def test_these_may_be_merged(merged, kept):
    assert objection(Party(**(PLAIN | merged)), Party(**(PLAIN | {"id": 2} | kept))) is None


def test_the_one_further_along_is_better_kept_then_the_older_but_never_one_that_cannot_take_the_other():
    def better(one, other):
        return better_kept(Party(**(PLAIN | one)), Party(**(PLAIN | {"id": 2} | other)))

    assert better({}, {"state": State.RECTIFYING}) == 2
    assert better({}, {}) == 1
    assert better({"found_on": DAY + timedelta(1)}, {}) == 2
    assert better({"level": Level.MAJOR}, {"state": State.RECTIFYING, "level": Level.GENERAL}) == 1


def test_other_matters_and_levels_go_into_the_graver_one(cast):
    general, major = confirmed(cast, description="甲", matter="fire"), confirmed(cast, "major", description="乙")
    with pytest.raises(Conflict, match="hides-major"):
        merge(major, general, cast.wang)
    merged = merge(general, major, cast.wang)
    assert (merged.matter, fresh(major.pk).matter) == ("fire", major.matter)


# mergers of mergers, and two at once


def test_nothing_goes_into_what_was_merged_itself_so_there_are_no_cycles(cast):
    a, b, c = (reported(cast, description=words) for words in "甲乙丙")
    merge(a, b, cast.wang)
    for merged, kept, code in ((b, a, "into-merged"), (c, a, "into-merged"), (a, c, "is-merged")):
        with pytest.raises(Conflict, match=code):
            merge(merged, kept, cast.wang)
    with pytest.raises(Invalid, match="itself"):
        merge(b, b, cast.wang)
    merge(b, c, cast.wang)
    assert [fresh(each.pk).merged_into_id for each in (a, b, c)] == [b.pk, c.pk, None]


def test_a_family_comes_apart_in_any_order(cast):
    a = reported(cast, by=cast.li, description="甲", channel=Channel.INSPECTION)
    b, c = reported(cast, description="乙"), reported(cast, description="丙")
    merge(a, b, cast.li)
    merge(b, c, cast.li)
    assert fresh(c.pk).judged_as == Channel.INSPECTION
    a = unmerge(a, cast.li)
    assert (a.state, fresh(b.pk).state) == (State.REGISTERED, State.VOIDED)
    assert (fresh(b.pk).judged_as, fresh(c.pk).judged_as) == (Channel.SELF_CHECK, Channel.SELF_CHECK)
    assert unmerge(b, cast.li).state == State.REGISTERED


def test_of_two_who_merge_crosswise_one_is_told_that_the_other_was_faster(cast, monkeypatch):
    a, b = reported(cast, description="甲"), reported(cast, description="乙")
    snapshot, rivals = merging._snapshot, [cast.zhou.actor]
    monkeypatch.setattr(merging.journal, "record", lambda lines, **told: None)  # twice in this one test transaction

    def slow(danger):
        if rivals:  # between reading and writing somebody merges the other way round
            merge_danger(b.pk, a.pk, "先到", actor=rivals.pop(), now=NOW)
        return snapshot(danger)

    monkeypatch.setattr(merging, "_snapshot", slow)
    with pytest.raises(Conflict, match="already-moved"):
        merge(a, b, cast.wang)


def test_whoever_saw_an_older_version_is_told(cast):
    kept, other = two(cast)
    with pytest.raises(Conflict, match="already-moved"):
        merge_danger(other.pk, kept.pk, "同", actor=cast.li.actor, now=LATER, version=other.version + 1)


def test_a_merged_danger_takes_no_step_until_it_is_taken_out(cast):
    kept, other = two(cast)
    merged = merge(other, kept, cast.li)
    assert not [offer for offer in moves_for(cast.li.actor, merged, now=LATER) if offer.is_open]
    with pytest.raises(Conflict, match="is-merged"):
        step(merged, "reopen", cast.li, now=LATER)
    with pytest.raises(Conflict, match="not-merged"):
        unmerge(kept, cast.li)


def test_an_import_that_others_were_merged_into_is_not_withdrawn(cast):
    row = ImportedDanger(
        unit_id=cast.site.pk,
        description="旧账",
        found_on=DAY,
        channel=Channel.SELF_CHECK,
        batch="b1",
        level=Level.GENERAL,
    )
    kept = fresh(report_danger(row, actor=cast.wang.actor, now=NOW).id)
    merge(reported(cast, description="新报"), kept, cast.wang)
    assert untouched_of("b1", [kept.pk]) == []
    with pytest.raises(Conflict, match="holds-merged"):
        move_danger(kept.pk, Move.WITHDRAW_IMPORT, Given(reason="导错"), actor=cast.wang.actor, now=LATER)


# taken out again


def picture(danger_id):
    """All that stands on record of a danger, but for the journal's own entries and the counter of writes."""
    row = Danger.unscoped.filter(pk=danger_id).values().get()
    del row["version"]
    subject = subject_of(danger_id)
    beside = [
        list(table.objects.filter(danger=danger_id).order_by("pk").values())
        for table in (Source, Participant, Evidence, Extension)
    ]
    return row, beside, list(Deadline.objects.filter(subject=subject).order_by("pk").values())


def ledger(cast):
    """The clearing ledger of the county, by level, day by day, and what was restated."""
    while journal.run_consumers(now=LATER):
        pass
    county = Unit.objects.get(pk=cast.tree.county.pk)
    days = [DAY + timedelta(n) for n in (-40, -35, -1, *range(6), 12, 13, 29, 30, 59)]
    rows = {
        day: Counter({str(sorted(key.items())): row for key, row in clearing(county, day, day, by=By.LEVEL)})
        for day in days
    }
    blank = {day: {key: row for key, row in found.items() if any(vars_of(row))} for day, found in rows.items()}
    majors = list(Major.objects.order_by("pk").values())
    return blank, majors, set(Restated.objects.values_list("unit", "month"))


def vars_of(row):
    assert row.balances()
    return [getattr(row, name) for name in row.__dataclass_fields__]


def states(cast, words):
    return {
        "registered": lambda: reported(cast, description=words),
        "confirmed": lambda: confirmed(cast, description=words),
        "major": lambda: confirmed(cast, "major", description=words),
        "rectifying": lambda: rectifying(cast, description=words),
        "awaiting": lambda: awaiting(cast, description=words),
        "transferred": lambda: step(
            confirmed(cast, description=words), "transfer", cast.li, department=cast.other_department.pk
        ),
        "overdue": lambda: _overdue(cast, words),
        "asked": lambda: _asked(cast, words),
        "found earlier": lambda: reported(cast, description=words, found_on=DAY - timedelta(35)),
    }


def _overdue(cast, words):
    danger = rectifying(cast, description=words, due_on=DAY + timedelta(1))
    sweep_dangers(NOW + timedelta(days=2))
    assert fresh(danger.pk).is_overdue
    return fresh(danger.pk)


def _asked(cast, words):
    danger = ordered(cast, description=words, due_on=DAY + timedelta(5))
    return step(danger, "ask_extension", cast.wang, due_on=DAY + timedelta(30), force_majeure=True)


@pytest.mark.django_db
@settings(
    max_examples=examples(6, deep=60),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    which=st.sampled_from([
        "registered", "confirmed", "major", "rectifying", "awaiting", "transferred", "overdue", "asked", "found earlier",
    ]),
    days=st.integers(3, 4),
    between=st.sampled_from([timedelta(0), timedelta(hours=5), timedelta(days=9)]),
    times=st.integers(1, 2),
)  # fmt: skip
def test_merged_and_taken_out_again_a_danger_and_the_ledger_are_as_before(cast, which, days, between, times):
    words = str(uuid7())  # examples share one database
    other = states(cast, words)[which]()
    kept = (ordered if other.due_set_by == "order" else confirmed)(cast, "major", description=f"同{words}")
    now = NOW + timedelta(days=days)
    before, kept_before, figures = picture(other.pk), picture(kept.pk), ledger(cast)
    for _ in range(times):
        merge(other, kept, cast.zhao, now=now)
        assert ledger(cast)[0] != figures[0]
        now += between
        unmerge(other, cast.zhao, now=now)
    assert picture(other.pk) == before
    assert picture(kept.pk) == kept_before
    assert ledger(cast)[:2] == figures[:2]
    assert ledger(cast)[2] == figures[2], "within one month nothing is restated"
    assert Merger.objects.filter(danger=other, undone_at__isnull=True).count() == 0


def test_taken_out_in_another_month_the_ledger_is_as_before_and_the_month_is_marked_restated(cast):
    kept, other = two(cast)
    figures = ledger(cast)[0]
    merge(other, kept, cast.li)
    unmerge(other, cast.li, now=NOW + timedelta(days=45))
    again, _, restated = ledger(cast)
    assert again == figures
    march = (2026 - 1970) * 12 + 2
    assert (cast.tree.county.pk, march) in restated


def test_what_was_promised_meanwhile_lapses_as_if_it_had_never_been_merged(cast):
    other = rectifying(cast, description="乙", due_on=DUE)
    kept = rectifying(cast, description="甲")
    merge(other, kept, cast.wang)
    much_later = NOW + timedelta(days=40)
    sweep_dangers(much_later)
    assert not fresh(other.pk).is_overdue
    unmerge(other, cast.wang, now=much_later)
    sweep_dangers(much_later + timedelta(minutes=1))
    assert fresh(other.pk).overdue_since == DUE + timedelta(1)


def test_a_unit_that_moved_meanwhile_is_told_when_the_danger_comes_back(cast):
    kept, other = two(cast)
    merge(other, kept, cast.li)
    Danger.unscoped.filter(pk=other.pk).update(industry="chemicals")
    unmerge(other, cast.li)
    assert codes(other)[-2:] == ["danger:unmerged", "danger:moved"]
    moved = history(subject_of(other.pk))[-1].body
    assert (moved["before_cell"]["industry"], moved["after_cell"]["industry"]) == (kept.industry, "chemicals")


def test_a_report_that_names_no_enterprise_goes_into_the_danger_it_speaks_of(cast):
    kept = rectifying(cast, description="甲")
    new = told(cast, "路边闻到味道", unit_id=cast.tree.township.pk, channel=Channel.PUBLIC_REPORT, reward_ref="举报-9")
    other = fresh(report_danger(new, actor=SYSTEM, now=NOW).id)
    assert other.enterprise_id is None
    with pytest.raises(Conflict, match="other-way"):
        merge(kept, other, cast.li)
    assert merge(other, kept, cast.li).merged_into_id == kept.pk
    assert fresh(kept.pk).judged_as == Channel.PUBLIC_REPORT


def test_a_journal_rebuilt_counts_the_same(cast):
    kept, other = two(cast)
    third = confirmed(cast, "major", description="丙")
    merge(other, kept, cast.li)
    merge(kept, third, cast.li)
    unmerge(other, cast.li)
    figures = ledger(cast)
    journal.rebuild("insights:tallies")
    assert ledger(cast)[:2] == figures[:2]
    open_rows = Danger.unscoped.filter(state__in=[str(state) for state in OPEN]).count()
    county = Unit.objects.get(pk=cast.tree.county.pk)
    assert sum(row.open_after for _, row in clearing(county, DAY, DAY + timedelta(50))) == open_rows


def test_a_stray_merger_is_refused_by_the_database_itself(cast):
    kept, other = two(cast)
    with pytest.raises(Exception, match=r"(?i)merged_is_out_of_stock"), connection.cursor() as cursor:
        cursor.execute("update dangers_danger set merged_into_id = %s where id = %s", [kept.pk, other.pk])
