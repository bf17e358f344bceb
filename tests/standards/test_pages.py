"""Facts, judging and standards on screen."""

from datetime import timedelta

import pytest
from django.urls import reverse
from make import DAY, NOW

from zhiben.law.standards import standards
from zhiben.standards.models import Determination, Fact, FactRequest
from zhiben.standards.public import FactSource, NewFact, judge_enterprise, record_facts
from zhiben.standards.web.library import state_of
from zhiben.standards.web.words import fact_label, value_words

pytestmark = pytest.mark.django_db
COUNT = "special_ops_uncertified_count"
TRUTH = "is_metal_smelting"
LOOK = "seen:gongmao-2023/11(1)"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def judged(cast):
    record_facts(
        cast.enterprise.pk,
        [NewFact(COUNT, 2, DAY), NewFact(TRUTH, value=False, day=DAY)],
        actor=cast.wang.actor,
        now=NOW,
    )
    (made,) = judge_enterprise(cast.enterprise.pk, day=DAY, actor=cast.wang.actor, now=NOW)
    return made


def at(name, *args):
    return reverse(f"standards:{name}", args=args)


def addresses(cast, judged):
    number = cast.enterprise.pk
    return [at("facts", number), f"{at('record', number)}?name={COUNT}", at("determination", judged.pk)]


def test_who_is_not_signed_in_is_led_to_the_sign_in(client, cast, judged):
    for address in [at("list"), at("standard", "gongmao-2023"), *addresses(cast, judged)]:
        assert client.get(address).url.startswith("/accounts/login/")


def test_strangers_get_404(client, cast, judged):
    client.force_login(cast.zhang.account)
    for address in addresses(cast, judged):
        assert client.get(address).status_code == 404
    for name in ("judge", "ask", "record"):
        answer = client.post(at(name, cast.enterprise.pk), {"fact": [COUNT], "name": COUNT, "value": "1"})
        assert answer.status_code == 404
    assert FactRequest.unscoped.count() == 0


def test_a_viewer_reads_and_writes_nothing(client, cast, judged):
    client.force_login(cast.su.account)
    assert client.get(at("facts", cast.enterprise.pk)).status_code == 200
    assert client.get(at("determination", judged.pk)).status_code == 200
    for name in ("judge", "ask", "record"):
        assert client.post(at(name, cast.enterprise.pk)).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_determination_lists_hazards_first_and_what_is_missing(client, cast, judged, language):
    client.force_login(cast.li.account)
    answer = client.get(at("determination", judged.pk), headers={"accept-language": language})
    parts = answer.context["parts"]
    assert [part["verdict"] for part in parts] == ["present", "unknown", "absent"]
    assert [row["ref"] for row in parts[0]["rows"]] == ["3(2)"]
    assert all(row["missing"] for row in parts[1]["rows"])
    assert answer.context["coverage"]["judged"] == 2
    assert ("特种作业" in answer.content.decode()) == (language == "zh-hans")


def test_one_press_asks_for_what_is_missing(client, cast, judged):
    client.force_login(cast.li.account)
    shown = client.get(at("determination", judged.pk)).context
    press = {"fact": shown["all_missing"], "determination": judged.pk}
    answer = client.post(at("ask", cast.enterprise.pk), press)
    assert answer.url == at("determination", judged.pk)
    assert set(FactRequest.unscoped.values_list("name", flat=True)) == set(shown["all_missing"])
    again = client.get(at("determination", judged.pk)).context
    assert again["all_missing"] == []
    client.post(at("ask", cast.enterprise.pk), press)
    assert FactRequest.unscoped.count() == len(shown["all_missing"])


def test_asking_by_htmx_leads_on_by_its_header(client, cast, judged):
    client.force_login(cast.li.account)
    answer = client.post(at("ask", cast.enterprise.pk), {"fact": [COUNT]}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == at("facts", cast.enterprise.pk) + "?show=asked"


def test_asking_for_nothing_or_for_nonsense_is_refused(client, cast):
    client.force_login(cast.li.account)
    assert client.post(at("ask", cast.enterprise.pk)).status_code == 422
    assert client.post(at("ask", cast.enterprise.pk), {"fact": ["nonsense"]}).status_code == 422


def test_a_press_judges_now_or_on_a_day(client, cast):
    client.force_login(cast.wang.account)
    before = DAY - timedelta(days=30)
    for day in ("", before.isoformat()):
        assert client.post(at("judge", cast.enterprise.pk), {"day": day}).status_code == 302
    assert set(Determination.unscoped.values_list("day", flat=True)) == {DAY, before}


@pytest.mark.parametrize("day", ["morgen", (DAY + timedelta(days=1)).isoformat()])
def test_no_day_to_come_is_judged(client, cast, day):
    client.force_login(cast.wang.account)
    assert client.post(at("judge", cast.enterprise.pk), {"day": day}).status_code == 422


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [(COUNT, "3", 3), (COUNT, "1,200", 1200), (TRUTH, "yes", True), (TRUTH, "no", False), (LOOK, "no", False)],
)
def test_a_fact_is_recorded_in_its_own_unit(client, cast, name, typed, kept):
    client.force_login(cast.wang.account)
    form = {"name": name, "value": typed, "day": DAY.isoformat(), "source_text": "台账第3页"}
    assert client.post(at("record", cast.enterprise.pk), form).status_code == 302
    fact = Fact.unscoped.get()
    assert (fact.value, fact.day, fact.source_text) == (kept, DAY, "台账第3页")
    assert fact.source == (FactSource.LOOK if name == LOOK else FactSource.PERSON)


