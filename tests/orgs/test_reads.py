"""Finding units, enterprises and people; what is outside one's reach does not exist."""

import pytest
from make import DAY, NOW, grant, make_account, make_department, make_enterprise, make_jurisdiction, make_unit

from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, NotFound
from zhiben.orgs.domain.kinds import PostKind, UnitKind
from zhiben.orgs.models import UnitAlias
from zhiben.orgs.public import (
    actor_of,
    branch_for,
    breadcrumbs,
    children_of,
    counts_below,
    department_for_matter,
    enterprise_by,
    enterprise_for,
    enterprise_page,
    enterprises_for,
    match_enterprises,
    people_for,
    people_holding,
    person_for,
    person_name,
    person_names,
    search_enterprises,
    search_units,
    unit_at,
    unit_for,
    units_for,
)


def test_a_unit_is_found_by_path_and_by_codes_of_every_length(cast):
    county = cast.tree.county
    for text in (county.path, "510104000000", "510104", " 510104 "):
        assert unit_at(text) == county
    assert unit_at("5101") == cast.tree.city
    assert unit_at("51") == cast.tree.province
    assert unit_at("/1/") == cast.tree.nation


@pytest.mark.parametrize(
    "text", ["", "/", "51010", "五一", "999999", "000000", "510000000001", "/1/nothing/", "²²", "/1"]
)
def test_what_is_no_unit_is_not_found(cast, text):
    with pytest.raises(NotFound):
        unit_at(text)


def test_a_code_at_two_levels_means_the_upper_unit_unless_its_length_names_one(cast):
    city = make_unit(cast.tree.province, "city", "东莞市", "4419")
    make_unit(city, "county", "东莞市", "441900")
    county = make_unit(cast.tree.city, "county", "金门县", "350527")
    township = make_unit(county, "township", "金门县", "350527")
    assert unit_at("441900") == unit_at("441900000000") == unit_at("4419") == city
    assert unit_at("350527") == county
    assert unit_at("350527000") == township


def test_a_retired_code_leads_to_the_unit_that_bore_it(cast):
    UnitAlias.objects.create(unit=cast.tree.county, division_code="510199000000", until=DAY)
    assert unit_at("510199") == cast.tree.county


def test_a_code_retired_before_the_tree_was_laid_out_leads_to_its_successor(cast):
    district = make_unit(cast.tree.city, "county", "海门区", "320614")
    assert unit_at("320684") == district  # recoded in 2020, as the law's list says


def test_a_stranger_cannot_tell_a_unit_or_an_enterprise_exists(cast):
    for player in (cast.zhang, cast.he):
        with pytest.raises(NotFound):
            unit_for(player.actor, cast.tree.county.pk)
        with pytest.raises(NotFound):
            enterprise_for(player.actor, cast.enterprise.pk)
    for nobody in (cast.anon,):
        assert not units_for(nobody).exists()
        assert not enterprises_for(nobody).exists()
        assert not people_for(nobody).exists()


def test_officers_inspectors_and_those_above_see_the_county(cast):
    for player in (cast.li, cast.zhao, cast.su):
        assert unit_for(player.actor, cast.site.pk) == cast.site
        assert enterprise_for(player.actor, cast.enterprise.pk) == cast.enterprise


def test_an_enterprise_sees_itself_its_sites_and_who_is_engaged_there(cast):
    assert set(enterprises_for(cast.wang.actor)) == {cast.enterprise, cast.contractor}
    assert set(units_for(cast.wang.actor)) == {cast.site, cast.second_site}


def test_a_contractor_sees_the_site_it_works_on_but_not_the_enterprise(cast):
    assert set(units_for(cast.chen.actor)) == {cast.contractor.registered_site, cast.site}
    assert set(enterprises_for(cast.chen.actor)) == {cast.contractor}


def test_the_county_sees_a_contractor_registered_elsewhere(cast):
    assert cast.contractor in enterprises_for(cast.li.actor)
    assert cast.other_enterprise not in enterprises_for(cast.li.actor)


def test_a_grant_for_some_industries_shows_only_their_enterprises(cast):
    account = make_account("dust")
    grant(account, "officer", cast.tree.county, industries=["fireworks"])
    assert not enterprises_for(actor_of(account, now=NOW)).exists()
    grant(account, "officer", cast.tree.county, industries=["dust_explosion"])
    assert set(enterprises_for(actor_of(account, now=NOW))) == {cast.enterprise}


def test_a_jurisdiction_counts_as_its_units_while_it_is_valid(cast):
    account = make_account("zone")
    zone = make_jurisdiction(cast.tree.city, cast.tree.village, cast.tree.other_township)
    grant(account, "officer", zone)
    assert {g.path for g in actor_of(account, now=NOW).grants} == {
        cast.tree.village.path,
        cast.tree.other_township.path,
    }
    zone.until = DAY
    zone.save()
    assert actor_of(account, now=NOW).grants == ()


