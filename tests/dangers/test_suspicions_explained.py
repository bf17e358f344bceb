"""The page of suspicions says on which recorded facts judging rests."""

import pytest
from dangers.test_suspicions_follow import COUNT, judged
from make import NOW

pytestmark = pytest.mark.django_db


def test_a_suspicion_shows_the_facts_it_rests_on_and_leads_to_all_of_them(client, cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    judged(cast.enterprise, **{COUNT: 2})
    client.force_login(cast.li.account)
    page = client.get("/dangers/suspicions/", headers={"accept-language": "en"}).text
    assert "Because it is on record" in page
    assert ": 2" in page
    assert f"/enterprises/{cast.enterprise.pk}/facts/" in page
    client.force_login(cast.zhang.account)
    assert "Because it is on record" not in client.get("/dangers/suspicions/").text
