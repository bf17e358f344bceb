"""What hangs on a merged danger follows the one it goes on as, and comes back with it; nothing of a reporter is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from make import DAY, NOW
from stories import awaiting, fresh, photo, rectifying, reported, signed_off, step
from test_recurrence import again

from zhiben.dangers.domain.kinds import Channel
from zhiben.dangers.domain.lookback import LookbackState
from zhiben.dangers.models import Lookback, Recurrence, Source, Watch
from zhiben.dangers.selectors.family import keepers_of, members_of, sources_of
from zhiben.dangers.selectors.lookbacks import lookbacks_of
from zhiben.dangers.selectors.recurrences import recurrences_of, repeats_in, repeats_of
from zhiben.dangers.selectors.watching import is_watched, watchers_of
from zhiben.dangers.services.lookbacks import record_lookback
from zhiben.dangers.services.merging import merge_danger, unmerge_danger
from zhiben.dangers.services.recurring import answer_recurrence
from zhiben.dangers.services.retelling import Retelling, tell_again
from zhiben.dangers.services.watching import watch
from zhiben.journal.public import run_consumers
from zhiben.notices.models import Message

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=50)
PLACE = "1号车间 东侧"


def merge(merged, kept, by, now=LATER):
    merge_danger(merged.pk, kept.pk, "同一处", actor=by.actor, now=now)


def unmerge(merged, by, now=LATER):
    unmerge_danger(merged.pk, "看错了", actor=by.actor, now=now)


# --- who watches


def test_who_watched_the_merged_one_is_told_of_the_one_it_goes_on_as(cast):
    kept, other = rectifying(cast, description="甲"), reported(cast, description="乙")
    watch(danger=other.pk, actor=cast.su.actor, now=NOW)
    assert cast.su.person.pk not in watchers_of(kept, now=NOW)
    merge(other, kept, cast.wang)
    assert cast.su.person.pk in watchers_of(fresh(kept.pk), now=LATER)
    assert is_watched(cast.su.actor, danger=kept.pk)
    step(fresh(kept.pk), "submit", cast.gong, now=LATER, report="好了", proofs=(photo(kept),))
    unmerge(other, cast.wang)
    assert not is_watched(cast.su.actor, danger=kept.pk)
    assert is_watched(cast.su.actor, danger=other.pk)


def test_a_watched_stop_of_the_kept_one_reaches_who_watched_the_merged_one(cast):
    kept, other = rectifying(cast, "major", description="甲"), reported(cast, description="乙")
    watch(danger=other.pk, actor=cast.su.actor, now=NOW)
    merge(other, kept, cast.wang)
    Message.objects.all().delete()
    step(fresh(kept.pk), "stop_order", cast.zhao, now=LATER, due_on=DAY + timedelta(80), scope="1号线", order="停1号")
    assert Message.objects.filter(kind="danger:watched", person=cast.su.person).count() == 1


def test_ceasing_to_watch_the_kept_one_ends_the_watch_laid_on_the_merged_one(cast):
    kept, other = rectifying(cast, description="甲"), reported(cast, description="乙")
    watch(danger=other.pk, actor=cast.su.actor, now=NOW)
    merge(other, kept, cast.wang)
    watch(danger=kept.pk, on=False, actor=cast.su.actor, now=LATER)
    assert not Watch.objects.exists()


# --- look-backs and samples


def test_look_backs_that_were_made_of_the_merged_one_stand_with_the_kept_one_and_go_back(cast):
    other = signed_off(cast, description="甲")
    row = Lookback.unscoped.filter(danger=other).earliest("due_on")
    came_back = LookbackState.CAME_BACK
    record_lookback(
        row.pk, came_back, "又坏了", files=(photo(other, "lookback").file,), actor=cast.zhao.actor, now=LATER
    )
    other = fresh(other.pk)
    kept = rectifying(cast, "major", description="乙")
    assert list(lookbacks_of(kept)) == []
    merge(other, kept, cast.zhao)
    assert [one.pk for one in lookbacks_of(kept)] == [row.pk]
    assert not Lookback.unscoped.filter(danger=other, state=LookbackState.OPEN).exists()  # nothing waits for anybody
    unmerge(other, cast.zhao)
    assert list(lookbacks_of(kept)) == []
    assert [one.pk for one in lookbacks_of(fresh(other.pk))] == [row.pk]


def test_look_backs_planned_for_a_signed_off_one_go_on_when_it_takes_another_in(cast):
    kept = signed_off(cast, description="甲")
    late = reported(cast, description="乙", found_on=DAY)
    planned = [one.pk for one in lookbacks_of(kept)]
    merge(late, kept, cast.zhao)
    assert [one.pk for one in lookbacks_of(fresh(kept.pk))] == planned
    assert planned


# --- repeats


@pytest.fixture
def returned(cast):
    """One that came back, by a person's word, and another found at the same time."""
    signed_off(cast, "general", description="粉尘堆积", place_text=PLACE)
    back = fresh(again(cast, words="粉尘堆积"))
    run_consumers(now=LATER)
    link = Recurrence.unscoped.get()
    answer_recurrence(link.pk, yes=True, actor=cast.wang.actor, now=LATER)
    return back, link


