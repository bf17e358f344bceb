"""Dangers that may be one: looked for by the sweep, kept with reasons, answered once and remembered."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from make import DAY, NOW, make_unit
from stories import codes, confirmed, fresh, photo, rectifying, reported, step, told

from zhiben.dangers.domain.kinds import Channel, Confidentiality
from zhiben.dangers.domain.likeness import PROPOSED
from zhiben.dangers.models import Danger, DuplicateCheck, DuplicateProposal, Evidence, Participant, Source
from zhiben.dangers.selectors.alike import _arms, alikes_of, wanted_at, wanted_of
from zhiben.dangers.selectors.duplicates import proposals_about, proposals_for
from zhiben.dangers.services.merging import merge_danger, unmerge_danger
from zhiben.dangers.services.proposing import sweep_duplicates, tell_apart
from zhiben.dangers.services.report import report_danger
from zhiben.dangers.services.retelling import Retelling, tell_again
from zhiben.files.models import Original
from zhiben.journal import public as journal
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.orgs.models import Enterprise

LATER = NOW + timedelta(days=2)


def looked(now=LATER):
    """Let the journal's consumers and the sweep do their work."""
    while journal.run_consumers(now=now):
        pass
    return sweep_duplicates(now)


def pairs(actor=SYSTEM):
    return {(row.first_id, row.second_id): row for row in proposals_for(actor)}


def twice(cast, **facts):
    one = reported(cast, description="灭火器压力不足", place_text="1号车间东侧")
    facts = {"description": "灭火器指针在红区，失压", "place_text": "一车间东面", "channel": Channel.INSPECTION} | facts
    return one, reported(cast, by=cast.li, **facts)


def test_what_is_told_twice_is_proposed_once_with_its_reasons(cast):
    one, other = twice(cast)
    assert looked() == 2
    ((pair, row),) = pairs().items()
    assert pair == (one.pk, other.pk)
    assert row.score >= PROPOSED
    assert {reason["sign"] for reason in row.reasons} >= {"words", "place", "days", "channels"}
    assert sum(reason["points"] for reason in row.reasons) == row.score
    assert looked() == 0, "once is enough"
    assert DuplicateCheck.objects.filter(next_at__isnull=False).count() == 0


def test_another_place_another_site_and_another_enterprise_are_not_proposed(cast):
    reported(cast, description="灭火器压力不足", place_text="1号车间")
    reported(cast, description="灭火器压力不足", place_text="2号车间")
    reported(cast, description="灭火器压力不足", place_text="1号车间", unit_id=cast.second_site.pk)
    new = told(cast, "灭火器压力不足", place_text="1号车间", unit_id=cast.other_enterprise.registered_site_id)
    report_danger(new, actor=SYSTEM, now=NOW)
    looked()
    assert pairs() == {}


def test_units_of_one_site_are_one_inside_the_other_or_beside_each_other(cast):
    workshop = make_unit(cast.site, "workshop", "一车间", enterprise=cast.enterprise)
    beside = make_unit(cast.site, "workshop", "二车间", enterprise=cast.enterprise)
    inner = reported(cast, description="灭火器压力不足", unit_id=workshop.pk)
    outer = reported(cast, by=cast.li, description="灭火器失压", channel=Channel.INSPECTION)
    reported(cast, by=cast.li, description="灭火器失压", channel=Channel.INSPECTION, unit_id=beside.pk)
    looked()
    assert (inner.pk, outer.pk) in pairs()
    assert all(abs(first - second) == 1 for first, second in pairs()), "the two workshops are no pair"


def test_what_came_back_after_its_sign_off_is_not_proposed_what_is_still_open_is_however_old(cast):
    now = NOW + timedelta(days=150)
    gone = rectifying(cast, description="消火栓箱前堆放杂物", place_text="三楼")
    gone = step(gone, "submit", cast.gong, report="已清", proofs=(photo(gone),))
    step(gone, "accept", cast.wang)
    still = reported(cast, description="配电室未设挡鼠板", place_text="配电室")
    day = DAY + timedelta(days=150)
    again = told(cast, "消火栓箱前堆放杂物", place_text="三楼", found_on=day)
    seen = told(cast, "配电室门口无挡鼠板", place_text="配电室", found_on=day, channel=Channel.INSPECTION)
    report_danger(again, actor=cast.gong.actor, now=now)
    new = report_danger(seen, actor=cast.li.actor, now=now)
    looked(now)
    assert set(pairs()) == {(still.pk, new.id)}


