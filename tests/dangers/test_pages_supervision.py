"""Pages of the ladder, of listed supervision and of a region's rules."""

from datetime import timedelta

import pytest
from dangers.ladders import LATE, at, derived, late, switched_on
from dangers.test_listing_supervision import listed, second
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from make import grant, make_account, make_department, make_person

from zhiben.dangers.domain.listing import PublicationKind
from zhiben.dangers.domain.rungs import RungState
from zhiben.dangers.domain.standing_rules import RulesKind
from zhiben.dangers.models import LadderRung, Listing, Publication, RegionalRules
from zhiben.dangers.selectors.publications import preview_of
from zhiben.dangers.services.laddering import sweep_ladder
from zhiben.dangers.services.publications import draft_publication

pytestmark = pytest.mark.django_db
__all__ = ["second"]
DAYS = {"general_letter": 15, "general_circular": 30, "major_letter": 3, "progress_days": 7, "stop_holds": "on"}


def as_(player):
    client = Client(headers={"accept-language": "en"})
    client.force_login(player.account)
    return client


def text(answer):
    return answer.content.decode()


@pytest.fixture
def rung(cast):
    switched_on(cast)
    late(cast)
    day = LATE + timedelta(15)
    sweep_ladder(at(day))
    return LadderRung.objects.get()


def test_rungs_are_issued_one_by_one(cast, rung):
    officer = as_(cast.zhao)
    page = text(officer.get(reverse("dangers:ladder")))
    assert "灭火器过期" in page
    assert f"issue-{rung.pk}" in page
    answer = officer.post(reverse("dangers:rung-issue", args=[rung.pk]), follow=True)
    rung.refresh_from_db()
    assert rung.state == RungState.ISSUED
    assert rung.number in text(answer)
    assert officer.post(reverse("dangers:rung-issue", args=[rung.pk])).status_code == 409
    assert rung.number in text(officer.get(reverse("dangers:ladder") + "?view=issued"))


def test_who_is_of_another_office_is_told_whose_signature_it_waits_for(cast, rung):
    other = make_department(cast.tree.county, name="县消防救援大队", matters=["fire"])
    account = make_account("fireman", make_person("消防员", department=other))
    grant(account, "officer", cast.tree.county)
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    page = text(client.get(reverse("dangers:ladder")))
    assert f"issue-{rung.pk}" not in page
    assert f"signed by {cast.department.name}" in page


def test_skipping_without_a_reason_comes_back(cast, rung):
    officer, url = as_(cast.zhao), reverse("dangers:rung-skip", args=[rung.pk])
    assert officer.post(url, {"reason": " "}).status_code == 422
    assert officer.post(url, {"reason": "直接约谈"}).status_code == 302
    assert "直接约谈" in text(officer.get(reverse("dangers:ladder") + "?view=skipped"))


@pytest.mark.parametrize("name", ["dangers:rung-issue", "dangers:rung-skip"])
def test_strangers_find_no_rung(cast, rung, name):
    assert as_(cast.zhang).post(reverse(name, args=[rung.pk]), {"reason": "x"}).status_code == 404
    assert as_(cast.wang).post(reverse(name, args=[rung.pk]), {"reason": "x"}).status_code == 404


def test_the_enterprise_reads_its_next_rung_on_the_page_of_the_danger(cast):
    switched_on(cast)
    danger = late(cast)
    page = text(as_(cast.wang).get(reverse("dangers:detail", args=[danger.pk])))
    assert "Ladder for slow progress" in page
    assert "<b>letter</b>" in page


def rules_page(cast, player=None):
    return as_(player or cast.zhao).get(reverse("dangers:rules"), {"unit": cast.tree.county.pk})


def test_rules_are_drafted_simulated_and_switched_on(cast):
    late(cast)
    assert "Off" in text(rules_page(cast))
    officer = as_(cast.zhao)
    draft = reverse("dangers:rules-draft", args=[cast.tree.county.pk, "ladder"])
    answer = officer.post(draft, DAYS)
    rules = RegionalRules.objects.get()
    assert answer.url == reverse("dangers:simulation", args=[rules.pk])
    assert "Switch it on" in text(officer.get(answer.url))
    on = reverse("dangers:rules-on", args=[rules.pk])
    assert officer.post(on, {"since": "2020-01-01", "version": rules.version}).status_code == 422
    assert officer.post(on, {"since": f"{timezone.localdate():%Y-%m-%d}", "version": 99}).status_code == 409
    assert officer.post(on, {"since": f"{timezone.localdate():%Y-%m-%d}", "version": rules.version}).status_code == 302
    off = reverse("dangers:rules-off", args=[rules.pk])
    assert officer.post(off, {"until": f"{timezone.localdate():%Y-%m-%d}", "reason": ""}).status_code == 422
    assert officer.post(off, {"until": f"{timezone.localdate():%Y-%m-%d}", "reason": "停"}).status_code == 302


