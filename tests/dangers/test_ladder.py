"""The ladder at work: rungs raised once, issued by one signature each or skipped with a reason, seen by the enterprise."""

from datetime import timedelta

import pytest
from dangers.ladders import BODY, LATE, at, derived, late, span_of, switched_on
from dangers.stories import codes, photo, step
from make import DAY
from stage import world

from zhiben.dangers.domain.ladder import Due, Rung
from zhiben.dangers.domain.rungs import RungState
from zhiben.dangers.models import LadderRung, OverdueSpan
from zhiben.dangers.selectors.rungs import effects_for, ladder_view
from zhiben.dangers.services.laddering import sweep_ladder
from zhiben.dangers.services.merging import merge_danger, unmerge_danger
from zhiben.dangers.services.regional import switch_off
from zhiben.dangers.services.rungs import issue_rung, skip_rung
from zhiben.dangers.services.sweeping import sweep_dangers
from zhiben.documents.public import DocumentState, document_for, documents_of, issue_document, render
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, Invalid, NotFound
from zhiben.notices.models import Message

pytestmark = pytest.mark.django_db
LETTER, CIRCULAR = LATE + timedelta(15), LATE + timedelta(30)


@world
def danger(cast):
    switched_on(cast)
    return late(cast)


def sweep(day):
    derived(at(day))
    return sweep_ladder(at(day))


def only():
    return LadderRung.objects.get()


def issued(cast, day=LETTER):
    sweep(day)
    rung = LadderRung.objects.get(state=RungState.DRAFTED)
    issue_rung(rung.pk, actor=cast.zhao.actor, now=at(day))
    rung.refresh_from_db()
    return rung


def test_nothing_is_raised_where_no_ladder_is_on(cast):
    late(cast)
    sweep(LATE + timedelta(100))
    assert not LadderRung.objects.exists()


def test_a_rung_is_raised_on_its_day_once_with_a_draft_for_the_responsible_party(cast, danger):
    sweep(LATE)
    sweep(LETTER - timedelta(1))
    assert not LadderRung.objects.exists()
    assert sweep(LETTER) == 1
    assert sweep(LETTER) == 0
    rung = only()
    assert (rung.rung, rung.due_on, rung.recipient) == ("letter", LETTER, cast.enterprise.name)
    document = document_for(cast.zhao.actor, rung.document)
    assert (document.kind, document.state, document.number) == ("ladder:letter", DocumentState.DRAFT, "")
    assert codes(danger)[-1] == "ladder:raised"


def test_two_workers_raise_it_once(cast, danger):
    sweep(LATE)
    OverdueSpan.objects.update(next_at=at(LETTER))
    rows = list(OverdueSpan.objects.all())
    sweep(LETTER)
    from_before = OverdueSpan.objects.filter(pk=rows[0].pk, next_at=rows[0].next_at)
    assert not from_before.update(next_at=None)
    assert LadderRung.objects.count() == 1


def test_issuing_gives_signer_number_and_recipient_and_tells_the_heads(cast, danger):
    rung = issued(cast)
    assert rung.state == RungState.ISSUED
    assert rung.number
    assert (rung.settled_by_id, rung.settled_on) == (cast.zhao.account.pk, LETTER)
    assert codes(danger)[-1] == "ladder:issued"
    told = Message.objects.filter(kind="ladder:issued")
    assert cast.zhou.person.pk in set(told.values_list("person", flat=True))
    assert render(rung.document, form="pdf", language="zh-hans").startswith(b"%PDF")


def test_a_rung_signed_on_the_page_of_its_document_is_settled_too(cast, danger):
    sweep(LETTER)
    rung = only()
    number = issue_document(
        rung.document, signer_account_id=cast.zhao.account.pk, actor=cast.zhao.actor, now=at(LETTER)
    )
    derived(at(LETTER))
    rung.refresh_from_db()
    assert (rung.state, rung.number, rung.settled_on) == (RungState.ISSUED, number, LETTER)


def test_a_rung_is_settled_once(cast, danger):
    rung = issued(cast)
    with pytest.raises(Conflict, match="ladder:already-settled"):
        issue_rung(rung.pk, actor=cast.zhao.actor, now=at(LETTER))
    with pytest.raises(Conflict, match="ladder:already-settled"):
        skip_rung(rung.pk, reason="晚了", actor=cast.zhao.actor, now=at(LETTER))


def test_strangers_and_those_without_the_right_see_no_rung(cast, danger):
    sweep(LETTER)
    for player in (cast.zhang, cast.li, cast.wang):
        with pytest.raises(NotFound, match="ladder:not-found"):
            issue_rung(only().pk, actor=player.actor, now=at(LETTER))


