"""Look-backs over the wire: listed in scope, answered once, with photos laid beside the danger before."""

import pytest
from callers import Caller
from dangers.stories import fresh, photo, signed_off

from zhiben.dangers.models import Lookback

pytestmark = pytest.mark.django_db


def test_they_are_listed_page_by_page_in_scope(cast):
    signed_off(cast)
    first = Caller(cast.su).get("/lookbacks", limit=1).json()
    second = Caller(cast.su).get("/lookbacks", limit=1, after=first["next"]).json()
    assert [row["days"] for row in first["items"] + second["items"]] == [30, 90]
    assert second["next"] is None
    assert Caller(cast.su).get("/lookbacks", state="holds").json()["items"] == []
    assert Caller(cast.su).get("/lookbacks", overdue=True).json()["items"] == []
    assert Caller(cast.zhang).get("/lookbacks").json()["items"] == []


def test_a_result_takes_words_and_a_photo_of_this_danger_and_stands(cast):
    danger = signed_off(cast)
    row = Lookback.unscoped.earliest("due_on")
    path = f"/lookbacks/{row.pk}/result"
    told = {"result": "came_back", "words": "又堵住了"}
    without = Caller(cast.zhao).post(path, told)
    assert (without.status_code, without.json()["code"]) == (422, "lookback:needs-photo")
    other = photo(signed_off(cast, description="别处"), "lookback").file
    strange = Caller(cast.zhao).post(path, told | {"files": [str(other)]})
    assert (strange.status_code, strange.json()["code"]) == (422, "danger:file-not-on-danger")
    done = Caller(cast.zhao).post(path, told | {"files": [str(photo(danger, "lookback").file)]})
    assert done.status_code == 200, done.content
    assert done.json()["reopened"] is True
    assert fresh(danger.pk).state == "confirmed"
    assert Caller(cast.zhao).post(path, told | {"files": []}).status_code in {409, 422}
    assert Caller(cast.zhang).post(path, told).status_code == 404
    assert Caller(cast.wang).post(path, told).status_code == 403