def test_an_actor_costs_one_query_and_two_with_a_jurisdiction(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        actor_of(cast.li.account, now=NOW)
    grant(cast.li.account, "officer", make_jurisdiction(cast.tree.city, cast.tree.village))
    with django_assert_num_queries(2):
        actor_of(cast.li.account, now=NOW)


def test_the_tree_opens_level_by_level(cast):
    assert [unit.name for unit in children_of(cast.tree.city)] == ["锦江区", "青羊区"]
    assert branch_for(cast.li.actor) == [cast.tree.county]
    assert [unit.has_children for unit in branch_for(cast.li.actor, cast.tree.county.pk)] == [True]
    assert [unit.name for unit in breadcrumbs(cast.tree.county)] == ["中华人民共和国", "四川省", "成都市", "锦江区"]
    with pytest.raises(NotFound):
        branch_for(cast.zhang.actor, cast.tree.county.pk)


def test_search_finds_chinese_parts_inside_ones_reach(cast):
    assert search_units(cast.li.actor, "官驿") == [cast.tree.township]
    assert search_units(cast.zhang.actor, "官驿") == []
    assert search_units(cast.li.actor, "510104017") == [cast.tree.township, cast.tree.village]
    assert search_enterprises(cast.li.actor, "示例 机械") == [cast.enterprise]
    assert search_enterprises(cast.he.actor, "机械") == []
    assert search_enterprises(cast.li.actor, " ") == []


def test_an_enterprise_is_matched_by_code_then_by_name_under_the_unit(cast, django_assert_num_queries):
    enterprise, county = cast.enterprise, cast.tree.county
    wanted = [
        (enterprise.credit_code.lower(), "随便"),
        ("", "成都　示例(机械) 有限公司"),
        ("", "青羊示例食品有限公司"),
        ("91510104MA00000000", "成都示例机械有限公司"),
    ]
    with django_assert_num_queries(2):
        found = match_enterprises(wanted, under=county)
    assert [found[pair].by for pair in wanted] == ["credit_code", "name", "", ""]
    assert found[wanted[2]].problem == "enterprise:not-found"
    assert found[wanted[0]].enterprise == found[wanted[1]].enterprise == enterprise


def test_a_name_that_two_enterprises_bear_decides_nothing(cast):
    make_enterprise(cast.tree.village, cast.enterprise.name)
    with pytest.raises(Conflict, match="enterprise:ambiguous"):
        enterprise_by(name=cast.enterprise.name, under=cast.tree.county)
    with pytest.raises(NotFound):
        enterprise_by(name="没有", under=cast.tree.county)


def test_the_nearest_department_that_names_the_matter_answers_else_the_general_one(cast):
    fire = make_department(cast.tree.city, "成都市消防救援支队", matters=["fire"])
    make_department(cast.tree.city)
    make_department(cast.tree.township, "街道安监办", matters=["fire"])
    assert department_for_matter(cast.site.path, "fire", DAY) == fire.pk
    assert department_for_matter(cast.site.path, "gas", DAY) == cast.department.pk
    fire.until = DAY
    fire.save()
    assert department_for_matter(cast.site.path, "fire", DAY) == cast.department.pk
    assert department_for_matter(cast.tree.nation.path, "fire", DAY) is None


def test_posts_tell_whom_to_turn_to(cast):
    assert people_holding(PostKind.SAFETY_MANAGER, enterprise=cast.enterprise.pk, on=DAY) == [cast.wang.person]
    assert people_holding(PostKind.CONTROLLER, enterprise=cast.enterprise.pk, on=DAY) == [cast.zhou.person]
    assert people_holding(PostKind.INSPECTOR, department=cast.department.pk, on=DAY) == []


def test_people_are_seen_by_their_own_and_by_those_above(cast):
    assert person_for(cast.gong.actor, cast.wang.person.pk) == cast.wang.person
    assert person_for(cast.li.actor, cast.zhao.person.pk) == cast.zhao.person
    assert person_for(cast.su.actor, cast.gong.person.pk) == cast.gong.person
    assert person_for(cast.auditor.actor, cast.auditor.person.pk) == cast.auditor.person
    with pytest.raises(NotFound):
        person_for(cast.zhang.actor, cast.gong.person.pk)
    assert person_name(cast.gong.person.pk) == "龚工"
    assert person_name(None) == ""


def test_an_enterprises_page_shows_sites_engagements_and_people(cast):
    page = enterprise_page(cast.zhao.actor, cast.enterprise.pk, on=DAY)
    assert list(page.sites) == [cast.site, cast.second_site]
    assert list(page.here) == [cast.engagement]
    assert {person.name for person in page.people} == {"王安全", "周总", "龚工"}
    assert list(enterprise_page(cast.chen.actor, cast.contractor.pk, on=DAY).elsewhere) == [cast.engagement]


def test_the_system_sees_the_whole_tree_and_counts_come_in_one_query(cast, django_assert_num_queries):
    (root,) = branch_for(SYSTEM)
    assert root == cast.tree.nation
    assert cast.enterprise in enterprises_for(SYSTEM)
    assert cast.gong.person in people_for(SYSTEM)
    with django_assert_num_queries(1):
        counts = counts_below([cast.tree.city, cast.tree.village])
    assert counts == {cast.tree.city.pk: 2, cast.tree.village.pk: 0}
    assert person_names([cast.li.person.pk, cast.gong.person.pk]) == {
        cast.li.person.pk: "李检查",
        cast.gong.person.pk: "龚工",
    }


def test_search_narrows_by_kind_and_finds_former_names(cast):
    UnitAlias.objects.create(unit=cast.tree.township, name="旧名街道", until=DAY)
    assert search_units(cast.li.actor, "旧名") == [cast.tree.township]
    assert search_units(cast.li.actor, "锦", kind=UnitKind.COUNTY) == [cast.tree.county]
    assert search_units(cast.li.actor, " ") == []


def test_children_on_a_day_leave_out_those_not_valid_then(cast):
    cast.tree.other_county.until = DAY
    cast.tree.other_county.save()
    assert list(children_of(cast.tree.city, on=DAY)) == [cast.tree.county]
