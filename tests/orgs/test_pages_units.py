"""The unit tree on screen: opened branch by branch, searched, renamed and recoded."""

import pytest
from django.urls import reverse
from make import grant, make_account, make_site

from zhiben.orgs.models import Unit, UnitAlias

pytestmark = pytest.mark.django_db
TREE = "/units/"


def at(name, *args):
    return reverse(f"orgs:{name}", args=args)


@pytest.fixture
def keeper(cast):
    """Somebody who edits units of the county."""
    account = make_account("keeper")
    grant(account, "keeper", cast.tree.county, "unit:view", "unit:edit")
    return account


def test_who_is_not_signed_in_is_led_to_the_sign_in(client, cast):
    for address in (TREE, at("unit", cast.site.pk), at("unit-branch", cast.tree.county.pk)):
        assert client.get(address).url.startswith("/accounts/login/")


def test_strangers_get_404(client, cast, keeper):
    client.force_login(cast.zhang.account)
    for name in ("unit", "unit-branch"):
        assert client.get(at(name, cast.tree.county.pk)).status_code == 404
    client.force_login(keeper)
    for name in ("unit-rename", "unit-recode"):
        assert client.post(at(name, cast.tree.other_county.pk), {"name": "x"}).status_code == 404
    client.force_login(cast.auditor.account)
    assert client.get(TREE).status_code == 404


def test_the_tree_begins_where_the_reach_begins_and_opens_downwards(client, cast):
    client.force_login(cast.li.account)
    assert [node["unit"] for node in client.get(TREE).context["nodes"]] == [cast.tree.county]
    branch = client.get(at("unit-branch", cast.tree.county.pk))
    assert [node["unit"] for node in branch.context["nodes"]] == [cast.tree.township]
    assert branch.content.decode().lstrip().startswith("<li>")


def test_an_enterprises_people_see_their_sites(client, cast):
    client.force_login(cast.wang.account)
    assert {node["unit"] for node in client.get(TREE).context["nodes"]} == {cast.site, cast.second_site}


@pytest.mark.parametrize(("text", "found"), [("锦官驿", 1), ("510104", 3), ("青羊", 0), ("", None)])
def test_units_are_searched_by_name_and_code_inside_the_reach(client, cast, text, found):
    client.force_login(cast.li.account)
    context = client.get(TREE, {"q": text}).context
    assert len(context["found"]) == (found or 0)
    assert bool(context["nodes"]) == (found is None)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_where_it_lies_its_departments_and_sites(client, cast, language, django_assert_max_num_queries):
    for number in range(60):
        make_site(cast.enterprise, cast.tree.township, f"三厂{number:02}")
    client.force_login(cast.li.account)
    with django_assert_max_num_queries(25):
        answer = client.get(at("unit", cast.tree.township.pk), headers={"accept-language": language})
    assert [above["unit"].name for above in answer.context["way"]][-1] == cast.tree.county.name
    assert [bool(above["url"]) for above in answer.context["way"]] == [False, False, False, True]
    assert len(answer.context["sites"]) == 50
    county = client.get(at("unit", cast.tree.county.pk)).context
    assert [row["department"] for row in county["departments"]] == [cast.department]


def test_who_may_not_see_an_enterprise_sees_its_site_without_it(client, cast):
    account = make_account("tree")
    grant(account, "tree", cast.tree.county, "unit:view")
    client.force_login(account)
    answer = client.get(at("unit", cast.site.pk))
    assert answer.status_code == 200
    assert "enterprises" not in {name for name, url in answer.context["urls"].items() if url}


def test_renaming_and_recoding_keep_what_was_borne(client, cast, keeper):
    client.force_login(keeper)
    number = cast.tree.township.pk
    assert client.post(at("unit-rename", number), {"name": "锦官驿新街道"}).url == at("unit", number)
    answer = client.post(at("unit-recode", number), {"division_code": "510104099"}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == at("unit", number)
    unit = Unit.objects.get(pk=number)
    assert (unit.name, unit.division_code) == ("锦官驿新街道", "510104099000")
    assert UnitAlias.objects.filter(unit=unit).count() == 2
    assert "510104017000" in client.get(at("unit", number)).content.decode()


def test_a_name_or_code_that_cannot_be_is_refused(client, cast, keeper):
    client.force_login(keeper)
    assert client.post(at("unit-rename", cast.tree.township.pk), {"name": " "}).status_code == 422
    assert client.post(at("unit-recode", cast.tree.township.pk), {"division_code": "x"}).status_code == 422
    client.force_login(cast.li.account)
    assert client.post(at("unit-rename", cast.tree.township.pk), {"name": "x"}).status_code == 404