def test_a_repeat_of_the_merged_one_counts_for_the_kept_one_once(cast, returned):
    back, link = returned
    kept = fresh(again(cast, words="又有粉尘", place="别处"))
    before = repeats_of(cast.li.actor, cast.enterprise.pk, LATER.date())
    assert (before.share.hits, before.share.of) == (1, 3)
    merge(back, kept, cast.wang)
    assert [one.pk for one in recurrences_of(fresh(kept.pk))] == [link.pk]
    after = repeats_of(cast.li.actor, cast.enterprise.pk, LATER.date())
    assert (after.share.hits, after.share.of) == (1, 2)
    assert repeats_in(cast.li.actor, DAY, path=cast.tree.county.path) == 1
    unmerge(back, cast.wang)
    assert recurrences_of(fresh(kept.pk)) == []
    again_ = repeats_of(cast.li.actor, cast.enterprise.pk, LATER.date())
    assert (again_.share.hits, again_.share.of) == (1, 3)


def test_two_repeats_that_are_one_count_once(cast, returned):
    back, _link = returned
    twin = fresh(again(cast, words="粉尘堆积", days=41))
    run_consumers(now=LATER)
    answer_recurrence(Recurrence.unscoped.latest("pk").pk, yes=True, actor=cast.wang.actor, now=LATER)
    assert repeats_in(cast.li.actor, DAY, path=cast.tree.county.path) == 2
    merge(twin, back, cast.wang)
    assert repeats_in(cast.li.actor, DAY, path=cast.tree.county.path) == 1


def test_what_comes_back_where_only_the_merged_one_was_told_is_linked_to_the_kept_one(cast):
    kept = awaiting(cast, description="除尘失效", place_text="2号车间")
    other = reported(cast, description="粉尘堆积", place_text=PLACE)
    merge(other, kept, cast.wang, now=NOW)
    step(fresh(kept.pk), "accept", cast.wang)
    again(cast, words="粉尘堆积")
    run_consumers(now=LATER)
    assert Recurrence.unscoped.get().earlier_id == kept.pk


# --- sources, reporters, rewards


def test_every_source_reporter_and_reward_survives_merging_and_unmerging(cast):
    kept = reported(cast, description="甲", reward_ref="奖-1", ref="检-1")
    other = reported(
        cast, by=cast.li, description="乙", channel=Channel.PUBLIC_REPORT, finder="周群众", reward_ref="奖-2"
    )
    retold = Retelling(channel=Channel.PUBLIC_REPORT, text="也看到了", finder="吴群众", reward_ref="奖-3")
    tell_again(other.pk, retold, actor=cast.li.actor, now=NOW)
    third = reported(cast, description="丙", reward_ref="奖-4")
    before = list(Source.objects.order_by("pk").values())
    merge(other, kept, cast.li)
    merge(fresh(kept.pk), third, cast.li)
    assert list(Source.objects.order_by("pk").values()) == before
    seen = sources_of(members_of(fresh(third.pk)), cast.li.actor, is_supervisor=True)
    assert sorted(one.reward_ref for one in seen) == ["奖-1", "奖-2", "奖-3", "奖-4"]
    assert {one.finder for one in seen} >= {"周群众", "吴群众"}
    unmerge(kept, cast.li)
    assert [one.reward_ref for one in sources_of(members_of(fresh(third.pk)), cast.li.actor, is_supervisor=True)] == [
        "奖-4"
    ]
    unmerge(other, cast.li)
    apart = sources_of(members_of(fresh(other.pk)), cast.li.actor, is_supervisor=True)
    assert sorted(one.reward_ref for one in apart) == ["奖-2", "奖-3"]
    assert list(Source.objects.order_by("pk").values()) == before


def test_the_page_of_the_kept_one_names_the_rewards_of_all_and_hides_public_reporters_from_the_enterprise(client, cast):
    kept = reported(cast, description="甲")
    facts = {"channel": Channel.PUBLIC_REPORT, "finder": "周群众", "reward_ref": "奖-2"}
    other = reported(cast, by=cast.li, description="乙", **facts)
    merge(other, kept, cast.li)
    client.force_login(cast.li.account)
    page = client.get(f"/dangers/{kept.pk}/").text
    assert "周群众" in page
    assert "奖-2" in page
    client.force_login(cast.wang.account)
    assert "周群众" not in client.get(f"/dangers/{kept.pk}/").text


def test_telling_a_merged_one_again_reaches_the_kept_one_and_stays_there(cast):
    kept, other = reported(cast, description="甲"), reported(cast, description="乙")
    merge(other, kept, cast.wang)
    tell_again(other.pk, Retelling(channel=Channel.SELF_CHECK, reward_ref="奖-9"), actor=cast.gong.actor, now=LATER)
    unmerge(other, cast.wang)
    assert Source.objects.get(reward_ref="奖-9").danger_id == kept.pk


# --- on pages


def test_lists_show_it_as_merged_with_the_one_it_goes_on_as(client, cast):
    kept, other = reported(cast, description="甲处漏油"), reported(cast, description="乙处漏油")
    merge(other, kept, cast.wang)
    client.force_login(cast.wang.account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    for page in (
        client.get("/dangers/?state=voided").text,
        client.get(reverse("shell:search"), {"q": "乙处漏油"}).text,
    ):
        assert "Merged" in page
        assert kept.number in page
    assert f'href="/dangers/{kept.pk}/"' in client.get("/dangers/?state=voided").text


def test_a_family_of_three_goes_on_as_the_last(cast):
    a, b, c = (reported(cast, description=words) for words in "甲乙丙")
    merge(a, b, cast.wang)
    merge(b, c, cast.wang)
    assert keepers_of([a.pk, b.pk, c.pk]) == {a.pk: c.pk, b.pk: c.pk, c.pk: c.pk}
    assert keepers_of([]) == {}
