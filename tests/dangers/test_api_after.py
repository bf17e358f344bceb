"""Samples, repeats and candidates for treating as an accident over the wire."""

from datetime import timedelta

import pytest
from callers import Caller
from dangers.stories import confirmed, signed_off
from dangers.test_recurrence import PLACE, again
from make import DAY, NOW

from zhiben.dangers.models import AccidentCandidate, Recurrence

pytestmark = pytest.mark.django_db


def test_a_sample_is_seeded_and_drawn(cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    signed_off(cast, "general")
    zhao, stranger = Caller(cast.zhao), Caller(cast.zhang)
    body = {
        "unit": cast.tree.county.path, "population": "general", "since": DAY.replace(day=1).isoformat(),
        "until": (DAY + timedelta(1)).isoformat(), "percent": 100,
    }  # fmt: skip
    made = zhao.post("/samples", body)
    assert (made.status_code, made.json()["state"]) == (201, "seeded")
    path = f"/samples/{made.json()['id']}"
    assert stranger.post("/samples", body).status_code == 404
    assert stranger.post(f"{path}/draw").status_code == 404
    drawn = zhao.post(f"{path}/draw").json()
    assert (drawn["state"], drawn["drawn"], drawn["open"]) == ("drawn", 1, 1)
    assert [one["id"] for one in zhao.get("/samples").json()["items"]] == [made.json()["id"]]
    assert stranger.get("/samples").json()["items"] == []
    assert zhao.post(f"{path}/draw").status_code == 409


def test_a_repeat_is_answered(cast):
    signed_off(cast, "general", description="粉尘堆积", place_text=PLACE)
    again(cast, words="粉尘堆积")
    link, wang, stranger = Recurrence.unscoped.get(), Caller(cast.wang), Caller(cast.zhang)
    assert [one["state"] for one in wang.get("/repeats").json()["items"]] == ["proposed"]
    assert stranger.get("/repeats").json()["items"] == []
    assert stranger.post(f"/repeats/{link.pk}/answer", {"yes": True}).status_code == 404
    assert wang.post(f"/repeats/{link.pk}/answer", {"yes": False}).status_code == 422
    assert wang.post(f"/repeats/{link.pk}/answer", {"yes": True}).json()["state"] == "confirmed"


def test_a_candidate_for_treating_as_an_accident_is_answered(cast):
    danger = confirmed(cast, "major")
    row = AccidentCandidate.unscoped.create(
        danger=danger, ground="not_checked", key="x", facts={"own_checks": 0}, raised_on=DAY, raised_at=NOW,
        unit_id=danger.unit_id, path=danger.path, enterprise_id=danger.enterprise_id,
    )  # fmt: skip
    zhao, stranger = Caller(cast.zhao), Caller(cast.zhang)
    assert [one["id"] for one in zhao.get("/accident-candidates", answer="open").json()["items"]] == [row.pk]
    path = f"/accident-candidates/{row.pk}/answer"
    assert stranger.post(path, {"yes": True, "reason": "x"}).status_code == 404
    assert zhao.post(path, {"yes": True}).status_code == 422
    assert zhao.post(path, {"yes": True, "reason": "属实"}).json()["answer"] == "confirmed"
