"""Pages of dangers told twice: hint while reporting, the pairs that wait, two beside each other, merging and taking back."""

import pytest
from django.urls import reverse
from make import DAY, NOW
from stories import confirmed, fresh, reported, told
from test_duplicates import looked, twice

from zhiben.dangers.domain.kinds import Channel
from zhiben.dangers.models import Danger, DuplicateProposal, Source
from zhiben.dangers.services.report import report_danger
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.ids import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client):
    def looked_at(player, name, *args, language="en", **query):
        client.force_login(player.account)
        return client.get(reverse(f"dangers:{name}", args=args), query, headers={"accept-language": language})

    return looked_at


@pytest.fixture
def send(client):
    def sent(player, name, *args, **data):
        client.force_login(player.account)
        return client.post(reverse(f"dangers:{name}", args=args), data, headers={"accept-language": "en"})

    return sent


def test_the_page_of_a_danger_shows_what_it_may_be_the_same_as_and_why(cast, look):
    one, other = twice(cast)
    looked()
    page = look(cast.li, "detail", other.pk).content.decode()
    assert "Perhaps the same as" in page
    assert one.number in page
    assert "the same place" in page
    assert f"{reverse('dangers:compare', args=[other.pk])}?other={one.pk}" in page
    assert (
        "Perhaps the same as"
        not in look(cast.li, "detail", reported(cast, description="电梯未检验").pk).content.decode()
    )


def test_the_pairs_that_wait_are_listed_for_a_unit(cast, look):
    one, other = twice(cast)
    looked()
    assert "1 told twice?" in look(cast.li, "list").content.decode()
    page = look(cast.li, "duplicates").content.decode()
    assert one.number in page
    assert other.number in page
    assert one.number not in look(cast.li, "duplicates", unit=cast.second_site.path).content.decode()
    assert "No pair waits" in look(cast.zhang, "duplicates").content.decode()
    assert "没有待处理的疑似重复" in look(cast.zhang, "duplicates", language="zh-hans").content.decode()


def test_two_stand_beside_each_other_by_id_or_by_number(cast, look):
    one, other = twice(cast)
    looked()
    for query in ({"other": one.pk}, {"number": f" {one.number} "}):
        page = look(cast.li, "compare", other.pk, **query).content.decode()
        assert one.description in page
        assert other.description in page
        assert "Which one is kept?" in page
        assert "They are two" in page
    assert look(cast.li, "compare", other.pk, number="no such").status_code == 302
    assert look(cast.li, "compare", other.pk, number=other.number).status_code == 302
    assert look(cast.zhang, "compare", other.pk, other=one.pk).status_code == 404


def test_a_viewer_compares_and_has_no_button(cast, look):
    one, other = twice(cast)
    looked()
    page = look(cast.su, "compare", other.pk, other=one.pk).content.decode()
    assert "Which one is kept?" not in page
    assert "They are two" not in page


def test_merged_from_the_page_and_taken_out_again(cast, look, send):
    one, other = twice(cast, reward_ref="奖-3")
    looked()
    answer = send(cast.li, "merge", other.pk, other=one.pk, into=one.pk, reason="同一具灭火器")
    assert (answer.status_code, answer.url) == (302, reverse("dangers:detail", args=[one.pk]))
    kept = look(cast.li, "detail", one.pk).content.decode()
    assert "Merged into this one" in kept
    assert "奖-3" in kept
    merged = look(cast.li, "detail", other.pk).content.decode()
    assert f"Merged into {one.number}" in merged
    assert "同一具灭火器" in merged
    assert "Take the merger back" in merged
    assert "Take the merger back" not in look(cast.su, "detail", other.pk).content.decode()
    refused = send(cast.li, "unmerge", other.pk, reason="")
    assert refused.status_code == 422
    assert send(cast.li, "unmerge", other.pk, reason="不是同一具").status_code == 302
    assert fresh(other.pk).merged_into_id is None
    assert send(cast.li, "unmerge", other.pk, reason="再来").url == reverse("dangers:detail", args=[other.pk])


