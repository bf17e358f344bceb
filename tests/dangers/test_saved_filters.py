"""Filters kept under a name: what they hold, who sees them, what is refused, and the list that opens with one."""

import pytest
from callers import Caller
from django.urls import reverse
from make import NOW
from stories import reported
from test_two_at_once import at_once, crowd  # noqa: F401 -- a fixture

from zhiben.dangers.models import DefaultFilter, SavedFilter
from zhiben.dangers.selectors.saved_filters import filters_for
from zhiben.dangers.services.saved_filters import change_filter, remove_filter, save_filter, set_default_filter
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict, Invalid, NotFound

pytestmark = pytest.mark.django_db
OVERDUE = "state=open&overdue=1"


def kept(by, name="超期的", query=OVERDUE, **told):
    return save_filter(name, query, actor=by.actor, now=NOW, **told)


def names_for(player):
    return [each.name for each in filters_for(player.actor)]


@pytest.fixture
def ask(client):
    def asked(player, address=None, language="en", data=None):
        client.force_login(player.account)
        send = client.get if data is None else client.post
        return send(address or reverse("dangers:list"), data, headers={"accept-language": language})

    return asked


def test_a_filter_keeps_known_parameters_in_their_own_order(cast):
    assert kept(cast.wang, query="q=灭火&after=2026-01-01.3&state=open&x=1&sort=-found_on&level=").query == (
        "state=open&q=%E7%81%AD%E7%81%AB"
    )


@pytest.mark.parametrize(
    "query", ["level=9", "state=nonsense", "found_from=tomorrow", "matter=<script>", "state=open&overdue=maybe"]
)
def test_a_value_the_list_would_not_understand_is_refused_with_its_parameter(cast, query):
    with pytest.raises(Invalid, match="filter:unknown-value") as refused:
        kept(cast.wang, query=query)
    assert refused.value.facts["field"] == query.split("&")[-1].split("=")[0]


def test_a_filter_cannot_name_what_its_owner_may_not_see(cast):
    for query in (f"enterprise={cast.other_enterprise.pk}", f"unit={cast.other_enterprise.registered_site.path}"):
        with pytest.raises(NotFound):
            kept(cast.wang, query=query)
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(("query", "code"), [("", "filter:nothing-chosen"), ("after=1", "filter:nothing-chosen")])
def test_the_whole_list_is_no_filter(cast, query, code):
    with pytest.raises(Invalid, match=code):
        kept(cast.wang, query=query)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x00b", "a\u202eb"])
def test_a_name_says_something_that_can_be_seen(cast, name):
    with pytest.raises(Invalid, match=r"filter:(needs|unusable)-name"):
        kept(cast.wang, name)


