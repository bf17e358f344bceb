"""The journal on screen: who reads it, how it is narrowed, and its verification."""

import dataclasses

import pytest
from django.db import transaction
from django.utils import translation
from make import DAY, NOW, grant, make_account

from zhiben.dangers.public import NewSuspicion, dismiss_suspicion, raise_suspicions, suspicions_for
from zhiben.journal.events import REGISTRY
from zhiben.journal.public import Line, record
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.bilingual import Bilingual
from zhiben.orgs.events import EnterpriseEdited, PersonAppointed, UnitRenamed
from zhiben.orgs.models import Person
from zhiben.orgs.public import Holding, grant_role
from zhiben.orgs.services.parties import NewEnterprise, register_enterprise
from zhiben.shell.journal_words import FIELDS, value_word
from zhiben.shell.web.journal_rows import field_word
from zhiben.standards.public import NewFact, record_facts
from zhiben.standards.services.knowledge import write_guide

pytestmark = pytest.mark.django_db
LIST, VERIFY = "/journal/", "/journal/verify/"
SECRET = "张三口述"


@transaction.atomic
def write(name):
    record([Line(UnitRenamed("甲", name), "unit/1", "system", DAY)], actor=SYSTEM, now=NOW)


@pytest.fixture
def entries(cast):
    number = cast.enterprise.pk
    facts = [NewFact("special_ops_uncertified_count", 2, DAY, source_text=SECRET)]
    record_facts(number, facts, actor=cast.wang.actor, now=NOW)
    write("乙")


def rows(client, **query):
    return client.get(LIST, query).context["rows"]


def test_who_is_not_signed_in_is_led_to_the_sign_in(client, cast):
    assert client.get(LIST).url.startswith("/accounts/login/")


def test_who_does_not_audit_gets_404(client, cast, entries):
    for player in (cast.li, cast.admin, cast.security, cast.zhou):
        client.force_login(player.account)
        assert client.get(LIST).status_code == 404
        assert client.post(VERIFY).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_newest_come_first_without_personal_values(client, cast, entries, language):
    client.force_login(cast.auditor.account)
    answer = client.get(LIST, headers={"accept-language": language})
    assert [row["entry"].code for row in answer.context["rows"]] == ["unit:renamed", "fact:recorded"]
    assert SECRET not in answer.content.decode()
    assert answer.context["rows"][1]["personal"] == ["source_text"]


def test_the_list_is_narrowed_to_a_chain_a_subject_a_code_or_a_day(client, cast, entries):
    client.force_login(cast.auditor.account)
    chain = f"enterprise:{cast.enterprise.pk}"
    assert [row["entry"].chain for row in rows(client, chain=chain)] == [chain]
    assert len(rows(client, q="unit/1")) == len(rows(client, subject="unit/1")) == 1
    assert len(rows(client, code="fact:recorded")) == 1
    assert len(rows(client, day=DAY.isoformat())) == 2
    assert rows(client, day="2001-01-01") == []
    assert client.get(LIST, {"day": "gestern"}).status_code == 422


def test_pages_follow_each_other(client, cast, django_assert_max_num_queries):
    for number in range(60):
        write(str(number))
    client.force_login(cast.auditor.account)
    with django_assert_max_num_queries(12):
        first = client.get(LIST)
    rest = client.get(LIST + first.context["older"])
    seen = [row["entry"].seq for row in first.context["rows"] + rest.context["rows"]]
    assert seen == sorted(range(1, 61), reverse=True)
    assert rest.context["older"] == ""


def test_an_auditor_of_a_county_reads_only_its_chains(client, cast, entries):
    account = make_account("local")
    grant(account, "auditor", cast.tree.county)
    client.force_login(account)
    assert client.get(LIST).context["needs_chain"]
    assert len(rows(client, chain=f"enterprise:{cast.enterprise.pk}")) == 1
    for chain in ("system", f"enterprise:{cast.other_enterprise.pk}", f"department:{cast.other_department.pk}", "x:1"):
        assert rows(client, chain=chain) == []
    assert client.post(VERIFY).status_code == 404


def test_a_press_verifies_every_chain(client, cast, entries):
    client.force_login(cast.auditor.account)
    answer = client.post(VERIFY, headers={"accept-language": "en"})
    assert (answer.context["verified"].entries, answer.context["broken"]) == (2, [])
    assert "Unbroken" in answer.content.decode()


def test_a_journal_too_long_for_a_page_is_left_to_the_command(client, cast, entries, monkeypatch):
    monkeypatch.setattr("zhiben.shell.web.journal.VERIFIED_AT_ONCE", 1)
    client.force_login(cast.auditor.account)
    answer = client.post(VERIFY, headers={"accept-language": "en"})
    assert answer.context["verified"] is None
    assert "zhiben journal verify" in answer.content.decode()


def test_what_services_write_is_shown_with_a_way_to_its_page(client, cast):
    account = make_account("keeper")
    grant(account, "keeper", cast.tree.county, "enterprise:view", "enterprise:edit", "unit:view")
    made = register_enterprise(NewEnterprise("新企业有限公司", cast.tree.township.pk), actor=SYSTEM, now=NOW)
    client.force_login(cast.auditor.account)
    (row,) = rows(client, subject=f"enterprise/{made.pk}")
    assert row["url"] == f"/enterprises/{made.pk}/"