def test_a_report_that_names_no_enterprise_is_compared_within_its_township_by_clause_and_name(cast):
    Enterprise.objects.filter(pk=cast.enterprise.pk).update(name="成都宏达家具有限公司")
    known = reported(cast, description="木工车间除尘器未清灰，粉尘堆积严重")
    words = "宏达家具厂的木工车间除尘器粉尘堆积，没人清灰"
    new = told(cast, words, place_text="镇东头宏达家具厂", unit_id=cast.tree.township.pk, channel=Channel.PUBLIC_REPORT)
    unsure = report_danger(new, actor=SYSTEM, now=NOW)
    far = told(cast, words, place_text="宏达家具厂", unit_id=cast.tree.other_township.pk, channel=Channel.PUBLIC_REPORT)
    report_danger(far, actor=SYSTEM, now=NOW)
    looked()
    assert set(pairs()) == {(known.pk, unsure.id)}
    back = alikes_of(wanted_of(fresh(known.pk)))
    assert [one.danger for one in back] == [unsure.id]


def look(danger, bits):
    """Give a danger a photo that looks like these bits."""
    proof = photo(danger, "photo_before")
    Evidence.objects.create(danger=danger, kind="photo_before", file=proof.file, at=NOW)
    Original.objects.filter(files=proof.file).update(look=f"{bits:016x}", derived="waiting")


def test_the_same_photo_speaks_for_one_thing_and_is_waited_for(cast):
    one = reported(cast, description="吊顶漏水", place_text="西库")
    other = reported(cast, description="灯具不亮", place_text="西库", found_on=DAY - timedelta(5))
    look(one, 0x0F0F_F0F0_1234_5678)
    look(other, 0x0F0F_F0F0_1234_5679)
    looked()
    assert not [reason for row in pairs().values() for reason in row.reasons if reason["sign"] == "photo"]
    Original.objects.update(derived="ready")
    assert sweep_duplicates(LATER + timedelta(minutes=2)) == 2
    (row,) = pairs().values()
    assert {"sign": "photo", "points": 45, "facts": {"bits": 1}} in row.reasons


def test_what_is_sealed_is_never_proposed(cast):
    twice(cast, confidentiality=Confidentiality.SEALED)
    looked()
    assert pairs() == {}


def test_pairs_are_shown_only_to_who_may_see_both(cast):
    one, _ = twice(cast)
    looked()
    for viewer in (cast.li, cast.wang, cast.su):
        assert len(pairs(viewer.actor)) == 1
        assert proposals_about(viewer.actor, one).count() == 1
    for stranger in (cast.zhang, cast.he):
        assert pairs(stranger.actor) == {}
    assert proposals_for(cast.li.actor, unit=cast.site.path).count() == 1
    assert proposals_for(cast.li.actor, unit=cast.second_site.path).count() == 0


def test_two_told_apart_are_never_proposed_again(cast):
    one, other = twice(cast)
    looked()
    (row,) = pairs().values()
    with pytest.raises(Invalid, match="needs-reason"):
        tell_apart(row.pk, " ", actor=cast.li.actor, now=LATER)
    with pytest.raises(NotAllowed):
        tell_apart(row.pk, "两处", actor=cast.gong.actor, now=LATER)
    with pytest.raises(NotFound):
        tell_apart(row.pk, "两处", actor=cast.zhang.actor, now=LATER)
    tell_apart(row.pk, "两只灭火器", actor=cast.li.actor, now=LATER)
    assert codes(one)[-1] == codes(other)[-1] == "danger:told-apart"
    with pytest.raises(Conflict, match="pair-answered"):
        tell_apart(row.pk, "两只灭火器", actor=cast.li.actor, now=LATER)
    DuplicateCheck.objects.update(next_at=NOW)
    looked()
    assert pairs() == {}
    assert DuplicateProposal.unscoped.get().reason == "两只灭火器"


def test_a_merger_answers_its_pair_and_hides_those_of_the_one_merged_until_it_is_taken_back(cast):
    one, other = twice(cast)
    third = reported(cast, by=cast.zhao, description="灭火器失压", place_text="1号车间东侧", channel=Channel.MONITORING)
    looked()
    assert len(pairs()) == 3
    merge_danger(other.pk, one.pk, "同一具", actor=cast.li.actor, now=LATER)
    assert set(pairs()) == {(one.pk, third.pk)}
    unmerge_danger(other.pk, "不是", actor=cast.li.actor, now=LATER)
    looked(LATER + timedelta(minutes=1))
    assert set(pairs()) == {(one.pk, third.pk), (other.pk, third.pk)}
    assert DuplicateProposal.unscoped.get(first=one, second=other).answer == "not_same"


def test_what_somebody_is_about_to_tell_is_compared_before_it_is_written(cast):
    one = reported(cast, description="灭火器压力不足", place_text="1号车间东侧")
    wanted = wanted_at(cast.site, "灭火器失压了", "一车间东", DAY + timedelta(1), "inspection")
    assert [found.danger for found in alikes_of(wanted)] == [one.pk]
    assert Danger.unscoped.count() == 1


