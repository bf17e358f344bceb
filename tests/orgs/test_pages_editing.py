"""Adding to the tree, its parties and its people on screen; roles as data; the right to erasure."""

import pytest
from dangers.stories import confirmed
from django.urls import reverse
from django.utils import timezone
from make import DAY, NOW, grant, make_account, make_person

from zhiben.dangers.models import Danger
from zhiben.journal.models import Entry
from zhiben.journal.public import history, verify
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.kernel.periods import local_day
from zhiben.law.codes import make_credit_code
from zhiben.notices.models import Message
from zhiben.orgs.models import (
    ApiToken,
    Appointment,
    Department,
    Engagement,
    Enterprise,
    Jurisdiction,
    Person,
    Role,
    RoleGrant,
    Unit,
)
from zhiben.orgs.public import add_person, make_token
from zhiben.orgs.selectors.access import actor_of
from zhiben.orgs.services.forgetting import forget_person
from zhiben.orgs.services.people import DepartmentFacts, edit_department, edit_jurisdiction
from zhiben.orgs.services.roles import edit_role, end_grant, grantable_permissions, make_role, remove_role

pytestmark = pytest.mark.django_db
TODAY = local_day(timezone.now())


def at(name, *args):
    return reverse(f"orgs:{name}", args=args)


@pytest.fixture
def keeper(cast):
    account = make_account("keeper")
    grant(account, "keeper", cast.tree.county, "unit:view", "unit:edit")
    return account


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_keeper_adds_units_a_department_its_people_and_a_jurisdiction(client, cast, keeper, language):
    client.force_login(keeper)
    headers = {"accept-language": language}
    page = client.get(at("unit-new", cast.tree.village.pk), headers=headers)
    assert page.status_code == 200
    answer = client.post(at("unit-new", cast.tree.village.pk), {"kind": "grid", "name": "一网格"})
    grid = Unit.objects.get(name="一网格")
    assert answer.url == at("unit", grid.pk)
    client.post(at("department-new", cast.tree.county.pk), {"name": "锦江区消防大队", "matters": ["fire"]})
    office = Department.objects.get(name="锦江区消防大队")
    assert (office.matters, office.path) == (["fire"], cast.tree.county.path)
    client.post(at("officer-new", office.pk), {"name": "孙消防", "phone": "028-1"})
    sun = Person.objects.get(name="孙消防")
    assert sun.department == office
    client.post(at("person-appoint", sun.pk), {"kind": "inspector", "unit": cast.tree.county.pk, "since": "2026-01-01"})
    assert sun.appointments.get().post.kind == "inspector"
    client.post(
        at("jurisdiction-new", cast.tree.county.pk),
        {"name": "沿河开发区", "units": [cast.tree.village.pk, grid.pk]},
    )
    zone = Jurisdiction.objects.get()
    assert set(zone.units.all()) == {cast.tree.village, grid}
    for address in (
        at("department", office.pk),
        at("person", sun.pk),
        at("jurisdictions"),
        at("unit", cast.tree.county.pk),
    ):
        assert client.get(address, headers=headers).status_code == 200
    assert {"unit:added", "department:added", "person:added", "person:appointed", "jurisdiction:set"} <= set(
        Entry.objects.values_list("code", flat=True)
    )


def test_what_is_refused_comes_back_with_what_was_typed(client, cast, keeper):
    client.force_login(keeper)
    answer = client.post(
        at("unit-new", cast.tree.village.pk), {"kind": "grid", "name": "二网格", "division_code": "12x"}
    )
    assert answer.status_code == 422
    assert 'value="二网格"' in answer.content.decode()
    assert answer.context["refusal"].code == "division-code:malformed"
    missing = client.post(at("unit-new", cast.tree.village.pk), {"kind": "grid", "name": ""})
    assert missing.status_code == 422
    assert "name" in missing.context["form"].errors


def test_searching_inside_a_form_writes_nothing_and_keeps_what_was_typed(client, cast, keeper):
    client.force_login(keeper)
    answer = client.post(
        at("jurisdiction-new", cast.tree.county.pk),
        {"name": "园区", "units_find": "锦官驿", "find": "units", "units": [cast.tree.village.pk]},
    )
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'value="园区"' in text
    assert f'value="{cast.tree.township.pk}"' in text
    assert f'value="{cast.tree.village.pk}" checked' in text
    assert not Jurisdiction.objects.exists()


