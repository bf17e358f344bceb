"""One search over all kinds: in Chinese and English, inside the reach."""

import pytest
from boards import some_dangers
from django.urls import reverse
from make import DAY, make_enterprise

pytestmark = pytest.mark.django_db
SEARCH = "/search/"


def found(client, text):
    context = client.get(SEARCH, {"q": text}).context
    return {kind: context.get(kind, []) for kind in ("dangers", "enterprises", "units", "clauses")}


def test_who_is_not_signed_in_is_led_to_the_sign_in(client, cast):
    assert client.get(SEARCH).url.startswith("/accounts/login/")


def test_each_kind_is_found_by_a_part_of_its_words(client, cast):
    some_dangers(cast)
    client.force_login(cast.li.account)
    assert [row["description"] for row in found(client, "配电箱")["dangers"]] == ["配电箱未关门"]
    assert found(client, "示例机械")["enterprises"] == [cast.enterprise]
    assert found(client, cast.enterprise.credit_code)["enterprises"] == [cast.enterprise]
    assert [row["unit"] for row in found(client, "锦官驿")["units"]] == [cast.tree.township]
    assert ("gongmao-2023", "3(2)") in [
        (row["standard"].id, row["clause"].ref) for row in found(client, "特种作业人员 资格")["clauses"]
    ]


def test_a_unit_that_ended_is_found_and_said_to_have_ended(client, cast):
    type(cast.tree.township).objects.filter(pk=cast.tree.township.pk).update(until=DAY)
    client.force_login(cast.li.account)
    assert f"until {DAY}" in client.get(SEARCH, {"q": "锦官驿"}, headers={"accept-language": "en"}).text


def test_clauses_are_found_in_english_and_those_in_force_come_first(client, cast):
    client.force_login(cast.gong.account)
    rows = found(client, "special operations")["clauses"]
    assert rows
    assert [row["in_force"] for row in rows] == sorted((row["in_force"] for row in rows), reverse=True)


def test_a_stranger_finds_nothing_but_the_law(client, cast):
    some_dangers(cast)
    client.force_login(cast.zhang.account)
    for text in ("配电箱未关门", cast.enterprise.name, "锦官驿"):
        hits = found(client, text)
        assert not hits["dangers"]
        assert not hits["enterprises"]
        assert not hits["units"]


def test_who_may_see_one_kind_only_is_shown_no_other(client, cast):
    client.force_login(cast.auditor.account)
    hits = found(client, "示例")
    assert [kind for kind, rows in hits.items() if rows] == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ten_of_a_kind_in_few_queries(client, cast, language, django_assert_max_num_queries):
    for number in range(15):
        make_enterprise(cast.tree.township, f"示例批量{number:02}有限公司")
    client.force_login(cast.li.account)
    with django_assert_max_num_queries(30):
        answer = client.get(SEARCH, {"q": "示例批量"}, headers={"accept-language": language})
    assert len(answer.context["enterprises"]) == 10
    assert answer.context["all_enterprises"].startswith(reverse("orgs:enterprises"))


@pytest.mark.parametrize("text", ["", "   ", "没有任何东西叫这个名字", "%", "'; --", "x" * 5000])
def test_nothing_and_nonsense_are_answered(client, cast, text):
    client.force_login(cast.li.account)
    assert client.get(SEARCH, {"q": text}).status_code == 200