def test_a_draft_that_cannot_hold_comes_back_with_what_was_typed(cast):
    draft = reverse("dangers:rules-draft", args=[cast.tree.county.pk, "ladder"])
    answer = as_(cast.zhao).post(draft, {**DAYS, "general_circular": 10, "basis": "区安委〔2026〕3号"})
    assert answer.status_code == 422
    assert "区安委〔2026〕3号" in text(answer)
    assert not RegionalRules.objects.exists()


def test_a_simulation_is_narrowed_to_unit_rung_and_month(cast):
    rules = switched_on(cast)
    page = reverse("dangers:simulation", args=[rules.pk])
    officer = as_(cast.zhao)
    assert officer.get(page, {"unit": cast.tree.township.pk, "rung": "letter", "month": "2026-03"}).status_code == 200
    assert officer.get(page, {"unit": "x", "rung": "x", "from": "x"}).status_code == 200


def test_terms_of_listed_supervision_are_adopted(cast):
    draft = reverse("dangers:rules-draft", args=[cast.tree.county.pk, "listing"])
    assert as_(cast.zhao).post(draft, {"adopted": "qingdao", "publish": 3, "limit_county": 2}).status_code == 302
    rules = RegionalRules.objects.get(kind=RulesKind.LISTING)
    assert rules.template == "qingdao"
    assert rules.body["changed"]["limit"] == {"county": 2}
    assert set(rules.body["changed"]["publish"].values()) == {3}


def test_other_regions_rules_are_not_found(cast):
    rules = switched_on(cast)
    for name in ("dangers:simulation", "dangers:rules-on", "dangers:rules-off"):
        client = as_(cast.zhang)
        send = client.get if name == "dangers:simulation" else client.post
        assert send(reverse(name, args=[rules.pk])).status_code == 404
    assert rules_page(cast, cast.zhang).status_code == 404
    draft = reverse("dangers:rules-draft", args=[cast.tree.county.pk, "ladder"])
    assert as_(cast.zhang).post(draft, DAYS).status_code == 404
    assert as_(cast.zhao).post(draft.replace("ladder", "nothing"), DAYS).status_code == 404


def test_what_is_published_is_drafted_by_one_and_released_by_another(cast, second):
    danger = listed(cast, description="值班员龚工未处置", by=cast.wang)
    listing, officer = Listing.objects.get(), as_(cast.zhao)
    new = reverse("dangers:publication-new", args=[listing.pk, "listing"])
    assert "＊＊" in text(officer.get(new))
    assert officer.post(new, {"place": "", "text": "值班员龚工未处置"}).status_code == 422
    assert officer.post(new, {"place": "", "text": "值班员未处置"}).status_code == 302
    row = Publication.objects.get()
    release = reverse("dangers:publication-release", args=[row.pk])
    assert officer.post(release).status_code == 403
    assert "值班员未处置" not in text(Client().get(reverse("dangers:published")))
    assert "值班员未处置" in text(as_(second).get(reverse("dangers:listed")))
    assert as_(second).post(release).status_code == 302
    public = text(Client().get(reverse("dangers:published")))
    assert "值班员未处置" in public
    assert danger.number not in public
    withdraw = reverse("dangers:publication-withdraw", args=[row.pk])
    assert officer.post(withdraw, {"reason": ""}).status_code == 422
    assert officer.post(withdraw, {"reason": "重复"}).status_code == 302
    assert "值班员未处置" not in text(Client().get(reverse("dangers:published")))


def test_strangers_publish_nothing(cast):
    danger = listed(cast)
    listing, stranger = Listing.objects.get(), as_(cast.zhang)
    assert stranger.get(reverse("dangers:publication-new", args=[listing.pk, "listing"])).status_code == 404
    preview = preview_of(danger)
    row = draft_publication(
        listing.pk, PublicationKind.LISTING, place="", text=preview.text.text, actor=cast.zhao.actor, now=at(LATE)
    )
    for name in ("dangers:publication-release", "dangers:publication-withdraw"):
        assert stranger.post(reverse(name, args=[row.pk]), {"reason": "x"}).status_code == 404
    derived(at(LATE))


def test_the_page_of_a_danger_tells_its_listing(cast):
    danger = listed(cast)
    page = text(as_(cast.wang).get(reverse("dangers:detail", args=[danger.pk])))
    assert "挂牌〔2026〕1号" in page
    assert "Extension to be asked until" in page
    assert danger.description[:5] in text(as_(cast.wang).get(reverse("dangers:listed")))