def test_an_end_needs_an_empty_unit_and_shows_on_the_page(client, cast, keeper):
    client.force_login(keeper)
    refused = client.post(at("unit-end", cast.tree.township.pk), {"until": TODAY.isoformat()})
    assert refused.context["refusal"].code == "unit:still-has-units"
    client.post(at("unit-end", cast.tree.village.pk), {"until": TODAY.isoformat()})
    assert Unit.objects.get(pk=cast.tree.village.pk).until == TODAY


def test_departments_and_jurisdictions_are_corrected(client, cast, keeper):
    client.force_login(keeper)
    above = Department.objects.create(name="上级", unit=cast.tree.city, path=cast.tree.city.path, matters=[])
    client.post(
        at("department-edit", cast.department.pk), {"name": "锦江区应急局", "matters": ["fire"], "parent": above.pk}
    )
    office = Department.objects.get(pk=cast.department.pk)
    assert (office.name, office.matters, office.parent) == ("锦江区应急局", ["fire"], above)
    actor = actor_of(keeper, now=NOW)
    with pytest.raises(Invalid, match="above-itself"):
        edit_department(office.pk, DepartmentFacts("x", parent=office.pk), actor=actor, now=NOW)
    client.post(at("jurisdiction-new", cast.tree.county.pk), {"name": "区", "units": [cast.tree.village.pk]})
    zone = Jurisdiction.objects.get()
    client.post(at("jurisdiction-edit", zone.pk), {"name": "新区", "units": [cast.tree.township.pk]})
    assert (Jurisdiction.objects.get().name, list(zone.units.all())) == ("新区", [cast.tree.township])
    with pytest.raises(NotFound):
        edit_jurisdiction(zone.pk, "新区", [cast.tree.other_township.pk], actor=actor, now=NOW)


def test_an_officer_enters_an_enterprise_and_its_people_keep_it(client, cast):
    client.force_login(cast.zhao.account)
    code = make_credit_code("510104", 8_888)
    form = {
        "name": "新来示例铸造有限公司", "credit_code": code, "unit": cast.tree.village.pk, "industry": "metallurgy",
        "industries": ["dust_explosion"], "employees": 12, "address": "一号路",
    }  # fmt: skip
    client.post(at("enterprise-new"), form)
    made = Enterprise.objects.get(credit_code=code)
    assert (made.industry, made.employees, made.registered_site.address) == ("metallurgy", 12, "一号路")
    again = client.post(at("enterprise-new"), form)
    assert again.context["refusal"].code == "enterprise:code-taken"
    client.post(at("enterprise-edit", made.pk), form | {"employees": 30})
    assert Enterprise.objects.get(pk=made.pk).employees == 30


def test_an_enterprise_keeps_its_sites_workshops_people_and_contractors(client, cast):
    client.force_login(cast.wang.account)
    one = cast.enterprise
    client.post(at("site-new", one.pk), {"name": "三厂", "unit": cast.tree.other_township.pk, "address": "三号路"})
    third = Unit.objects.get(name="三厂")
    assert (third.enterprise, third.parent) == (one, cast.tree.other_township)
    client.post(at("site-edit", third.pk), {"name": "三分厂", "address": "四号路"})
    third.refresh_from_db()
    assert (third.name, third.address) == ("三分厂", "四号路")
    client.post(at("unit-new", third.pk), {"kind": "workshop", "name": "喷涂车间"})
    assert Unit.objects.get(name="喷涂车间").enterprise == one
    client.post(at("person-new", one.pk), {"name": "新来的", "email": "x@example.org"})
    person = Person.objects.get(name="新来的")
    client.post(at("person-edit", person.pk), {"name": "新来的", "phone": "1", "email": ""})
    assert Person.objects.get(pk=person.pk).phone == "1"
    client.post(at("person-appoint", person.pk), {"kind": "controller", "unit": third.pk, "since": "2026-01-01"})
    assert Enterprise.objects.get(pk=one.pk).controller == person
    held = Appointment.objects.get(person=person)
    client.post(at("appointment-end", held.pk), {"until": TODAY.isoformat()})
    assert Appointment.objects.get(pk=held.pk).until == TODAY
    form = {"party": cast.other_enterprise.pk, "site": third.pk, "role": "tenant", "since": "2026-01-01"}
    client.post(at("engagement-new", one.pk), form)
    made = Engagement.objects.get(party=cast.other_enterprise)
    client.post(at("engagement-end", made.pk), {"until": TODAY.isoformat()})
    assert Engagement.objects.get(pk=made.pk).until == TODAY
    assert client.get(at("enterprise", one.pk)).status_code == 200