def test_fields_are_called_by_their_words_and_no_word_outlives_its_field():
    fields = {field.name for event in REGISTRY.values() for field in dataclasses.fields(event)}
    assert set(FIELDS) <= fields
    assert len(FIELDS) > 0.9 * len(fields), fields - set(FIELDS)
    with translation.override("zh-hans"):
        assert field_word("found_on") == "发现日期"
        assert field_word("a_new_one") == "a_new_one"


@pytest.mark.parametrize(
    ("language", "role", "about"),
    [("zh-hans", "企业安全管理人员", "账号"), ("en", "Safety manager of an enterprise", "account")],
)
def test_an_entry_speaks_in_words_not_in_codes(client, cast, language, role, about):
    holding = Holding("safety_manager", enterprise=cast.enterprise.pk)
    grant_role(cast.gong.account.pk, holding, actor=cast.security.actor, now=NOW)
    client.force_login(cast.auditor.account)
    text = client.get(LIST, headers={"accept-language": language}).text
    assert role in text
    (row,) = rows(client, code="role:granted")
    assert row["about"]["kind"](language) == about
    assert row["about"]["name"].zh == cast.gong.person.name
    assert f"{cast.gong.person.name}</a>" in text
    assert cast.enterprise.name in dict(row["fields"]).values()


@pytest.mark.parametrize(
    ("field", "value", "zh"),
    [
        ("before", "registered", "登记"), ("level", "major", "重大事故隐患"), ("channel", "dingtalk", "钉钉群"),
        ("permissions", "account:edit", "维护账号"), ("industries", "machinery", "机械"), ("matters", "fire", "消防"),
        ("unit", "unit/7", "单位 7"), ("chain", "system", "全系统"), ("note", "danger/x", "danger/x"),
        ("level", "<b>", "<b>"), ("role", "officer?", "officer?"),
    ],
)  # fmt: skip
def test_a_value_is_told_by_the_room_that_owns_the_word(field, value, zh):
    word = value_word(field, value)
    assert (word.zh if isinstance(word, Bilingual) else str(word)) == zh


@pytest.mark.parametrize("value", ["reopen", "sign_off", "confirm"])
def test_a_step_is_told_by_its_words(value):
    assert value_word("move", value).zh != value


def appointed(cast, player):
    """A line that names a person by their number, on the enterprise's chain."""
    event = PersonAppointed(player.person.pk, "safety_manager", cast.site.pk, "2026-01-01", None)
    with transaction.atomic():
        line = Line(event, f"unit/{cast.enterprise.registered_site_id}", f"enterprise:{cast.enterprise.pk}", DAY)
        record([line], actor=SYSTEM, now=NOW)


def test_people_units_and_enterprises_are_called_by_their_names(client, cast):
    appointed(cast, cast.wang)
    client.force_login(cast.auditor.account)
    (row,) = rows(client)
    assert cast.wang.person.name in dict(row["fields"]).values()
    assert (row["chain"]["name"].zh, row["about"]["name"].zh) == (
        cast.enterprise.name,
        cast.enterprise.registered_site.name,
    )
    assert ("person", cast.wang.person.pk) in row["full"]


def test_of_somebody_whose_data_were_destroyed_that_is_said(client, cast):
    appointed(cast, cast.wang)
    Person.objects.filter(pk=cast.wang.person.pk).update(name="138", is_forgotten=True)
    client.force_login(cast.auditor.account)
    text = client.get(LIST, headers={"accept-language": "en"}).text
    assert "personal data destroyed" in text
    assert ">138<" not in text


def test_a_county_s_auditor_reads_no_names_of_elsewhere(client, cast):
    appointed(cast, cast.he)
    account = make_account("local")
    grant(account, "auditor", cast.tree.county)
    client.force_login(account)
    (row,) = rows(client, chain=f"enterprise:{cast.enterprise.pk}")
    assert cast.he.person.name not in dict(row["fields"]).values()


def test_what_was_changed_is_told_field_by_field(client, cast):
    event = EnterpriseEdited({"name": "甲", "industries": ["fire"]}, {"name": "乙", "industries": ["fire"]})
    with transaction.atomic():
        record([Line(event, f"enterprise/{cast.enterprise.pk}", "system", DAY)], actor=SYSTEM, now=NOW)
    client.force_login(cast.auditor.account)
    assert [value for _name, value in rows(client)[0]["fields"]] == ["甲 → 乙"]


def test_suspicions_and_guides_are_named_by_their_clause(client, cast):
    raised = NewSuspicion(
        unit_id=cast.site.pk, text="无证", source="judging", key="judging:1:gongmao-2023/3(2)", raised_on=DAY,
        standard="gongmao-2023", clause="3(2)",
    )  # fmt: skip
    raise_suspicions([raised], actor=SYSTEM, now=NOW)
    dismiss_suspicion(suspicions_for(SYSTEM).get().pk, "已取证", actor=cast.wang.actor, now=NOW)
    write_guide(cast.tree.county, "gongmao-2023", "3(2)", "看证件", "", seen=0, actor=cast.zhao.actor, now=NOW)
    client.force_login(cast.auditor.account)
    found = {row["entry"].code: row["about"] for row in rows(client)}
    for code in ("suspicion:raised", "suspicion:answered", "clause:guided"):
        assert found[code]["name"].en.startswith("3(2) "), code
    assert found["suspicion:answered"]["kind"].en == "suspicion"
