"""Splitting, merging and moving units on screen, from the form to the end and back."""

from datetime import timedelta

import pytest
from dangers.stories import confirmed
from django.urls import reverse
from django.utils import timezone
from make import grant, make_account, make_unit

from zhiben.kernel.periods import local_day
from zhiben.orgs.models import Reorganisation, Unit
from zhiben.orgs.services.carrying import carry

pytestmark = pytest.mark.django_db
TODAY = local_day(timezone.now())


def at(name, *args):
    return reverse(f"orgs:{name}", args=args)


@pytest.fixture
def neighbour(cast):
    return make_unit(cast.tree.county, "township", "合江亭街道", "510104020")


@pytest.fixture
def keeper(cast):
    account = make_account("keeper")
    grant(account, "keeper", cast.tree.county, "unit:view", "unit:edit", "danger:view", "enterprise:view")
    return account


def asked(client, unit, kind, **form):
    """Fill in the form; return the preview."""
    answer = client.post(at("reorganise", unit.pk, kind), {"on": TODAY.isoformat(), **form})
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert answer.url == at("reorganise-preview"), (
        "an address stands in histories and logs: nothing of the plan is in it"
    )
    return client.get(answer.url)


def carried_out(client, preview):
    answer = client.post(at("reorganise-preview"), {"plan": preview.context["token"]})
    row = Reorganisation.objects.latest("pk")
    assert answer.url == at("reorganisation", row.pk)
    while carry(row.pk, now=timezone.now() + timedelta(seconds=1)):
        pass
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_merger_from_the_form_over_the_preview_to_its_end_and_back(client, cast, keeper, neighbour, language):
    danger = confirmed(cast)
    client.force_login(keeper)
    headers = {"accept-language": language}
    assert client.get(at("reorganise", cast.tree.township.pk, "merge"), headers=headers).status_code == 200
    preview = asked(client, cast.tree.township, "merge", into=neighbour.pk, reason="批复1号")
    counts = {one.concern.name: one.count for one in preview.context["concerned"]}
    assert (counts["dangers"], counts["enterprises"], counts["sites"], counts["units"]) == (1, 1, 2, 2)
    assert counts["deadlines"] >= 0
    listed = {one.concern.name: [row.number for row in one.rows] for one in preview.context["concerned"]}
    assert listed["dangers"] == [danger.pk]
    assert listed["grants"] == [], "who does not see grants sees only how many there are"
    assert not Reorganisation.objects.exists(), "a preview writes nothing"
    row = carried_out(client, preview)
    assert row.state == "done"
    page = client.get(at("reorganisation", row.pk), headers=headers)
    assert page.status_code == 200
    assert page.context["may"]["undo"]
    assert (page.context["names"], page.context["more"]) == (cast.tree.township.name, 0)
    ended = client.get(at("unit", cast.tree.township.pk), headers=headers)
    assert ended.context["heir"] == neighbour
    back = client.post(at("reorganisation-undo", row.pk))
    assert back.url == at("reorganise-preview")
    undone = carried_out(client, client.get(back.url))
    assert undone.state == "done"
    again = client.get(at("reorganisation", undone.pk)).context
    assert (again["names"], again["more"]) == (cast.tree.township.name, 0), "not the sites and villages that went along"
    assert Unit.objects.get(pk=cast.tree.village.pk).parent == cast.tree.township
    assert client.post(at("reorganisation-undo", row.pk)).status_code == 409
    assert len(client.get(at("reorganisations"), headers=headers).context["rows"]) == 2


def test_a_split_sends_each_unit_where_it_was_chosen_to_go(client, cast, keeper):
    client.force_login(keeper)
    form = {f"child_{cast.tree.village.pk}": "1", f"child_{cast.site.pk}": "2", "name_1": "甲街道", "name_2": "乙街道"}
    preview = asked(client, cast.tree.township, "split", share="on", **form)
    assert any("甲街道" in one for one in preview.context["told"])
    row = carried_out(client, preview)
    assert row.state == "done"
    assert Unit.objects.get(pk=cast.tree.village.pk).parent.name == "甲街道"
    assert Unit.objects.get(pk=cast.site.pk).parent.name == "乙街道"
    assert Unit.objects.get(pk=cast.second_site.pk).parent == cast.tree.township
    assert client.get(at("reorganisation", row.pk)).context["names"] == cast.tree.township.name
    back = carried_out(client, client.get(client.post(at("reorganisation-undo", row.pk)).url))
    assert client.get(at("reorganisation", back.pk)).context["names"] == "甲街道、乙街道"