def test_a_party_from_elsewhere_is_found_by_its_whole_credit_code_only(client, cast):
    client.force_login(cast.wang.account)
    address, code = at("engagement-new", cast.enterprise.pk), cast.other_enterprise.credit_code
    by_name = client.post(address, {"party_find": "青羊示例", "find": "party"})
    assert cast.other_enterprise.name not in by_name.content.decode()
    by_code = client.post(address, {"party_find": code, "find": "party"})
    assert cast.other_enterprise.name in by_code.content.decode()


def test_who_only_looks_finds_no_way_to_change(client, cast):
    client.force_login(cast.su.account)
    assert client.get(at("enterprise-edit", cast.enterprise.pk)).status_code == 404
    assert client.get(at("unit-new", cast.tree.township.pk)).status_code == 403
    assert client.get(at("person-edit", cast.gong.person.pk)).status_code == 403
    assert "orgs:enterprise-edit" not in client.get(at("enterprise", cast.enterprise.pk)).content.decode()


def test_roles_are_made_changed_held_and_removed(client, cast):
    client.force_login(cast.security.account)
    form = {"name_zh": "网格员", "name_en": "Grid worker", "permissions": ["danger:report", "danger:view"]}
    client.post(at("role-new"), form)
    role = Role.objects.get(slug="grid-worker")
    assert (role.permissions, role.is_builtin) == (["danger:report", "danger:view"], False)
    client.post(at("role-edit", role.pk), form | {"permissions": ["danger:view"]})
    assert Role.objects.get(pk=role.pk).permissions == ["danger:view"]
    account = make_account("grid")
    client.post(at("grant", account.pk), {"place": f"unit:{cast.tree.village.pk}", "role": role.slug, "matter": "fire"})
    held = RoleGrant.objects.get(account=account)
    refused = client.post(at("role-remove", role.pk))
    assert refused.status_code == 409
    client.post(at("grant-end", held.pk), {"until": "2999-01-01"})
    assert RoleGrant.objects.get(pk=held.pk).until.year == 2999
    client.post(at("revoke", held.pk))
    client.post(at("role-remove", role.pk))
    assert not Role.objects.filter(pk=role.pk).exists()
    codes = list(Entry.objects.filter(code__startswith="role:").order_by("id").values_list("code", flat=True))
    assert codes == ["role:made", "role:edited", "role:granted", "role:grant-ended", "role:revoked", "role:removed"]


def test_a_role_of_ones_own_holds_nothing_of_the_three_offices(cast):
    actor = cast.security.actor
    assert not {"role:grant", "account:edit", "journal:view"} & set(grantable_permissions())
    with pytest.raises(Invalid, match="kept-for-the-offices"):
        make_role("全能", "All", ["danger:view", "role:grant"], actor=actor, now=NOW)
    with pytest.raises(Invalid, match="permission-unknown"):
        make_role("无", "None", ["danger:fly"], actor=actor, now=NOW)
    with pytest.raises(Invalid, match="permits-nothing"):
        make_role("无", "None", [], actor=actor, now=NOW)
    role = make_role("巡查员", "Patrol", ["danger:view"], actor=actor, now=NOW)
    with pytest.raises(Conflict, match="name-taken"):
        make_role("巡查员", "Other", ["danger:view"], actor=actor, now=NOW)
    shipped = Role.objects.get(slug="inspector")
    for change in (lambda: edit_role(shipped.pk, "甲", "A", ["danger:view"], actor=actor, now=NOW),
                   lambda: remove_role(shipped.pk, actor=actor, now=NOW)):  # fmt: skip
        with pytest.raises(NotAllowed, match="shipped"):
            change()
    with pytest.raises(NotAllowed):
        edit_role(role.pk, "甲", "A", ["danger:view"], actor=cast.zhao.actor, now=NOW)