def test_a_skipped_rung_needs_a_reason_and_the_next_one_follows(cast, danger):
    sweep(LETTER)
    with pytest.raises(Invalid, match="ladder:reason-needed"):
        skip_rung(only().pk, reason=" ", actor=cast.zhao.actor, now=at(LETTER))
    skip_rung(only().pk, reason="企业已停业，直接约谈", actor=cast.zhao.actor, now=at(LETTER))
    assert documents_of(f"danger/{danger.pk}")[0].state == DocumentState.DISCARDED
    sweep(LETTER)
    assert ladder_view(danger, now=at(LETTER)).following == Due(Rung.CIRCULAR, CIRCULAR)
    sweep(CIRCULAR)
    assert LadderRung.objects.filter(state=RungState.DRAFTED).get().rung == "circular"


def test_no_rung_follows_while_one_waits_for_its_signature(cast, danger):
    sweep(LETTER)
    sweep(CIRCULAR)
    assert only().rung == "letter"
    assert ladder_view(danger, now=at(CIRCULAR)).waiting == only()


def test_a_draft_is_given_up_when_the_danger_is_no_longer_late(cast, danger):
    sweep(LETTER)
    step(danger, "change_due", cast.wang, now=at(LETTER), due_on=LETTER + timedelta(10))
    sweep(LETTER)
    assert only().state == RungState.MOOT
    assert documents_of(f"danger/{danger.pk}")[0].state == DocumentState.DISCARDED
    assert codes(danger)[-1] == "ladder:moot"


def test_a_danger_that_is_late_again_after_a_merger_was_undone_gets_its_rung_once_more(cast, danger):
    kept = late(cast, description="另一处灭火器过期")
    sweep(LETTER)
    merge_danger(danger.pk, kept.pk, "同一处", actor=cast.li.actor, now=at(LETTER))
    sweep(LETTER)
    rung = LadderRung.objects.get(danger=danger)
    assert rung.state == RungState.MOOT
    unmerge_danger(danger.pk, "是两处", actor=cast.li.actor, now=at(LETTER))
    sweep(LETTER + timedelta(1))
    rung.refresh_from_db()
    assert (rung.state, rung.settled_on) == (RungState.DRAFTED, None)
    issue_rung(rung.pk, actor=cast.zhao.actor, now=at(LETTER + timedelta(1)))


def test_the_next_stretch_begins_with_the_letter_again(cast, danger):
    rung = issued(cast)
    step(danger, "change_due", cast.wang, now=at(LETTER), due_on=LETTER + timedelta(1))
    derived(at(LETTER))
    again = LETTER + timedelta(2)
    sweep_dangers(at(again))
    sweep(again + timedelta(15))
    assert [(each.rung, each.since) for each in LadderRung.objects.order_by("pk")] == [
        ("letter", rung.since), ("letter", again),
    ]  # fmt: skip


def test_the_enterprise_sees_its_next_rung_and_its_day(cast, danger):
    view = ladder_view(danger, now=at(LATE))
    assert (view.following, view.waiting, view.is_held) == (Due(Rung.LETTER, LETTER), None, False)
    step(danger, "submit", cast.gong, now=at(LATE), report="好了", proofs=(photo(danger),))
    derived(at(LATE))
    held = ladder_view(danger, now=at(LATE))
    assert (held.following, held.is_held) == (None, True)


def test_switched_off_nothing_more_is_raised(cast, danger):
    rules = ladder_view(danger, now=at(LATE)).rules
    switch_off(rules.pk, LETTER, reason="另有安排", actor=cast.zhao.actor, now=at(LATE))
    sweep(LATE)
    sweep(CIRCULAR)
    assert not LadderRung.objects.exists()


def test_rules_that_follow_others_take_over_on_their_day(cast, danger):
    sweep(LATE)
    quick = {**BODY, "rungs": [{"rung": "letter", "general": 2, "major": 1}]}
    switched_on(cast, since=LATE + timedelta(5), body=quick, now=at(LATE))
    sweep(LATE)
    assert span_of(danger).next_at is not None
    sweep(LATE + timedelta(5))
    assert only().due_on == LATE + timedelta(5)


def test_effect_is_withheld_for_small_groups(cast, danger):
    issued(cast)
    step(danger, "submit", cast.gong, now=at(LETTER + timedelta(4)), report="好了", proofs=(photo(danger),))
    derived(at(LETTER + timedelta(4)))
    found = effects_for(cast.zhao.actor, today=CIRCULAR)[Rung.LETTER]
    assert (found.count, found.ended, found.is_withheld) == (1, 1, True)
    assert effects_for(SYSTEM, today=DAY)[Rung.EXPOSURE].count == 0
