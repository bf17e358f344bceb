"""Listings, publications, rungs and rules over the wire: read in scope, acted on by right, strangers learn nothing."""

from datetime import timedelta

import pytest
from callers import Caller
from dangers.ladders import LATE, at, late, switched_on
from dangers.test_listing_supervision import listed, second

from zhiben.dangers.models import LadderRung, Listing, RegionalRules
from zhiben.dangers.services.laddering import sweep_ladder

pytestmark = pytest.mark.django_db
__all__ = ["second"]


@pytest.fixture
def listing(cast):
    return Listing.objects.get(danger=listed(cast))


def test_listings_are_read_by_whoever_sees_the_danger(cast, listing):
    told = Caller(cast.zhao).get("/listings").json()["items"]
    assert [(one["id"], one["authority"], one["order"]) for one in told] == [(listing.pk, "county", "挂牌〔2026〕1号")]
    assert Caller(cast.wang).get(f"/listings/{listing.pk}").json()["danger"] == listing.danger_id
    assert Caller(cast.zhang).get("/listings").json()["items"] == []
    assert Caller(cast.zhang).get(f"/listings/{listing.pk}").status_code == 404
    assert Caller(cast.zhao).get("/listings", view="ended").json()["items"] == []
    assert Caller(cast.zhao).get("/listings", level="moon").status_code == 422


def test_a_publication_takes_two_people(cast, second, listing):
    zhao, sun, stranger = Caller(cast.zhao), Caller(second), Caller(cast.zhang)
    body = {"kind": "listing", "text": "除尘系统缺陷", "place": "打磨车间"}
    made = zhao.post(f"/listings/{listing.pk}/publications", body)
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    path = f"/publications/{made.json()['id']}"
    assert stranger.post(f"/listings/{listing.pk}/publications", body).status_code == 404
    assert zhao.post(f"{path}/release").json()["code"] == "publication:released-by-another"
    assert stranger.post(f"{path}/release").status_code == 404
    assert sun.post(f"{path}/release").json()["state"] == "released"
    assert [one["state"] for one in sun.get("/publications").json()["items"]] == ["released"]
    assert stranger.post(f"{path}/withdraw", {"reason": "误"}).status_code == 404
    assert zhao.post(f"{path}/withdraw", {"reason": "误"}).json()["reason"] == "误"


def raised_rung(cast):
    switched_on(cast)
    late(cast)
    sweep_ladder(at(LATE + timedelta(15)))
    return LadderRung.objects.get()


def test_a_rung_is_issued_over_the_wire(cast):
    rung, zhao = raised_rung(cast), Caller(cast.zhao)
    assert [one["id"] for one in zhao.get("/rungs", state="drafted").json()["items"]] == [rung.pk]
    assert Caller(cast.zhang).post(f"/rungs/{rung.pk}/issue").status_code == 404
    done = zhao.post(f"/rungs/{rung.pk}/issue").json()
    assert (done["state"], done["number"] != "") == ("issued", True)
    assert zhao.post(f"/rungs/{rung.pk}/issue").status_code == 409


def test_a_rung_is_skipped_with_a_reason(cast):
    rung, zhao = raised_rung(cast), Caller(cast.zhao)
    assert zhao.post(f"/rungs/{rung.pk}/skip", {"reason": ""}).status_code == 422
    assert Caller(cast.zhang).post(f"/rungs/{rung.pk}/skip", {"reason": "已约定"}).status_code == 404
    assert zhao.post(f"/rungs/{rung.pk}/skip", {"reason": "已约定"}).json()["state"] == "skipped"


def test_rules_are_read_and_switched_off(cast):
    switched_on(cast)
    row, zhao, stranger = RegionalRules.objects.get(), Caller(cast.zhao), Caller(cast.zhang)
    unit = row.unit.path
    assert [one["id"] for one in zhao.get("/rules", unit=unit, kind="ladder").json()] == [row.pk]
    assert stranger.get("/rules", unit=unit, kind="ladder").status_code == 404
    off = {"until": "2126-01-01", "reason": "改用省级规则"}
    assert stranger.post(f"/rules/{row.pk}/off", off).status_code == 404
    assert stranger.post(f"/rules/{row.pk}/on", {"since": "2126-01-01", "version": 1}).status_code == 404
    assert zhao.post(f"/rules/{row.pk}/on", {"since": "2126-01-01", "version": 1}).status_code == 409
    assert zhao.post(f"/rules/{row.pk}/off", off).json()["until"] == "2126-01-01"
