"""Publishing a listing: without personal data, released by a second person, withdrawn with a reason."""

import doctest

import pytest
from dangers.stories import codes, step
from dangers.test_listing_supervision import deadlines, handed_in, listed, reviewed, second
from make import NOW

from zhiben.dangers.domain import listing as words
from zhiben.dangers.domain.listing import PublicationKind, redact
from zhiben.dangers.models import Listing, Publication
from zhiben.dangers.selectors.publications import preview_of, published
from zhiben.dangers.services.publications import draft_publication, release_publication, withdraw_publication
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
__all__ = ["second"]
TEXT = "除尘器未装泄爆装置，值班员龚工（13800001234）未处置"


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(words).failed == 0


@pytest.mark.parametrize(
    "piece", ["13800001234", "138 0000 1234", "028-86612345", "51010419800101123X", "a.b@example.com", "川A12345"]
)
def test_numbers_that_lead_to_a_person_are_taken_out(piece):
    assert redact(f"联系{piece}处理", []).removed == (piece,)


def test_numbers_of_the_trade_stay():
    text = "GB 15577-2018第6.1条，2026年3月2日，设备编号A-1002，统一社会信用代码91510104MA0000001X"
    assert redact(text, []).text == text


@pytest.fixture
def danger(cast):
    return listed(cast, description=TEXT)


def draft(cast, danger, by=None, kind=PublicationKind.LISTING, text=None):
    preview = preview_of(danger)
    return draft_publication(
        Listing.objects.get(danger=danger).pk, kind, place=preview.place.text,
        text=preview.text.text if text is None else text, actor=(by or cast.zhao).actor, now=NOW,
    )  # fmt: skip


def test_the_preview_takes_out_the_people_of_the_enterprise_and_their_numbers(cast, danger):
    preview = preview_of(danger)
    assert preview.text.text == "除尘器未装泄爆装置，值班员＊＊（＊＊）未处置"
    assert set(preview.text.removed) == {"龚工", "13800001234"}
    assert preview.was_text == TEXT


def test_a_draft_with_personal_data_is_refused(cast, danger):
    with pytest.raises(Invalid, match="publication:personal-data") as told:
        draft(cast, danger, text="值班员龚工未处置")
    assert told.value.facts["pieces"] == "龚工"


def test_nobody_reads_it_before_a_second_person_released_it(cast, danger, second):
    row = draft(cast, danger)
    assert published() == []
    with pytest.raises(NotAllowed, match="publication:released-by-another"):
        release_publication(row.pk, actor=cast.zhao.actor, now=NOW)
    release_publication(row.pk, actor=second.actor, now=NOW)
    item = published()[0]
    assert (item.enterprise, item.text) == (cast.enterprise.name, "除尘器未装泄爆装置，值班员＊＊（＊＊）未处置")
    assert "list_publish" not in deadlines(f"danger/{danger.pk}")
    assert codes(danger)[-2:] == ["publication:drafted", "publication:released"]


def test_strangers_and_those_without_the_right_publish_nothing(cast, danger):
    for player in (cast.zhang, cast.wang, cast.li):
        with pytest.raises(NotFound):
            draft(cast, danger, by=player)


def test_withdrawn_it_is_no_longer_read_and_another_may_be_drafted(cast, danger, second):
    row = draft(cast, danger)
    with pytest.raises(Conflict, match="publication:already-there"):
        draft(cast, danger)
    release_publication(row.pk, actor=second.actor, now=NOW)
    with pytest.raises(Invalid, match="publication:needs-reason"):
        withdraw_publication(row.pk, reason="", actor=second.actor, now=NOW)
    withdraw_publication(row.pk, reason="内容有误", actor=cast.zhao.actor, now=NOW)
    assert published() == []
    assert Publication.objects.get(pk=row.pk).reason == "内容有误"
    assert draft(cast, danger).pk != row.pk
    with pytest.raises(Conflict, match="publication:already-withdrawn"):
        withdraw_publication(row.pk, reason="再撤", actor=cast.zhao.actor, now=NOW)


def test_a_removal_is_published_only_after_it(cast, danger, second):
    with pytest.raises(Conflict, match="publication:not-removed"):
        draft(cast, danger, kind=PublicationKind.REMOVAL)
    passed = reviewed(cast, second, handed_in(cast, danger))
    step(passed, "delist", second, order="摘牌〔2026〕1号")
    row = draft(cast, danger, kind=PublicationKind.REMOVAL)
    release_publication(row.pk, actor=second.actor, now=NOW)
    assert deadlines(f"listing/{Listing.objects.get().pk}") == {}
    assert Listing.objects.get().next_at is None


def test_a_withdrawn_listing_is_not_published(cast, danger, second):
    row = draft(cast, danger)
    step(danger, "withdraw_listing", cast.zhao, reason="等级认定有误")
    with pytest.raises(Conflict, match="publication:listing-withdrawn"):
        release_publication(row.pk, actor=second.actor, now=NOW)


def test_published_items_are_narrowed_to_a_county(cast, danger, second):
    row = draft(cast, danger)
    release_publication(row.pk, actor=second.actor, now=NOW)
    assert len(published(region=cast.tree.county.pk)) == 1
    assert published(region=cast.tree.other_county.pk) == []