def test_who_administers_a_county_makes_no_roles_for_all(client, cast):
    account = make_account("keys")
    grant(account, "security_admin", cast.tree.county)
    client.force_login(account)
    role = Role.objects.create(slug="own", name_zh="自", name_en="Own", permissions=["danger:view"])
    assert client.post(at("role-edit", role.pk), {}).status_code == 403
    assert client.post(at("role-remove", role.pk)).status_code == 403
    client.force_login(cast.li.account)
    assert client.get(at("role-edit", role.pk)).status_code == 404


def test_a_grant_ends_on_a_later_day_and_never_ones_own(cast):
    held = cast.li.account.role_grants.get()
    with pytest.raises(Invalid, match="ends-in-the-past"):
        end_grant(held.pk, until=DAY, actor=cast.security.actor, now=NOW)
    with pytest.raises(NotAllowed, match="not-to-oneself"):
        end_grant(cast.security.account.role_grants.get().pk, until=None, actor=cast.security.actor, now=NOW)


def leaving(cast):
    """A worker whose name stands in the journal, with an account, a token and a message."""
    person = add_person("易忘", enterprise_id=cast.enterprise.pk, phone="13800000000", email="y@example.org",
                        actor=cast.wang.actor, now=NOW)  # fmt: skip
    account = make_account("yiwang", person)
    grant(account, "worker", cast.enterprise)
    make_token("own", actor=actor_of(account, now=NOW), now=NOW)
    Message.objects.create(
        person=person, kind="danger:assigned", subject="danger/1", key="k", facts={"x": "y"}, made_at=NOW
    )
    return person, account


def test_personal_data_are_destroyed_in_two_steps_and_the_journal_still_verifies(client, cast):
    person, account = leaving(cast)
    client.force_login(cast.security.account)
    page = at("person-forget", person.pk)
    assert client.get(page).status_code == 200
    wrong = client.post(page, {"name": "别人", "reason": "本人申请"})
    assert (wrong.status_code, wrong.context["refusal"].code) == (422, "person:name-does-not-match")
    first = client.post(page, {"name": "易忘", "reason": "本人申请〔2026〕3号"})
    token = first.context["token"]
    assert Person.objects.get(pk=person.pk).name == "易忘", "nothing goes in the first step"
    assert client.post(page, {"token": token + "x"}).context["refusal"].code == "person:confirm-again"
    assert client.post(page, {"token": token}).url == at("person", person.pk)
    person.refresh_from_db()
    account.refresh_from_db()
    assert (person.name, person.phone, person.email, person.is_forgotten) == (f"#{person.pk}", "", "", True)
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert "yiwang" not in account.username
    assert not ApiToken.objects.filter(account=account, revoked_at=None).exists()
    assert Message.objects.get(person=person).facts == {}
    told = {entry.code: entry.body for entry in history(f"person/{person.pk}")}
    assert told["person:added"]["name"] is None
    assert "person:forgotten" in told
    assert not verify().broken
    assert client.get(at("person", person.pk)).status_code == 200
    assert client.post(page, {"name": "x"}).status_code == 409


def test_who_still_answers_for_something_cannot_be_forgotten(client, cast):
    danger = confirmed(cast)
    Danger.unscoped.filter(pk=danger.pk).update(owner_person=cast.gong.person)
    client.force_login(cast.security.account)
    assert [o.code for o in client.get(at("person-forget", cast.gong.person.pk)).context["objections"]] == [
        "person:owns-open-dangers"
    ]
    with pytest.raises(Conflict, match="still-in-post"):
        forget_person(cast.zhou.person.pk, name="周总", reason="x", actor=cast.security.actor, now=NOW)
    with pytest.raises(NotAllowed):
        forget_person(cast.gong.person.pk, name="龚工", reason="x", actor=cast.wang.actor, now=NOW)
    with pytest.raises(NotAllowed, match="not-oneself"):
        forget_person(cast.security.person.pk, name="授权员", reason="x", actor=cast.security.actor, now=NOW)


def test_one_person_is_forgotten_once(cast):
    person = make_person("张三", enterprise=cast.enterprise)
    forget_person(person.pk, name="张三", reason="x", actor=cast.security.actor, now=NOW)
    with pytest.raises(Conflict, match="forgotten"):
        forget_person(person.pk, name=f"#{person.pk}", reason="x", actor=cast.security.actor, now=NOW)