def test_a_move_and_what_the_form_refuses(client, cast, keeper, neighbour):
    client.force_login(keeper)
    address = at("reorganise", cast.tree.village.pk, "move")
    day = {"on": TODAY.isoformat()}
    cycle = client.post(address, {"parent": cast.tree.township.pk, **day})
    assert (cycle.status_code, cycle.context["refusal"].code) == (422, "unit:already-there")
    assert client.post(address, day).status_code == 422
    row = carried_out(client, asked(client, cast.tree.village, "move", parent=neighbour.pk))
    assert (row.state, Unit.objects.get(pk=cast.tree.village.pk).parent) == ("done", neighbour)
    merge = at("reorganise", cast.tree.township.pk, "merge")
    for form in ({}, {"into": neighbour.pk, "name": "新"}, {"into": cast.tree.township.pk}):
        assert client.post(merge, {**day, **form}).status_code == 422
    split = at("reorganise", cast.tree.township.pk, "split")
    for form in ({}, {f"child_{cast.site.pk}": "1"}, {"rest": "into"}):
        assert client.post(split, {**day, **form}).status_code == 422
    level = client.post(merge, {**day, "into": cast.tree.county.pk})
    assert level.context["refusal"].code == "reorganisation:different-level"


def test_grants_that_reach_further_wait_for_somebody_who_grants_roles(client, cast, keeper, neighbour):
    office = make_account("office")
    grant(office, "officer", cast.tree.township)
    client.force_login(keeper)
    preview = asked(client, cast.tree.township, "merge", into=neighbour.pk)
    assert [one.grant.account for one in preview.context["wider"]] == [office]
    client.post(at("reorganise-preview"), {"plan": preview.context["token"]})
    row = Reorganisation.objects.get()
    assert row.state == "awaiting"
    assert client.post(at("reorganisation-agree", row.pk)).status_code == 404
    client.force_login(cast.security.account)
    page = client.get(at("reorganisation", row.pk))
    assert page.context["may"]["agree"]
    assert client.post(at("reorganisation-agree", row.pk)).url == at("reorganisation", row.pk)
    row.refresh_from_db()
    assert (row.state, row.agreed_by) == ("waiting", cast.security.account)


def test_one_to_come_waits_and_can_be_cancelled(client, cast, keeper, neighbour):
    client.force_login(keeper)
    later = (TODAY + timedelta(days=9)).isoformat()
    answer = client.post(at("reorganise", cast.tree.township.pk, "merge"), {"on": later, "into": neighbour.pk})
    client.post(at("reorganise-preview"), {"plan": client.get(answer.url).context["token"]})
    row = Reorganisation.objects.get()
    assert client.get(at("unit", cast.tree.township.pk)).context["under_way"] == [row]
    assert b"hx-trigger" in client.get(at("reorganisation-progress", row.pk)).content
    client.post(at("reorganisation-cancel", row.pk))
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert client.get(at("reorganisation-progress", row.pk)).headers["HX-Refresh"] == "true"
    assert client.post(at("reorganisation-resume", row.pk)).status_code == 409


def test_strangers_find_nothing_and_a_forged_preview_is_refused(client, cast, keeper, neighbour):
    client.force_login(keeper)
    token = asked(client, cast.tree.township, "merge", into=neighbour.pk).context["token"]
    assert client.post(at("reorganise-preview"), {"plan": token + "x"}).status_code == 409
    client.post(at("reorganise-preview"), {"plan": token})
    row = Reorganisation.objects.get()
    other = make_account("other")
    grant(other, "keeper", cast.tree.other_county)
    client.force_login(other)
    assert client.get(at("reorganise", cast.tree.township.pk, "merge")).status_code == 404
    for name in ("reorganisation", "reorganisation-progress"):
        assert client.get(at(name, row.pk)).status_code == 404
    for name in ("reorganisation-cancel", "reorganisation-resume", "reorganisation-undo"):
        assert client.post(at(name, row.pk)).status_code == 404
    assert client.post(at("reorganise-preview"), {"plan": token}).status_code == 404


def test_a_split_asks_for_as_many_new_units_as_are_wanted(client, cast, keeper):
    client.force_login(keeper)
    address = at("reorganise", cast.tree.township.pk, "split")
    assert "name_3" in client.get(address).text
    assert "name_4" not in client.get(address).text
    assert "name_20" in client.get(f"{address}?parts=999").text
    assert "name_3" in client.get(f"{address}?parts=%00").text
    form = {f"child_{cast.tree.village.pk}": "5", "name_5": "戊街道", "on": TODAY.isoformat()}
    answer = client.post(f"{address}?parts=5", form)
    assert answer.status_code == 302
    assert any("戊街道" in one for one in client.get(answer.url).context["told"])


def test_a_preview_is_ones_own_and_survives_another_one_in_a_second_window(client, cast, keeper, neighbour):
    client.force_login(keeper)
    assert client.get(at("reorganise-preview")).status_code == 409
    first = asked(client, cast.tree.township, "merge", into=neighbour.pk)
    asked(client, cast.tree.village, "move", parent=neighbour.pk)
    assert carried_out(client, first).kind == "merge", "what is carried out is what was looked at"
    token = first.context["token"]
    assert client.get(at("reorganise-preview"), {"plan": token}).status_code == 409
    client.force_login(make_account("nobody"))
    assert client.get(at("reorganise-preview")).status_code == 404