def test_a_number_with_a_fraction_is_kept_and_journalled(client, cast):
    client.force_login(cast.wang.account)
    form = {"name": "dam_safety_factor", "value": "0.35", "day": DAY.isoformat()}
    assert client.post(at("record", cast.enterprise.pk), form).status_code == 302
    assert Fact.unscoped.get().value == 0.35


@pytest.mark.parametrize(
    ("name", "typed"), [(COUNT, ""), (COUNT, "viele"), (COUNT, "-1"), (COUNT, "1.5"), (TRUTH, "vielleicht")]
)
def test_a_value_that_does_not_fit_is_refused_and_stays_in_the_form(client, cast, name, typed):
    client.force_login(cast.wang.account)
    answer = client.post(at("record", cast.enterprise.pk), {"name": name, "value": typed, "source_text": "台账"})
    assert answer.status_code == 422
    assert "台账" in answer.content.decode()
    assert Fact.unscoped.count() == 0


def test_what_no_rule_asks_for_cannot_be_recorded(client, cast):
    client.force_login(cast.wang.account)
    for name in ("nonsense", "", "seen:nonsense/1", "seen:gongmao-2023/99", "industries"):
        assert client.get(at("record", cast.enterprise.pk), {"name": name}).status_code == 404


@pytest.mark.parametrize("tab", ["asked", "known", "all", ""])
def test_the_facts_are_listed_by_what_is_asked_known_and_needed(client, cast, judged, tab):
    client.force_login(cast.wang.account)
    client.post(at("ask", cast.enterprise.pk), {"fact": [LOOK]})
    answer = client.get(at("facts", cast.enterprise.pk), {"show": tab})
    listed = [row["name"] for row in answer.context["rows"]]
    assert {"asked": [LOOK], "": [LOOK], "known": sorted([COUNT, TRUTH])}.get(tab, listed) == listed
    assert len(listed) >= 1


def test_facts_are_searched_in_both_languages(client, cast):
    client.force_login(cast.wang.account)
    for text in ("特种作业", "special ops"):
        answer = client.get(at("facts", cast.enterprise.pk), {"show": "all", "q": text})
        assert COUNT in [row["name"] for row in answer.context["rows"]]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_standard_has_a_page(client, cast, language):
    client.force_login(cast.gong.account)
    for name, known in standards().items():
        answer = client.get(at("standard", name), headers={"accept-language": language})
        assert answer.status_code == 200
        assert sum(len(group["clauses"]) for group in answer.context["groups"]) == len(known.clauses)
    assert client.get(at("standard", "nonsense")).status_code == 404


def test_the_list_tells_the_state_of_each_standard(client, cast):
    client.force_login(cast.gong.account)
    rows = client.get(at("list")).context["rows"]
    assert len(rows) == len(standards())
    for row in rows:
        known = row["standard"]
        assert (row["state"] == "unknown") == (known.effective is None)
        assert (row["state"] == "in-force") == known.in_force(DAY)
    assert {row["state"] for row in client.get(at("list"), {"state": "unknown"}).context["rows"]} <= {"unknown"}
    assert [row["standard"].id for row in client.get(at("list"), {"q": "应急管理部令第10号"}).context["rows"]] == [
        "gongmao-2023"
    ]


def test_an_edition_stands_as_its_days_say():
    for known in standards().values():
        if known.effective:
            assert state_of(known, known.effective - timedelta(days=1)) == "coming"
        if known.repealed:
            assert state_of(known, known.repealed) == "repealed"


def test_values_are_written_with_their_units():
    assert value_words(COUNT, 1200) == "1,200"
    assert value_words(TRUTH, True) != value_words(TRUTH, False)
    assert fact_label("nobody knows it").zh == "nobody knows it"
    assert fact_label(LOOK).zh.startswith("现场查看")
