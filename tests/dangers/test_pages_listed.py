"""Listings narrowed by unit, level and limit; the dashboard's counts lead to them; the tab of the list of dangers."""

from datetime import timedelta

import pytest
from dangers.stories import rectifying
from dangers.test_listing_supervision import listed
from make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhao(client, cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client.force_login(cast.zhao.account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_listings_are_narrowed_by_unit_and_level(zhao, cast):
    danger, here = listed(cast), cast.tree.county.path
    for query, found in ((f"unit={here}&level=county", True), ("level=city", False), ("view=late", False)):
        assert (danger.description in zhao.get(f"/dangers/listed/?{query}").text) is found
    assert danger.description not in zhao.get(f"/dangers/listed/?unit={cast.tree.other_county.path}").text
    assert zhao.get("/dangers/listed/?view=%00&level=x&page=-1").status_code == 200


def test_the_dashboard_counts_them_by_level_with_their_records_and_those_past_the_limit(zhao, cast, monkeypatch):
    danger, here = listed(cast), cast.tree.county.path.replace("/", "%2F")
    board = zhao.get(f"/dashboard/?unit={cast.tree.county.path}").text
    assert f"/dangers/listed/?unit={here}&amp;level=county" in board
    assert "past the limit" not in board
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=61))
    zhao.force_login(cast.zhao.account)
    assert "1 past the limit" in zhao.get(f"/dashboard/?unit={cast.tree.county.path}").text
    assert danger.description in zhao.get("/dangers/listed/?view=late").text


def test_the_list_of_dangers_has_a_tab_for_the_listed_ones(zhao, cast):
    danger, other = listed(cast, description="泄爆口堵塞"), rectifying(cast, description="地面油污")
    assert "flag=listed" in zhao.get("/dangers/?all=1").text
    page = zhao.get("/dangers/?state=open&flag=listed").text
    assert danger.description in page
    assert other.description not in page
