"""The library of standards on screen."""

import pytest
from django.urls import reverse
from make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def seen(client, cast):
    client.force_login(cast.su.account)

    def get(name, *args, language="en", **query):
        return client.get(reverse(f"standards:{name}", args=args), query, headers={"accept-language": language})

    return get


def found(answer):
    return {(row["standard"].id, row["clause"].ref) for row in answer.context["clauses"]}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_words_lead_to_clauses(seen, language):
    answer = seen("list", q="特种作业　资格", language=language)
    assert ("gongmao-2023", "3(2)") in found(answer)
    assert reverse("standards:clause", args=["gongmao-2023", "3(2)"]) in answer.content.decode()


def test_filters_narrow_the_list(seen):
    assert {row["standard"].id for row in seen("list", industry="coal_mine", on="2026-06-30").context["rows"]} >= {
        "coal-2020"
    }
    assert "coal-2020" not in {row["standard"].id for row in seen("list", on="2026-07-01").context["rows"]}
    assert {row["standard"].is_header_only for row in seen("list", held="header").context["rows"]} == {True}
    assert all(row["to_verify"] or row["verify_fields"] for row in seen("list", held="verify").context["rows"])
    assert all(row["standard"].may_clear for row in seen("list", held="whole").context["rows"])


@pytest.mark.parametrize(
    "query", [{"on": "morgen"}, {"industry": "nonsense"}, {"q": "%_'\"<b>"}, {"held": "x", "q": "　"}]
)
def test_nonsense_in_a_filter_is_no_error(seen, query):
    assert seen("list", **query).status_code == 200


def test_what_is_not_whole_says_so_loudly(seen):
    assert "header only, no clauses" in seen("list", held="header").content.decode()
    assert "topics only" in seen("list", held="part").content.decode()
    assert "53 clauses were not yet checked" in seen("standard", "chem-2026").content.decode()


def test_a_clause_shows_rule_facts_and_history(seen):
    answer = seen("clause", "gongmao-2023", "3(3)", language="zh-hans")
    text = answer.content.decode()
    assert "同时满足" in text
    assert "满足其一" in text
    assert next(fact["name"] for fact in answer.context["facts"]) == "is_metal_smelting"
    assert [stage["clause"].ref for stage in answer.context["history"]] == ["B1(11)", "3(3)"]


@pytest.mark.parametrize(("standard", "ref"), [("gongmao-2023", "99(1)"), ("nonsense", "1"), ("gongmao-2023", "<b>")])
def test_a_clause_that_is_not_there_is_not_found(seen, standard, ref):
    assert seen("clause", standard, ref).status_code == 404
