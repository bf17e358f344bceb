"""Enterprises on screen: found by name and code, shown to whom they concern."""

import pytest
from django.urls import reverse
from make import make_enterprise

from zhiben.orgs.models import Enterprise

pytestmark = pytest.mark.django_db
LIST = "/enterprises/"


def page_of(enterprise):
    return reverse("orgs:enterprise", args=[enterprise.pk])


def names(answer):
    return [row["enterprise"].name for row in answer.context["rows"]]


def test_who_is_not_signed_in_is_led_to_the_sign_in(client, cast):
    for address in (LIST, page_of(cast.enterprise)):
        assert client.get(address).url.startswith("/accounts/login/")


def test_a_stranger_cannot_tell_that_an_enterprise_exists(client, cast):
    client.force_login(cast.zhang.account)
    assert client.get(page_of(cast.enterprise)).status_code == 404
    assert cast.enterprise.name not in names(client.get(LIST))
    client.force_login(cast.auditor.account)
    assert client.get(LIST).status_code == 404


def test_the_list_shows_only_the_reach(client, cast):
    client.force_login(cast.li.account)
    assert names(client.get(LIST)) == [cast.enterprise.name, cast.contractor.name]
    client.force_login(cast.he.account)
    assert names(client.get(LIST)) == [cast.other_enterprise.name]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "示例机械"}, 1),
        ({"q": "（示例）机械 "}, 1),
        ({"q": "不存在"}, 0),
        ({"industry": "dust_explosion"}, 1),
        ({"industry": "nonsense"}, 2),
        ({"unit": "510104"}, 1),
        ({"unit": "510104", "q": "检修"}, 0),
    ],
)
def test_the_list_is_narrowed(client, cast, query, found):
    client.force_login(cast.li.account)
    assert len(names(client.get(LIST, query))) == found


def test_an_enterprise_is_found_by_the_beginning_of_its_credit_code(client, cast):
    client.force_login(cast.li.account)
    assert names(client.get(LIST, {"q": cast.enterprise.credit_code[:17].lower()})) == [cast.enterprise.name]


def test_pages_follow_each_other_without_gap_or_repeat(client, cast, django_assert_max_num_queries):
    for number in range(120):
        make_enterprise(cast.tree.township, f"示例批量{number:03}有限公司")
    client.force_login(cast.li.account)
    seen, address = [], LIST
    while address:
        with django_assert_max_num_queries(12):
            answer = client.get(address)
        seen += names(answer)
        address = LIST + answer.context["older"] if answer.context["older"] else ""
    assert len(seen) == len(set(seen)) == Enterprise.objects.count() - 1
    assert answer.context["total"] == len(seen)


def test_a_cursor_of_nobodys_making_is_refused(client, cast):
    client.force_login(cast.li.account)
    assert client.get(LIST, {"after": "x"}).status_code == 422


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_sites_people_and_engagements(client, cast, language, django_assert_max_num_queries):
    client.force_login(cast.li.account)
    with django_assert_max_num_queries(40):
        answer = client.get(page_of(cast.enterprise), headers={"accept-language": language})
    told = answer.content.decode()
    for wanted in (cast.enterprise.credit_code, cast.second_site.name, cast.contractor.name, cast.wang.person.name):
        assert wanted in told
    first = answer.context["people"][0]
    assert (first["person"], first["order"]) == (cast.zhou.person, ["principal", "controller"])


def test_a_contractor_sees_its_own_page_and_where_it_works(client, cast):
    client.force_login(cast.chen.account)
    answer = client.get(page_of(cast.contractor))
    assert [row["engagement"].site for row in answer.context["elsewhere"]] == [cast.site]
    assert client.get(page_of(cast.enterprise)).status_code == 404


def test_panels_of_higher_rooms_are_shown_to_whom_they_are_open(client, cast):
    client.force_login(cast.li.account)
    answer = client.get(page_of(cast.enterprise))
    names_of = [shown.panel.name for shown in answer.context["main_panels"] + answer.context["side_panels"]]
    assert names_of == ["dangers", "determinations", "after", "facts"]
    client.force_login(cast.gong.account)
    answer = client.get(page_of(cast.enterprise))
    assert answer.status_code == 200
    assert [shown.panel.name for shown in answer.context["main_panels"]] == ["after"]
    assert answer.context["side_panels"] == []
