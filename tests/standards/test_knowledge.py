"""Beside a clause: how a region says to look at it, and texts linked to it, verified only by two people."""

from datetime import timedelta
from io import BytesIO

import pytest
from dangers.stories import reported
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from make import NOW, grant, make_account, make_person
from PIL import Image

from zhiben.dangers.models import CandidateClause
from zhiben.files.models import Original, StoredFile
from zhiben.journal.public import history
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.orgs.selectors.access import actor_of
from zhiben.standards.knowledge import guides_for, link_for, link_states, links_for
from zhiben.standards.models import ClauseLink, Guide
from zhiben.standards.services.knowledge import confirm_link, make_link, withdraw_link, write_guide

pytestmark = pytest.mark.django_db
CASE = ("gongmao-2023", "3(2)")
TEXT = "焊工　无证上岗（ＣＯ２焊）"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def link(cast):
    return make_link(cast.tree.county, *CASE, "danger", TEXT, actor=cast.zhao.actor, now=NOW)


def at(name, *args):
    return reverse(f"standards:{name}", args=args)


def test_a_link_is_verified_by_the_second_person_only(cast, link):
    assert link.verified_at is None
    assert confirm_link(link, actor=cast.zhao.actor, now=NOW).verified_at is None
    with pytest.raises(Conflict, match="link:confirmed-already"):
        confirm_link(link, actor=cast.zhao.actor, now=NOW + timedelta(days=1))
    assert ClauseLink.objects.get().verified_at is None
    assert confirm_link(link, actor=cast.li.actor, now=NOW).verified_at == NOW
    codes = [entry.code for entry in history(f"clause-link/{link.pk}")]
    assert codes == ["clause:linked", "clause:confirmed", "clause:confirmed"]


def test_who_says_it_has_not_confirmed_it(cast, link):
    assert link.confirmations.count() == 0


def test_an_account_without_a_person_confirms_nothing(cast, link):
    nobody = make_account("nobody")
    grant(nobody, "officer", cast.tree.county)
    actor = actor_of(nobody, now=NOW)
    with pytest.raises(Conflict, match="link:person-needed"):
        confirm_link(link, actor=actor, now=NOW)


def test_the_same_words_are_one_link_however_they_are_written(cast, link):
    again = make_link(cast.tree.county, *CASE, "danger", "焊工 无证上岗(CO2焊)", actor=cast.li.actor, now=NOW)
    assert again.pk == link.pk
    assert link_states(cast.li.actor, "danger", "焊工 无证上岗(co2焊)", [CASE])[CASE].confirmed == 0
    assert link_states(cast.li.actor, "item", TEXT, [CASE]) == {}


def test_a_withdrawn_link_begins_anew(cast, link):
    confirm_link(link, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Invalid, match="link:reason-needed"):
        withdraw_link(link, reason=" ", actor=cast.li.actor, now=NOW)
    withdraw_link(link, reason="说的是叉车", actor=cast.li.actor, now=NOW)
    with pytest.raises(Conflict, match="link:withdrawn"):
        confirm_link(link, actor=cast.li.actor, now=NOW)
    with pytest.raises(Conflict, match="link:withdrawn"):
        withdraw_link(link, reason="x", actor=cast.li.actor, now=NOW)
    new = make_link(cast.tree.county, *CASE, "danger", TEXT, actor=cast.zhao.actor, now=NOW)
    assert (new.pk != link.pk, new.confirmations.count()) == (True, 0)


def test_links_and_guides_stay_in_their_region(cast, link):
    write_guide(cast.tree.county, *CASE, "看证件原件", "see the card", seen=0, actor=cast.zhao.actor, now=NOW)
    for player in (cast.li, cast.su, cast.wang, cast.gong):
        assert [one.pk for one in links_for(player.actor, *CASE)] == [link.pk]
        assert len(guides_for(player.actor, *CASE)) == 1
    for player in (cast.zhang, cast.he):
        assert list(links_for(player.actor, *CASE)) == []
        assert guides_for(player.actor, *CASE) == []
    with pytest.raises(NotFound):
        link_for(cast.zhang.actor, link.pk)


