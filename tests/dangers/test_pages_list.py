"""The list of hidden dangers: what it answers, what it is narrowed to, who sees what."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from make import DAY, NOW
from stories import confirmed, rectifying, reported, told

from zhiben.dangers.domain.kinds import Channel, Level, State
from zhiben.dangers.models import Danger
from zhiben.dangers.services.intake import ImportedDanger
from zhiben.dangers.services.report import report_dangers
from zhiben.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    def asked(player, query="", language="en", **headers):
        client.force_login(player.account)
        return client.get(reverse("dangers:list") + query, headers={"accept-language": language, **headers})

    return asked


def rows_of(answer):
    return re.findall(r'<a href="/dangers/(\d+)/">', answer.content.decode())


def test_the_list_answers_in_one_sentence_and_names_the_deadline(cast, ask):
    rectifying(cast, description="护栏缺失")
    Danger.unscoped.update(is_overdue=True, overdue_since=DAY)
    english, chinese = ask(cast.wang).content.decode(), ask(cast.wang, language="zh-hans").content.decode()
    assert '<b>1</b> hidden danger, <b class="late">1</b> of them overdue.' in english
    assert '共 <b>1</b> 条隐患，其中 <b class="late">1</b> 条已超期。' in chinese
    assert "护栏缺失" in chinese
    assert "Set by oneself" in english
    assert re.search(r'<time datetime="2026-03-22">', english)


def test_a_stranger_sees_an_empty_list_and_no_count(cast, ask):
    reported(cast)
    page = ask(cast.zhang).content.decode()
    assert rows_of(ask(cast.zhang)) == []
    assert "No hidden danger is on record here" in page


def test_an_empty_list_tells_a_filter_from_an_empty_ledger(cast, ask):
    reported(cast)
    assert "Nothing fits these filters" in ask(cast.wang, "?level=major").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=open", {"a", "b"}),
        ("?state=registered", {"a"}),
        ("?state=closed", {"c"}),
        ("?state=registered&state=confirmed", {"a", "b"}),
        ("?level=major", {"b"}),
        ("?channel=inspection", {"c"}),
        ("?q=配电", {"a"}),
        ("?found_from=2026-03-01", {"a", "b"}),
        ("?found_to=2026-02-20", {"c"}),
        ("?closed_from=2026-02-25&closed_to=2026-02-25", {"c"}),
        ("?closed_to=2026-02-24", set()),
        ("?overdue=1", set()),
        ("?owner=me", set()),
        ("?state=nonsense&found_from=tomorrow&level=9", {"a", "b", "c"}),
    ],
)
def test_each_parameter_narrows_as_it_says(cast, ask, query, found):
    ids = {"a": reported(cast, description="配电箱无门").pk, "b": confirmed(cast, "major", description="除尘器").pk}
    row = ImportedDanger(
        unit_id=cast.site.pk, description="护栏", found_on=DAY - timedelta(10), channel=Channel.INSPECTION,
        state=State.SIGNED_OFF, closed_on=DAY - timedelta(5), level=Level.GENERAL,
    )  # fmt: skip
    ids["c"] = report_dangers([row], actor=SYSTEM, now=NOW)[0].id
    assert {name for name, pk in ids.items() if str(pk) in rows_of(ask(cast.wang, query))} == found


def test_the_owner_is_found_by_a_part_of_the_name_or_as_a_ledger_names_them(cast, ask):
    mine = confirmed(cast, "general", description="护栏")
    Danger.unscoped.filter(pk=mine.pk).update(owner_person=cast.gong.person)
    row = ImportedDanger(
        unit_id=cast.site.pk, description="配电箱", found_on=DAY, channel=Channel.INSPECTION, owner_name="外单位孙工",
    )  # fmt: skip
    told_by_ledger = report_dangers([row], actor=SYSTEM, now=NOW)[0].id
    assert rows_of(ask(cast.wang, "?owner=龚")) == [str(mine.pk)]
    assert rows_of(ask(cast.wang, "?owner=孙工")) == [str(told_by_ledger)]
    assert set(rows_of(ask(cast.wang, "?owner=工"))) == {str(mine.pk), str(told_by_ledger)}
    assert rows_of(ask(cast.wang, "?owner=%25")) == []
    page = ask(cast.wang, f"?enterprise={cast.enterprise.pk}")
    assert {"龚工", "外单位孙工", "周总"} <= set(page.context["owner_names"])
    assert "Owner: 龚" in ask(cast.wang, "?owner=龚").content.decode()


def test_the_views_are_redrawn_with_what_the_bar_asks_for(cast, ask):
    reported(cast)
    page = ask(cast.wang, "?level=general&q=灭火")
    assert 'hx-select-oob="#views,#list-export"' in page.content.decode()
    assert all("q=" in tab["url"] for tab in page.context["tabs"])


def test_units_and_enterprises_narrow_and_are_named_in_chips(cast, ask):
    danger = reported(cast)
    page = ask(cast.su, f"?unit={cast.tree.township.path}&enterprise={cast.enterprise.pk}&state=open")
    assert rows_of(page) == [str(danger.pk)]
    text = page.content.decode()
    assert f"Unit: {cast.tree.township.name}" in text
    assert f"Enterprise: {cast.enterprise.name}" in text
    assert rows_of(ask(cast.su, f"?unit={cast.tree.other_county.path}")) == []


@pytest.mark.parametrize(
    "query", ["?enterprise={enterprise}", "?unit={site}", "?owner={person}", "?unit=/zz/", "?enterprise=x"]
)
def test_a_strangers_thing_in_the_address_is_not_found(cast, ask, query):
    values = {"enterprise": cast.enterprise.pk, "site": cast.site.path, "person": cast.gong.person.pk}
    assert ask(cast.he, query.format(**values)).status_code == 404


def test_pages_follow_and_lead_back(cast, ask):
    report_dangers(
        [told(cast, f"隐患{n}", found_on=DAY - timedelta(n % 7)) for n in range(120)], actor=cast.gong.actor, now=NOW
    )
    seen, query, walked = [], "", []
    while True:
        page = ask(cast.wang, query)
        seen += rows_of(page)
        text = page.content.decode()
        walked.append(rows_of(page))
        following = re.search(r'rel="next" href="([^"]+)"', text)
        if not following:
            break
        query = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 120
    back = re.search(r'rel="prev" href="([^"]+)"', text)[1].replace("&amp;", "&")
    assert rows_of(ask(cast.wang, back)) == walked[1]


def test_it_is_sorted_by_the_day_found_and_by_the_limit(cast, ask):
    late = rectifying(cast, description="晚", due_on=DAY + timedelta(30), found_on=DAY - timedelta(9))
    soon = rectifying(cast, description="早", due_on=DAY + timedelta(3))
    bare = reported(cast, description="无")
    assert rows_of(ask(cast.wang, "?sort=due_on")) == [str(soon.pk), str(late.pk)]
    assert rows_of(ask(cast.wang, "?sort=-due_on")) == [str(late.pk), str(soon.pk)]
    assert rows_of(ask(cast.wang, "?sort=found_on"))[0] == str(late.pk)
    assert rows_of(ask(cast.wang)) == [str(bare.pk), str(soon.pk), str(late.pk)]


def test_text_of_people_is_never_markup(cast, ask):
    reported(cast, description="<script>alert(1)</script>")
    assert "<script>alert" not in ask(cast.wang).content.decode()


def test_the_number_of_queries_does_not_follow_the_rows(cast, ask, django_assert_max_num_queries):
    report_dangers([told(cast, f"隐患{n}") for n in range(60)], actor=cast.gong.actor, now=NOW)
    ask(cast.wang)
    with django_assert_max_num_queries(25):
        ask(cast.wang)


def test_only_who_may_take_it_out_is_offered_an_export(cast, ask):
    assert "/exports/" not in ask(cast.wang, "").content.decode(), "there is nothing yet"
    reported(cast)
    assert "/exports/?state=open" in ask(cast.wang, "?state=open").content.decode()
    assert "/exports/" not in ask(cast.gong).content.decode()