def test_a_refused_merger_comes_back_with_the_reason_typed_and_says_why(cast, send):
    one, other = twice(cast)
    answer = send(cast.li, "merge", other.pk, other=one.pk, into=one.pk, reason="")
    assert answer.status_code == 422
    assert "Which one is kept?" in answer.content.decode()
    answer = send(cast.wang, "merge", other.pk, other=one.pk, into=one.pk, reason="我看是同一个")
    assert answer.status_code == 403
    assert "我看是同一个" in answer.content.decode()
    stale = {f"version-{other.pk}": other.version + 1}
    assert send(cast.li, "merge", other.pk, other=one.pk, into=one.pk, reason="同", **stale).status_code == 409
    assert send(cast.gong, "merge", other.pk, other=one.pk, into=one.pk, reason="同").status_code == 404
    assert Danger.unscoped.filter(merged_into__isnull=False).count() == 0


def test_told_apart_from_the_page(cast, send, look):
    one, other = twice(cast)
    looked()
    pair = DuplicateProposal.unscoped.get()
    assert send(cast.li, "not-same", pair.pk, reason="").status_code == 422
    assert send(cast.zhang, "not-same", pair.pk, reason="x").status_code == 404
    assert send(cast.li, "not-same", pair.pk, reason="两具").status_code == 302
    assert (
        "Somebody said that the two are not the same"
        in look(cast.li, "compare", other.pk, other=one.pk).content.decode()
    )
    assert send(cast.li, "not-same", pair.pk, reason="又").status_code == 409


def test_the_public_reporter_of_a_merged_one_is_named_to_supervisors_only(cast, look, send):
    kept = confirmed(cast, description="灭火器压力不足")
    new = told(cast, "灭火器坏了", channel=Channel.PUBLIC_REPORT, finder="邻居老陈", reward_ref="奖-9")
    other = report_danger(new, actor=SYSTEM, now=NOW)
    send(cast.li, "merge", other.id, other=kept.pk, into=kept.pk, reason="同一具")
    theirs = look(cast.li, "detail", kept.pk).content.decode()
    ours = look(cast.wang, "detail", kept.pk).content.decode()
    assert "邻居老陈" in theirs
    assert "奖-9" in theirs
    assert "邻居老陈" not in ours
    assert "奖-9" not in ours


# while reporting


def test_what_is_typed_is_compared_while_it_is_typed_and_blocks_nothing(cast, look, send):
    known = reported(cast, description="灭火器压力不足", place_text="1号车间东侧", found_on=DAY)
    Danger.unscoped.update(found_on=fresh(known.pk).found_on)
    hint = look(
        cast.gong, "report-alike", unit=cast.site.pk, description="灭火器失压", place="1号车间东"
    ).content.decode()
    assert "灭火器压力不足" in hint
    assert f'value="{known.pk}"' in hint
    for query in ({"description": "灭火器失压"}, {"unit": cast.site.pk}, {"unit": "x", "description": "灭火器"}):
        assert look(cast.gong, "report-alike", **query).content.decode().strip() == ""
    answer = send(cast.gong, "report", uid=uuid7(), unit=cast.site.pk, description="灭火器失压", place="1号车间东")
    assert answer.status_code == 302
    assert Danger.unscoped.count() == 2


def test_this_is_it_adds_the_report_to_the_one_that_stands(cast, send, look):
    known = reported(cast, description="灭火器压力不足")
    form = {"uid": uuid7(), "unit": cast.site.pk, "description": "灭火器失压了", "same": known.pk}
    for _ in range(2):
        answer = send(cast.gong, "report", **form)
        assert answer.url == reverse("dangers:reported", args=[known.pk]) + "?known=1"
    assert Danger.unscoped.count() == 1
    assert [source.text for source in Source.objects.filter(danger=known).order_by("pk")] == ["", "灭火器失压了"]
    assert "It was known already" in look(cast.gong, "reported", known.pk, known=1).content.decode()


def test_strangers_are_shown_nothing_while_they_type(cast, look):
    reported(cast, description="灭火器压力不足")
    hint = look(cast.he, "report-alike", unit=cast.site.pk, description="灭火器压力不足")
    assert hint.content.decode().strip() == ""