def test_only_who_may_writes_links_and_confirms(cast, link):
    for step in (
        lambda: make_link(cast.tree.other_county, *CASE, "danger", TEXT, actor=cast.zhao.actor, now=NOW),
        lambda: confirm_link(link, actor=cast.zhang.actor, now=NOW),
        lambda: withdraw_link(link, reason="x", actor=cast.su.actor, now=NOW),
        lambda: write_guide(cast.tree.county, *CASE, "x", "", seen=0, actor=cast.li.actor, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            step()


@pytest.mark.parametrize("text", ["", "　 ", "长" * 501, "a\0b"])
def test_words_that_cannot_be_linked_are_refused(cast, text):
    with pytest.raises(Invalid, match="link:unfit-text"):
        make_link(cast.tree.county, *CASE, "danger", text, actor=cast.zhao.actor, now=NOW)


def test_a_clause_that_is_not_there_is_not_linked(cast):
    for standard, clause in (("gongmao-2023", "99"), ("nonsense", "1")):
        with pytest.raises(NotFound):
            make_link(cast.tree.county, standard, clause, "danger", TEXT, actor=cast.zhao.actor, now=NOW)


def test_a_guide_is_not_overwritten_by_who_did_not_see_it(cast):
    first = write_guide(cast.tree.county, *CASE, "一", "", seen=0, actor=cast.zhao.actor, now=NOW)
    for seen in (0, 7):
        with pytest.raises(Conflict, match="guide:already-changed"):
            write_guide(cast.tree.county, *CASE, "二", "", seen=seen, actor=cast.zhao.actor, now=NOW)
    write_guide(cast.tree.county, *CASE, "三", "", seen=1, actor=cast.zhao.actor, now=NOW)
    assert Guide.objects.get().zh == "三"
    told = [entry.body["zh"] for entry in history(f"guide/{first.pk}")]
    assert told == ["一", "三"]


def test_the_whole_way_on_pages(client, cast):
    clause = at("clause", *CASE)
    client.force_login(cast.zhao.account)
    assert client.post(at("link-make", *CASE), {"text": TEXT, "kind": "danger"}).url == clause
    link = ClauseLink.objects.get()
    for account, told in ((cast.zhao.account, "1 of 2"), (reviewer(cast), "verified")):
        client.force_login(account)
        assert client.post(at("link-confirm", link.pk)).url == clause
        assert client.post(at("link-confirm", link.pk)).status_code == 409
        assert told in client.get(clause, headers={"accept-language": "en"}).content.decode()
    client.force_login(cast.zhang.account)
    for name in ("link-confirm", "link-withdraw"):
        assert client.post(at(name, link.pk), {"reason": "x"}).status_code == 404
    assert TEXT not in client.get(clause).content.decode()
    client.force_login(cast.zhao.account)
    assert client.post(at("link-withdraw", link.pk), {"reason": ""}).status_code == 422
    assert client.post(at("link-withdraw", link.pk), {"reason": "错"}).url == clause


def reviewer(cast):
    account = make_account("sun", make_person("孙复核", department=cast.department))
    grant(account, "inspector", cast.tree.county)
    return account


def test_a_guide_with_a_picture_is_shown_to_the_enterprises_of_the_region(client, cast):
    client.force_login(cast.zhao.account)
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG")
    photo = SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")
    told = {"zh": "看证件<b>原件", "en": "see the card", "seen": "0", "photos": photo}
    assert client.post(at("guide", *CASE), told).url == at("clause", *CASE)
    guide, file = Guide.objects.get(), StoredFile.unscoped.get()
    assert file.subject == f"guide/{guide.pk}"
    client.force_login(cast.wang.account)
    page = client.get(at("clause", *CASE), headers={"accept-language": "zh-hans"}).content.decode()
    assert "看证件&lt;b&gt;原件" in page
    assert "see the card" in client.get(at("clause", *CASE), headers={"accept-language": "en"}).content.decode()
    assert client.get(at("guide-picture", guide.pk, file.pk, "thumb")).status_code == 404  # not made yet
    Original.objects.update(derived="ready")
    assert str(file.pk) in client.get(at("clause", *CASE)).content.decode()
    for size in ("../x", "original"):
        assert client.get(f"/guides/{guide.pk}/pictures/{file.pk}/{size}/").status_code == 404
    client.force_login(cast.zhang.account)
    assert client.get(at("guide-picture", guide.pk, file.pk, "thumb")).status_code == 404
    assert "看证件" not in client.get(at("clause", *CASE)).content.decode()
    client.force_login(cast.li.account)  # may confirm, not write guides
    assert client.get(at("guide", *CASE)).status_code == 404


def test_a_dangers_page_shows_how_its_words_are_linked(client, cast):
    danger = reported(cast, description="焊工无证上岗")
    CandidateClause.objects.update_or_create(
        danger=danger, standard=CASE[0], clause=CASE[1], defaults={"answer": "chosen"}
    )
    client.force_login(cast.zhao.account)
    address, english = reverse("dangers:detail", args=[danger.pk]), {"accept-language": "en"}
    assert "Link these words to the clause" in client.get(address, headers=english).content.decode()
    link = make_link(cast.tree.county, *CASE, "danger", danger.description, actor=cast.zhao.actor, now=NOW)
    assert "link not verified" in client.get(address, headers=english).content.decode()
    for actor in (cast.zhao.actor, cast.li.actor):
        confirm_link(link, actor=actor, now=NOW)
    assert "link verified by two people" in client.get(address, headers=english).content.decode()


def test_a_guide_says_something_and_an_emptied_one_is_shown_no_more(client, cast):
    with pytest.raises(Invalid, match="guide:empty"):
        write_guide(cast.tree.county, *CASE, " ", "", seen=0, actor=cast.zhao.actor, now=NOW)
    assert not Guide.objects.exists()
    first = write_guide(cast.tree.county, *CASE, "看证件原件", "", seen=0, actor=cast.zhao.actor, now=NOW)
    client.force_login(cast.zhao.account)
    assert "看证件原件" in client.get(at("clause", *CASE)).text
    write_guide(cast.tree.county, *CASE, "", "", seen=first.changes, actor=cast.zhao.actor, now=NOW)
    assert client.get(at("clause", *CASE)).context["guides"] == []


def test_a_clause_leads_into_what_if_with_its_number_filled_in(client, cast):
    client.force_login(cast.zhao.account)
    text = client.get(at("clause", *CASE)).text
    assert "?changes=gongmao-2023/3%282%29/special_ops_uncertified_count%3D" in text
    answer = client.get(at("what-if") + "?changes=gongmao-2023/3%282%29/special_ops_uncertified_count%3D")
    assert "gongmao-2023/3(2)/special_ops_uncertified_count=" in answer.text
