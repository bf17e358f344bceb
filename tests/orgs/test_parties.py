"""Entering enterprises, sites, engagements, departments, people and posts."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from make import DAY, LONG_AGO, NOW

from zhiben.journal.models import Chain, Entry
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.kernel.periods import local_day
from zhiben.law.codes import make_credit_code
from zhiben.orgs.domain.kinds import EngagementRole, PostKind
from zhiben.orgs.domain.names import plain_name
from zhiben.orgs.models import Engagement, Enterprise, Unit
from zhiben.orgs.public import (
    EnterpriseFacts,
    NewEnterprise,
    add_department,
    add_person,
    add_site,
    appoint,
    department_for_matter,
    edit_enterprise,
    end_appointment,
    end_engagement,
    engage,
    enterprise_by,
    enterprises_for,
    people_holding,
    register_enterprise,
    register_enterprises,
    set_jurisdiction,
    units_for,
)

CODE = make_credit_code("510104", 77_001)


def test_an_officer_enters_an_enterprise_with_its_registered_site(cast):
    new = NewEnterprise("锦江（示例）化工厂", cast.tree.village.pk, CODE.lower(), ("chemicals", "dust_explosion"), 12)
    made = register_enterprise(new, actor=cast.zhao.actor, now=NOW)
    assert (made.credit_code, made.industry, made.plain_name) == (CODE, "chemicals", "锦江示例化工厂")
    site = made.registered_site
    assert (site.kind, site.enterprise_id, site.parent_id) == ("site", made.pk, cast.tree.village.pk)
    assert made.path == Enterprise.objects.get(pk=made.pk).path == site.path
    assert enterprise_by(name="锦江(示例) 化工厂", under=cast.tree.county) == made
    entry = Entry.objects.get()
    assert (entry.code, entry.subject) == ("enterprise:registered", f"enterprise/{made.pk}")
    assert Chain.objects.get(pk=entry.chain_id).name == f"enterprise:{made.pk}"


def test_many_are_entered_in_a_fixed_number_of_queries(cast, django_assert_max_num_queries):
    news = [
        NewEnterprise(f"示例第{n}厂", cast.tree.village.pk, make_credit_code("510104", 80_000 + n)) for n in range(40)
    ]
    with django_assert_max_num_queries(24):
        made = register_enterprises(news, actor=SYSTEM, now=NOW)
    assert len({row.path for row in made}) == 40
    assert Entry.objects.count() == 40


@pytest.mark.parametrize(
    ("change", "refusal", "code"),
    [
        ({"credit_code": CODE[:-1] + ("1" if CODE[-1] != "1" else "2")}, Invalid, "credit-code-wrong"),
        ({"name": " "}, Invalid, "name-unusable"),
        ({"name": "（）"}, Invalid, "name-unusable"),
        ({"industries": ("alchemy",)}, Invalid, "industry-unknown"),
    ],
)
def test_an_enterprise_that_cannot_be_is_refused_with_all_of_its_batch(cast, change, refusal, code):
    good = NewEnterprise("好企业", cast.tree.village.pk)
    bad = NewEnterprise(**{"name": "坏企业", "unit": cast.tree.village.pk, "credit_code": CODE, **change})
    before = Unit.objects.count()
    with pytest.raises(refusal, match=code):
        register_enterprises([good, bad], actor=SYSTEM, now=NOW)
    assert Unit.objects.count() == before


def test_a_credit_code_stands_once(cast):
    new = NewEnterprise("某厂", cast.tree.village.pk, cast.enterprise.credit_code)
    with pytest.raises(Conflict, match="code-taken"):
        register_enterprise(new, actor=SYSTEM, now=NOW)
    twice = NewEnterprise("某厂", cast.tree.village.pk, CODE)
    with pytest.raises(Conflict, match="code-taken"):
        register_enterprises([twice, twice], actor=SYSTEM, now=NOW)


def test_enterprises_are_entered_where_the_actor_may(cast):
    new = NewEnterprise("某厂", cast.tree.village.pk)
    with pytest.raises(NotFound):
        register_enterprise(new, actor=cast.zhang.actor, now=NOW)
    with pytest.raises(NotAllowed):
        register_enterprise(new, actor=cast.li.actor, now=NOW)
    with pytest.raises(Invalid, match="site:wrong-place"):
        register_enterprise(NewEnterprise("某厂", cast.tree.city.pk), actor=SYSTEM, now=NOW)


def test_an_enterprise_opens_a_second_site_in_the_next_county(cast):
    site = add_site(cast.enterprise.pk, cast.tree.other_township.pk, "青羊仓库", actor=cast.wang.actor, now=NOW)
    assert site in units_for(cast.wang.actor)
    assert site in units_for(cast.zhang.actor)
    with pytest.raises(NotFound):
        add_site(cast.enterprise.pk, cast.tree.township.pk, "假冒", actor=cast.he.actor, now=NOW)
    with pytest.raises(NotAllowed):
        add_site(cast.enterprise.pk, cast.tree.township.pk, "车间", actor=cast.gong.actor, now=NOW)
    with pytest.raises(NotFound):
        add_site(cast.enterprise.pk, cast.other_enterprise.registered_site_id, "借地", actor=cast.wang.actor, now=NOW)


def test_the_host_puts_a_tenant_on_its_site(cast):
    made = engage(
        cast.other_enterprise.pk, cast.site.pk, EngagementRole.TENANT, since=DAY, actor=cast.wang.actor, now=NOW
    )
    assert made.party == cast.other_enterprise
    assert cast.site in units_for(cast.he.actor)
    for party, since, until, code in [
        (cast.enterprise.pk, DAY, None, "not-another-party"),
        (10**6, DAY, None, "not-another-party"),
        (cast.contractor.pk, DAY, DAY, "ends-before"),
    ]:
        with pytest.raises(Invalid, match=code):
            engage(party, cast.site.pk, EngagementRole.TENANT, since=since, until=until, actor=cast.wang.actor, now=NOW)
    with pytest.raises(Invalid, match="not-a-site"):
        engage(cast.contractor.pk, cast.tree.village.pk, EngagementRole.TENANT, since=DAY, actor=SYSTEM, now=NOW)
    with pytest.raises(NotAllowed):  # a contractor sees the site, but does not decide who works there
        engage(cast.other_enterprise.pk, cast.site.pk, EngagementRole.TENANT, since=DAY, actor=cast.chen.actor, now=NOW)


def test_a_department_with_a_matter_answers_for_it(cast):
    fire = add_department(cast.tree.county.pk, "消防救援大队", matters=["fire"], actor=cast.admin.actor, now=NOW)
    assert department_for_matter(cast.site.path, "fire", DAY) == fire.pk
    with pytest.raises(NotAllowed):
        add_department(cast.tree.county.pk, "假部门", actor=cast.zhao.actor, now=NOW)


def test_a_development_zone_is_a_set_of_subtrees(cast):
    tree = cast.tree
    zone = set_jurisdiction(
        tree.city.pk, "开发区", [tree.village.pk, tree.other_county.pk], actor=cast.admin.actor, now=NOW
    )
    assert set(zone.units.all()) == {tree.village, tree.other_county}
    with pytest.raises(Invalid, match="jurisdiction:empty"):
        set_jurisdiction(tree.city.pk, "空", [], actor=cast.admin.actor, now=NOW)


def test_people_hold_posts_from_and_until(cast):
    person = add_person("吴新", enterprise_id=cast.enterprise.pk, actor=cast.zhou.actor, now=NOW)
    appoint(
        person.pk,
        PostKind.SAFETY_MANAGER,
        cast.second_site.pk,
        since=LONG_AGO,
        until=DAY,
        actor=cast.zhou.actor,
        now=NOW,
    )
    kind = PostKind.SAFETY_MANAGER
    assert people_holding(kind, enterprise=cast.enterprise.pk, on=date(2026, 3, 1)) == [cast.wang.person, person]
    assert people_holding(kind, enterprise=cast.enterprise.pk, on=DAY) == [cast.wang.person]
    with pytest.raises(Invalid, match="not-of-this-enterprise"):
        appoint(cast.he.person.pk, kind, cast.site.pk, since=DAY, actor=cast.zhou.actor, now=NOW)


def test_a_new_principal_stands_on_the_enterprise_too(cast):
    appoint(cast.wang.person.pk, PostKind.PRINCIPAL, cast.site.pk, since=DAY, actor=cast.zhao.actor, now=NOW)
    assert Enterprise.objects.get(pk=cast.enterprise.pk).principal == cast.wang.person


def test_the_name_of_a_person_is_personal_in_the_journal(cast):
    add_person("吴新", enterprise_id=cast.enterprise.pk, actor=cast.zhou.actor, now=NOW)
    assert "吴新" not in Entry.objects.get(code="person:added").body
    with pytest.raises(NotFound):
        add_person("吴二", enterprise_id=cast.enterprise.pk, actor=cast.he.actor, now=NOW)
    with pytest.raises(NotAllowed):
        add_person("吴三", actor=cast.zhou.actor, now=NOW)
    add_person("吴四", department_id=cast.department.pk, actor=cast.admin.actor, now=NOW)


def test_what_is_known_of_an_enterprise_is_corrected_with_what_it_was(cast):
    facts = EnterpriseFacts(name="成都新名机械有限公司", credit_code=CODE, industries=("machinery",), employees=80)
    edited = edit_enterprise(cast.enterprise.pk, facts, actor=cast.wang.actor, now=NOW)
    kept = Enterprise.objects.get(pk=cast.enterprise.pk)
    assert (kept.name, kept.plain_name, kept.credit_code, kept.employees) == (
        "成都新名机械有限公司", "成都新名机械有限公司", CODE, 80,
    )  # fmt: skip
    assert edited.industries_mask == kept.industries_mask
    assert "成都示例机械有限公司" in Entry.objects.get().body
    edit_enterprise(cast.enterprise.pk, facts, actor=cast.wang.actor, now=NOW)
    assert Entry.objects.count() == 1
    with pytest.raises(Conflict, match="code-taken"):
        edit_enterprise(cast.other_enterprise.pk, EnterpriseFacts(credit_code=CODE), actor=SYSTEM, now=NOW)
    with pytest.raises(NotAllowed):
        edit_enterprise(cast.enterprise.pk, EnterpriseFacts(employees=1), actor=cast.gong.actor, now=NOW)


def test_an_engagement_and_a_post_end(cast):
    ended = end_engagement(cast.engagement.pk, until=DAY, actor=cast.wang.actor, now=NOW)
    assert Engagement.objects.get(pk=ended.pk).until == DAY
    held = cast.wang.person.appointments.get()
    end_appointment(held.pk, until=DAY, actor=cast.zhou.actor, now=NOW)
    assert people_holding(PostKind.SAFETY_MANAGER, enterprise=cast.enterprise.pk, on=DAY) == []
    for player in (cast.he, cast.gong):
        with pytest.raises(NotFound):
            end_engagement(cast.engagement.pk, until=DAY, actor=player.actor, now=NOW)
        with pytest.raises(NotFound):
            end_appointment(held.pk, until=DAY, actor=player.actor, now=NOW)
    with pytest.raises(Invalid, match="ends-before"):
        end_engagement(cast.engagement.pk, until=LONG_AGO, actor=cast.wang.actor, now=NOW)


@given(st.text(max_size=40))
def test_a_plain_name_is_its_own_plain_name(name):
    assert plain_name(plain_name(name)) == plain_name(name)


def test_with_the_end_of_an_engagement_host_and_party_see_each_other_no_more(cast):
    assert cast.site in units_for(cast.chen.actor)
    assert cast.contractor in enterprises_for(cast.wang.actor)
    Engagement.objects.filter(pk=cast.engagement.pk).update(until=local_day(timezone.now()))
    assert cast.site not in units_for(cast.chen.actor)
    assert cast.contractor not in enterprises_for(cast.wang.actor)
    assert cast.contractor in enterprises_for(cast.li.actor), "who supervises the site still sees who worked there"