def test_the_reads_begin_at_an_index_however_large_the_table(cast):
    danger = reported(cast)
    plans = [arm.values_list("pk")[:200].explain() for arm in _arms(wanted_of(danger))]
    township = wanted_at(cast.tree.township, "灭火器过期", "", DAY, "public_report")
    plans += [arm.values_list("pk")[:200].explain() for arm in _arms(township)]
    assert len(plans) == 4
    if connection.vendor == "sqlite":
        assert all("SEARCH dangers_danger USING INDEX danger_" in plan for plan in plans), plans


# telling again of one that stands


def test_who_says_this_is_it_is_a_source_of_it_with_their_own_reward(cast):
    danger = confirmed(cast, description="灭火器过期")
    again = Retelling(
        channel=Channel.PUBLIC_REPORT, text="门口的灭火器不能用了", place="门口", reward_ref="奖-8", finder="路人"
    )
    answered = tell_again(danger.pk, again, actor=cast.li.actor, now=LATER)
    assert (answered.id, answered.is_new) == (danger.pk, False)
    first, second = Source.objects.filter(danger=danger).order_by("pk")
    assert (second.channel, second.reward_ref, second.text) == ("public_report", "奖-8", "门口：门口的灭火器不能用了")
    assert first.reward_ref == ""
    assert Participant.objects.filter(danger=danger, role="finder", person=cast.li.person).exists()
    assert codes(danger)[-1] == "danger:source-added"
    tell_again(danger.pk, again, actor=cast.li.actor, now=LATER)
    assert Source.objects.filter(danger=danger).count() == 2, "sent twice it is one telling"
    assert Danger.unscoped.count() == 1


def test_telling_again_reaches_the_one_that_was_kept(cast):
    one, other = twice(cast)
    merge_danger(other.pk, one.pk, "同一具", actor=cast.li.actor, now=LATER)
    answered = tell_again(other.pk, Retelling(channel=Channel.SELF_CHECK), actor=cast.gong.actor, now=LATER)
    assert answered.id == one.pk


def test_what_is_closed_or_out_of_reach_or_told_elsewhere_is_refused(cast):
    one, other = twice(cast)
    uid = UUID(int=7)
    tell_again(one.pk, Retelling(channel=Channel.SELF_CHECK, uid=uid), actor=cast.gong.actor, now=LATER)
    with pytest.raises(Conflict, match="telling-elsewhere"):
        tell_again(other.pk, Retelling(channel=Channel.SELF_CHECK, uid=uid), actor=cast.gong.actor, now=LATER)
    with pytest.raises(NotFound):
        tell_again(one.pk, Retelling(channel=Channel.SELF_CHECK), actor=cast.zhang.actor, now=LATER)
    with pytest.raises(NotAllowed):
        tell_again(one.pk, Retelling(channel=Channel.SELF_CHECK), actor=cast.su.actor, now=LATER)
    step(one, "void", cast.wang)
    with pytest.raises(Conflict, match="told-of-closed"):
        tell_again(one.pk, Retelling(channel=Channel.SELF_CHECK), actor=cast.gong.actor, now=LATER)


# the API


@pytest.fixture
def api(client):
    def asked(player, method, path, **body):
        client.force_login(player.account)
        return client.generic(method, f"/api/v1{path}", json.dumps(body), content_type="application/json")

    return asked


def test_pairs_merging_and_taking_back_over_the_api(cast, api):
    one, other = twice(cast)
    looked()
    listed = api(cast.li, "GET", "/duplicates").json()["items"]
    assert [(pair["first"], pair["second"]) for pair in listed] == [(one.pk, other.pk)]
    assert api(cast.li, "GET", f"/dangers/{one.pk}/duplicates").json() == listed
    assert api(cast.zhang, "GET", "/duplicates").json()["items"] == []
    merged = api(cast.li, "POST", f"/dangers/{other.pk}/merge", into=one.pk, reason="同一具")
    assert (merged.status_code, merged.json()["into"]) == (200, one.pk)
    whole = api(cast.li, "GET", f"/dangers/{one.pk}").json()
    assert [part["id"] for part in whole["merged"]] == [other.pk]
    assert {source["danger"] for source in whole["sources"]} == {one.pk, other.pk}
    assert api(cast.li, "GET", f"/dangers/{other.pk}").json()["merged_into"] == one.pk
    again = api(cast.li, "POST", f"/dangers/{other.pk}/merge", into=one.pk, reason="同一具")
    assert (again.status_code, again.json()["code"]) == (409, "danger:is-merged")
    assert api(cast.li, "POST", f"/dangers/{other.pk}/unmerge", reason="不是").status_code == 200
    assert api(cast.gong, "POST", f"/dangers/{other.pk}/sources", channel="self_check").status_code == 201


def test_telling_apart_over_the_api(cast, api):
    twice(cast)
    looked()
    pair = api(cast.li, "GET", "/duplicates").json()["items"][0]["id"]
    assert api(cast.zhang, "POST", f"/duplicates/{pair}/not-same", reason="x").status_code == 404
    assert api(cast.li, "POST", f"/duplicates/{pair}/not-same", reason="两具").json()["answer"] == "not_same"