def test_colleagues_see_what_is_shared_and_strangers_nothing(cast):
    mine = kept(cast.li, "我的", is_shared=True)
    kept(cast.li, "只给自己")
    assert names_for(cast.zhao) == ["我的"]
    assert names_for(cast.zhang) == names_for(cast.wang) == []
    cast.li.account.is_active = False
    cast.li.account.save()
    assert names_for(cast.zhao) == []
    for change in (change_filter, remove_filter):
        with pytest.raises(NotFound, match="filter:not-found"):
            change(mine.pk, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(NotFound, match="filter:not-found"):
        set_default_filter(mine.pk, actor=cast.zhang.actor)


def test_who_has_no_colleagues_shares_with_nobody(cast):
    with pytest.raises(Invalid, match="filter:no-colleagues"):
        kept(cast.su, is_shared=True)


def test_two_filters_of_one_name_are_refused_and_renaming_keeps_that(cast):
    kept(cast.wang, "一")
    other = kept(cast.wang, "二")
    with pytest.raises(Conflict, match="filter:name-taken"):
        kept(cast.wang, " 一 ")
    with pytest.raises(Conflict, match="filter:name-taken"):
        change_filter(other.pk, name="一", actor=cast.wang.actor, now=NOW)
    assert change_filter(other.pk, name="三", is_shared=True, actor=cast.wang.actor, now=NOW).is_shared
    assert names_for(cast.zhou) == ["三"]
    assert kept(cast.zhou, "一").name == "一"


def test_each_change_is_in_the_journal_and_the_same_said_twice_is_not(cast):
    mine = kept(cast.wang, is_shared=True)
    change_filter(mine.pk, name=mine.name, is_shared=True, actor=cast.wang.actor, now=NOW)
    remove_filter(mine.pk, actor=cast.wang.actor, now=NOW)
    entries = history(f"filter/{mine.pk}")
    assert [entry.code for entry in entries] == ["filter:saved", "filter:removed"]
    assert {entry.chain for entry in entries} == {f"enterprise:{cast.enterprise.pk}"}


def test_the_list_opens_with_the_default_and_whole_when_asked_for_all(cast, ask):
    reported(cast)
    mine = kept(cast.wang, is_default=True)
    assert ask(cast.wang).url == f"/dangers/?{mine.query}"
    whole = ask(cast.wang, reverse("dangers:list") + "?all=1")
    assert whole.status_code == 200
    assert "?all=1" in {tab["url"] for tab in whole.context["tabs"]}
    remove_filter(mine.pk, actor=cast.wang.actor, now=NOW)
    assert not DefaultFilter.objects.exists()
    assert ask(cast.wang).status_code == 200


def test_a_default_that_is_no_longer_shared_does_nothing(cast, ask):
    mine = kept(cast.li, is_shared=True)
    set_default_filter(mine.pk, actor=cast.zhao.actor)
    assert ask(cast.zhao).status_code == 302
    change_filter(mine.pk, is_shared=False, actor=cast.li.actor, now=NOW)
    assert ask(cast.zhao).status_code == 200


def test_a_shared_filter_shows_each_reader_their_own_rows(cast, ask):
    kept(cast.li, "登记的", "state=registered", is_shared=True)
    reported(cast)
    assert len(ask(cast.zhao, reverse("dangers:list") + "?state=registered").context["rows"]) == 1
    assert ask(cast.zhang, reverse("dangers:list") + "?state=registered").context["rows"] == []


def test_chips_stand_above_the_list_and_hostile_names_stay_text(cast, ask):
    kept(cast.wang, "<script>alert(1)</script>", is_shared=True)
    page = ask(cast.zhou, reverse("dangers:list") + f"?{OVERDUE}").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'aria-current="true"' in page
    assert "Save this filter" not in page
    assert "保存此筛选" in ask(cast.zhou, reverse("dangers:list") + "?level=major", "zh-hans").content.decode()


def test_saving_renaming_sharing_and_deleting_on_the_pages(cast, ask):
    answer = ask(cast.wang, reverse("dangers:filter-save"), data={"name": "大隐患", "query": "level=major"})
    assert answer.url == reverse("dangers:list") + "?level=major"
    mine = SavedFilter.objects.get()
    ask(cast.wang, reverse("dangers:filter-change", args=[mine.pk]), data={"name": "重大", "is_shared": "1"})
    ask(cast.zhou, reverse("dangers:filter-default", args=[mine.pk]), data={"on": "1"})
    assert "重大" in ask(cast.wang, reverse("dangers:filters")).content.decode()
    assert ask(cast.zhou).status_code == 302
    assert ask(cast.zhang, reverse("dangers:filter-remove", args=[mine.pk]), data={}).status_code == 404
    refused = ask(cast.wang, reverse("dangers:filter-save"), data={"name": "重大", "query": "level=major"})
    assert refused.status_code == 409
    ask(cast.wang, reverse("dangers:filter-remove", args=[mine.pk]), data={})
    assert not SavedFilter.objects.exists()


def test_the_api_has_the_same_filters(cast):
    caller = Caller(cast.wang)
    told = {"name": "重大", "query": {"level": ["major"]}, "is_default": True}
    made = caller.post("/filters", told)
    assert made.status_code == 201, made.content
    number = made.json()["id"]
    assert made.json()["query"] == {"level": ["major"]}
    assert caller.post("/filters", told | {"query": {"level": ["9"]}}).json()["code"] == "filter:unknown-value"
    changed = caller.post(f"/filters/{number}", {"is_shared": True, "is_default": False}).json()
    assert (changed["is_shared"], changed["is_default"]) == (True, False)
    assert [one["name"] for one in Caller(cast.zhou).get("/filters").json()] == ["重大"]
    assert Caller(cast.zhou).post(f"/filters/{number}", {"name": "x"}).status_code == 404
    assert Caller(cast.zhang).get("/filters").json() == []
    assert caller.post(f"/filters/{number}/remove").status_code == 204


def test_of_two_who_save_under_one_name_at_once_one_does(crowd):  # noqa: F811 -- the fixture
    answers = at_once(*[lambda: kept(crowd.wang, "同名")] * 4)
    assert sum(isinstance(answer, SavedFilter) for answer in answers) == 1
    assert all(isinstance(answer, Conflict) for answer in answers if not isinstance(answer, SavedFilter))


@pytest.mark.parametrize("body", [{}, {"name": None, "is_shared": None, "is_default": None}, {"is_default": False}])
def test_a_filter_that_is_not_there_is_not_found_whatever_is_to_change(cast, body):
    theirs = kept(cast.zhang)
    for missing in (10**9, theirs.pk):
        assert Caller(cast.wang).post(f"/filters/{missing}", body).status_code == 404
