"""The pages of look-backs and samples: what waits, the form on the spot, how a sample was drawn."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from make import DAY, NOW
from stories import fresh, photo, rectifying, reported, signed_off, step, told
from test_pages_detail import picture

from zhiben.dangers.models import AccidentCandidate, Lookback, Recurrence, Sample
from zhiben.dangers.services.report import report_danger
from zhiben.journal.public import run_consumers

pytestmark = pytest.mark.django_db


@pytest.fixture
def browse(client):
    def browsed(player, name, *args, language="en", **query):
        client.force_login(player.account)
        return client.get(reverse(name, args=args), query, headers={"accept-language": language})

    return browsed


def due(days):
    Lookback.unscoped.update(due_on=timezone.localdate() + timedelta(days))


def test_the_list_tells_what_is_to_be_looked_at_and_what_is_overdue(cast, browse):
    danger = signed_off(cast)
    Lookback.unscoped.filter(days=30).update(is_overdue=True)
    page = browse(cast.zhao, "dangers:lookbacks").content.decode()
    assert "<b>2</b> look-backs are to be made" in page
    assert '<b class="late">1</b> of them overdue' in page
    assert danger.description in page
    assert "30 days after sign-off" in page
    assert "没有内容" in browse(cast.zhang, "dangers:lookbacks", language="zh-hans").content.decode()
    assert (
        "销号后90天" not in browse(cast.zhao, "dangers:lookbacks", language="zh-hans", view="overdue").content.decode()
    )


def test_it_stands_in_my_work_today(cast, browse):
    signed_off(cast)
    due(60)
    assert "Signed off some time ago" not in browse(cast.zhao, "shell:today").content.decode()
    due(3)
    assert "Signed off some time ago" in browse(cast.zhao, "shell:today").content.decode()
    assert "Signed off some time ago" not in browse(cast.wang, "shell:today").content.decode()


def test_what_was_seen_is_sent_from_the_spot_and_what_came_back_is_open_again(cast, client, browse):
    danger = signed_off(cast)
    row = Lookback.unscoped.earliest("due_on")
    url = reverse("dangers:lookback", args=[row.pk])
    assert "Does it hold?" in browse(cast.zhao, "dangers:lookback", row.pk).content.decode()
    refused = client.post(url, {"result": "came_back", "words": "又堵住了"}, headers={"accept-language": "en"})
    assert refused.status_code == 422
    assert "又堵住了" in refused.content.decode()
    assert "A photo of today is needed" in refused.content.decode()
    done = client.post(url, {"result": "came_back", "words": "又堵住了", "photos": [picture()]})
    assert (done.status_code, done.url) == (302, f"/dangers/{danger.pk}/")
    assert fresh(danger.pk).state == "confirmed"
    page = browse(cast.zhao, "dangers:detail", danger.pk).content.decode()
    assert "came back" in page
    assert client.post(url, {"result": "holds", "words": "x", "photos": [picture()]}).status_code == 409


def test_the_enterprise_reads_it_and_has_no_form(cast, browse):
    signed_off(cast)
    row = Lookback.unscoped.earliest("due_on")
    page = browse(cast.zhou, "dangers:lookback", row.pk)
    assert page.status_code == 200
    assert "Does it hold?" not in page.content.decode()
    assert browse(cast.he, "dangers:lookback", row.pk).status_code == 404


def test_a_sample_is_drawn_on_its_page_and_shows_seed_and_method(cast, client, browse):
    cast.enterprise.employees = 2
    cast.enterprise.save()
    danger = rectifying(cast)
    danger = step(danger, "submit", cast.gong, report="已换", proofs=(photo(danger, "photo_before"), photo(danger)))
    danger = step(danger, "self_accept", cast.wang)
    client.force_login(cast.zhao.account)
    asked = {
        "unit": cast.tree.county.path, "population": "self_accepted", "since": "2026-03-01", "last": "2026-03-31",
        "percent": "50",
    }  # fmt: skip
    late = client.post(reverse("dangers:sample-new"), asked | {"percent": "0"}, headers={"accept-language": "en"})
    assert late.status_code == 422
    assert "no whole number from 1 to 100" in late.content.decode()
    done = client.post(reverse("dangers:sample-new"), asked)
    sample = Sample.unscoped.get()
    assert (done.status_code, sample.state, sample.size) == (302, "drawn", 1)
    page = browse(cast.zhao, "dangers:sample", sample.pk).content.decode()
    assert sample.seed in page
    assert sample.frame_hash in page
    assert danger.description in page
    listed = client.get(reverse("dangers:sample-population", args=[sample.pk])).content.decode()
    assert listed == str(danger.uid)
    assert "1 / 1" in browse(cast.zhao, "dangers:samples").content.decode()
    assert browse(cast.wang, "dangers:samples").status_code == 404


def test_repeats_are_listed_answered_and_counted_on_the_enterprises_page(cast, client, browse):
    signed_off(cast, description="粉尘未清扫", place_text="1号车间")
    again = report_danger(
        told(cast, "粉尘未清扫。", place_text="１号 车间", found_on=DAY + timedelta(3)),
        actor=cast.gong.actor,
        now=NOW + timedelta(days=3),
    )
    run_consumers(now=NOW)
    link = Recurrence.unscoped.get()
    listed = browse(cast.zhao, "dangers:repeats").content.decode()
    assert "same place" in listed
    assert "same words" in listed
    assert "Came back?" in browse(cast.zhao, "dangers:detail", again.id).content.decode()
    url = reverse("dangers:repeat-answer", args=[link.pk])
    refused = client.post(url, {"answer": "no"}, headers={"accept-language": "en"})
    assert refused.status_code == 422
    assert client.post(url, {"answer": "yes"}).status_code == 302
    firm = browse(cast.zhao, "orgs:enterprise", cast.enterprise.pk).content.decode()
    assert "of 2 found" in firm
    assert "50.0 %" in firm
    assert browse(cast.zhang, "dangers:repeats").content.decode().count("1号") == 0


def test_candidates_tell_their_facts_and_are_answered_with_a_reason(cast, client, browse):
    danger = reported(cast, by=cast.li, description="除尘失效", channel="inspection")
    step(danger, "confirm", cast.li, level="major")
    run_consumers(now=NOW)
    candidate = AccidentCandidate.unscoped.get()
    page = browse(cast.zhao, "dangers:as-accident").content.decode()
    assert "Not checked" in page
    assert "No own finding of it is on record at all." in page
    assert "Checks that found nothing are not on record here." in page
    url = reverse("dangers:as-accident-answer", args=[candidate.pk])
    assert client.post(url, {"answer": "yes", "reason": ""}).status_code == 422
    assert client.post(url, {"answer": "yes", "reason": "核实属实"}).status_code == 302
    assert "核实属实" in browse(cast.zhao, "dangers:as-accident", answer="confirmed").content.decode()
    for player in (cast.wang, cast.li):
        assert browse(player, "dangers:as-accident").status_code == 404


def test_the_dashboard_counts_stops_look_backs_repeats_and_candidates(cast, browse):
    signed_off(cast)
    page = browse(cast.zhao, "insights:dashboard", unit=cast.tree.county.path).content.decode()
    assert "Look-backs to be made" in page
    assert "Stops that stand" in page
    assert "Candidates for treating as an accident" in page
    viewer = browse(cast.su, "insights:dashboard", unit=cast.tree.county.path).content.decode()
    assert "Look-backs to be made" in viewer
    assert "Candidates for treating as an accident" not in viewer
