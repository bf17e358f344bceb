"""Comments on a danger: who may say what, who is named and told, what can be taken back, what can be destroyed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from callers import Caller
from django.urls import reverse
from make import NOW
from stories import reported
from test_two_at_once import at_once, crowd  # noqa: F401 -- a fixture

from zhiben.dangers.models import Comment, Mention
from zhiben.dangers.selectors.comments import comments_of, people_to_mention
from zhiben.dangers.services.comments import add_comment, edit_comment, remove_comment
from zhiben.dangers.services.watching import watch
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.notices.models import Delivery, Message
from zhiben.orgs.services.forgetting import forget_person

pytestmark = pytest.mark.django_db
LATE = NOW + timedelta(minutes=30)


def said(cast, text="看过现场", by=None, danger=None, **told):
    danger = danger or reported(cast)
    return add_comment(danger.pk, text, actor=(by or cast.wang).actor, now=told.pop("now", NOW), **told)


def told_to(player, kind="danger:mentioned"):
    return Message.objects.filter(person=player.person, kind=kind).count()


def test_a_comment_stands_on_the_danger_and_in_the_journal_under_a_name_of_its_own(cast):
    comment = said(cast, " 护栏\r\n已订货 ")
    assert [each.text for each in comments_of(cast.zhou.actor, comment.danger_id)] == ["护栏\n已订货"]
    entry = history(f"comment/{comment.pk}")[0]
    assert (entry.code, entry.body["text"], entry.chain) == (
        "comment:added", "护栏\n已订货", f"enterprise:{cast.enterprise.pk}",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001, "a\x00b"])
def test_what_is_no_text_is_refused(cast, text):
    with pytest.raises(Invalid, match="comment:"):
        said(cast, text)


def test_a_stranger_neither_reads_nor_says_nor_changes(cast):
    comment = said(cast)
    for act in (
        lambda: comments_of(cast.zhang.actor, comment.danger_id),
        lambda: people_to_mention(cast.zhang.actor, comment.danger_id, "", now=NOW),
        lambda: add_comment(comment.danger_id, "x", actor=cast.zhang.actor, now=NOW),
        lambda: edit_comment(comment.pk, "x", actor=cast.zhang.actor, now=NOW),
        lambda: remove_comment(comment.pk, actor=cast.zhang.actor, now=NOW),
    ):
        with pytest.raises(NotFound, match="not-found"):
            act()


def test_who_is_named_is_told_once_and_so_is_whoever_watches(cast):
    danger = reported(cast)
    for player in (cast.zhou, cast.li):
        watch(danger=danger.pk, actor=player.actor, now=NOW)
    comment = said(cast, "@周总 请批经费", danger=danger, mentions=[cast.zhou.person.pk])
    assert set(comment.mentions.values_list("person_id", flat=True)) == {cast.zhou.person.pk}
    assert told_to(cast.zhou) == 1
    assert told_to(cast.zhou, "danger:commented") == 0
    assert told_to(cast.li, "danger:commented") == 1
    assert told_to(cast.wang) == told_to(cast.wang, "danger:commented") == 0
    assert "请批经费" not in str(Message.objects.values_list("facts", flat=True))


def test_a_name_after_an_at_is_a_mention_where_only_one_bears_it(cast):
    comment = said(cast, "@龚工请换 @李检查 @没有这人")
    named = set(comment.mentions.values_list("person_id", flat=True))
    assert named == {cast.gong.person.pk, cast.li.person.pk}  # li is of the supervising department
    cast.zhou.person.name = "龚工"
    cast.zhou.person.save()
    assert not said(cast, "@龚工", danger=reported(cast, description="护栏")).mentions.exists()


@pytest.mark.parametrize("who", ["zhang", "he", "su"])
def test_nobody_who_may_not_see_it_or_has_nothing_to_do_with_it_can_be_named_or_found_out(cast, who):
    danger, stranger = reported(cast), getattr(cast, who).person
    with pytest.raises(NotFound, match="comment:nobody-there"):
        said(cast, "x", danger=danger, mentions=[stranger.pk])
    with pytest.raises(NotFound, match="comment:nobody-there"):
        said(cast, "x", danger=danger, mentions=[987_654])
    assert not said(cast, f"@{stranger.name}", danger=danger).mentions.exists()
    offered = people_to_mention(cast.wang.actor, danger.pk, stranger.name, now=NOW)
    assert stranger not in offered


def test_people_around_the_danger_are_offered_by_a_part_of_their_name(cast):
    danger = reported(cast)
    assert people_to_mention(cast.wang.actor, danger.pk, "龚", now=NOW) == [cast.gong.person]
    everybody = people_to_mention(cast.wang.actor, danger.pk, "", now=NOW)
    assert cast.wang.person not in everybody
    assert cast.he.person not in everybody


def test_its_author_changes_and_takes_it_back_while_it_is_fresh(cast):
    comment = said(cast, "@龚工 看看")
    with pytest.raises(NotAllowed, match="comment:not-yours"):
        edit_comment(comment.pk, "x", actor=cast.zhou.actor, now=NOW)
    changed = edit_comment(comment.pk, "@周总 看看", version=1, actor=cast.wang.actor, now=NOW)
    assert (changed.text, told_to(cast.zhou), changed.version) == ("@周总 看看", 1, 2)
    with pytest.raises(Conflict, match="comment:changed-meanwhile"):
        edit_comment(comment.pk, "y", version=1, actor=cast.wang.actor, now=NOW)
    with pytest.raises(Conflict, match="comment:too-late"):
        edit_comment(comment.pk, "y", actor=cast.wang.actor, now=LATE)
    gone = remove_comment(comment.pk, actor=cast.wang.actor, now=LATE - timedelta(minutes=1))
    assert (gone.text, gone.removed_at is not None, Mention.objects.count()) == ("", True, 0)
    with pytest.raises(Conflict, match="comment:removed"):
        remove_comment(comment.pk, actor=cast.wang.actor, now=NOW)
    codes = [entry.code for entry in history(f"comment/{comment.pk}")]
    assert codes == ["comment:added", "comment:edited", "comment:removed"]


def test_taken_back_it_takes_its_unread_notices_along(cast):
    comment = said(cast, "@龚工 看看")
    assert Delivery.objects.exclude(channel="program").filter(next_at__gt=NOW).exists()  # letters rest for a moment
    remove_comment(comment.pk, only_unsent=True, actor=cast.wang.actor, now=NOW)
    assert told_to(cast.gong) == 0


@pytest.mark.parametrize("gone", ["read", "sent"])
def test_an_undo_is_refused_where_somebody_was_told(cast, gone):
    comment = said(cast, "@龚工 @周总 看看")
    if gone == "read":
        Message.objects.filter(person=cast.gong.person).update(read_at=NOW)
    else:
        Delivery.objects.filter(message__person=cast.gong.person, channel="email").update(tries=1)
    with pytest.raises(Conflict, match="undo:somebody-was-told"):
        remove_comment(comment.pk, only_unsent=True, actor=cast.wang.actor, now=NOW)
    assert Comment.objects.get().text
    remove_comment(comment.pk, actor=cast.wang.actor, now=NOW)
    assert (told_to(cast.gong), told_to(cast.zhou)) == (1, 0)


def test_sent_twice_it_stands_once_and_another_ones_number_is_refused(cast):
    uid, danger = uuid4(), reported(cast)
    first, second = (said(cast, danger=danger, uid=uid) for _ in range(2))
    assert first.pk == second.pk
    with pytest.raises(Conflict, match="comment:uid-taken"):
        said(cast, danger=danger, uid=uid, by=cast.zhou)


def test_of_somebody_forgotten_the_words_are_destroyed_here_and_in_the_journal(cast):
    comment = said(cast, "张三的电话是1", by=cast.gong)
    said(cast, "@龚工", danger=comment.danger)
    forget_person(cast.gong.person.pk, name="龚工", reason="本人要求", actor=cast.security.actor, now=NOW)
    comment.refresh_from_db()
    assert (comment.text, Mention.objects.count()) == ("", 0)
    entry = history(f"comment/{comment.pk}")[0]
    assert entry.body["text"] is None
    assert "text" in entry.shredded


@pytest.fixture
def ask(client):
    def asked(player, address, data=None, language="en"):
        client.force_login(player.account)
        send = client.get if data is None else client.post
        return send(address, data, headers={"accept-language": language}, follow=True)

    return asked


def test_on_the_page_hostile_words_stay_text_and_the_message_offers_an_undo(cast, ask):
    danger = reported(cast)
    words = "<img src=x onerror=alert(1)>@龚工"
    page = ask(cast.wang, reverse("dangers:comment-add", args=[danger.pk]), {"text": words, "key": str(uuid4())})
    text = page.content.decode()
    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    comment = Comment.objects.get()
    undo = reverse("dangers:comment-remove", args=[comment.pk]) + "?undo=1"
    assert f'action="{undo}"' in text
    assert "Change" in text
    other = ask(cast.zhou, reverse("dangers:detail", args=[danger.pk])).content.decode()
    assert f"edit-comment-{comment.pk}" not in other
    ask(cast.wang, reverse("dangers:comment-edit", args=[comment.pk]), {"text": "改了", "version": "1"})
    assert "已撤回" in ask(cast.wang, undo, {}, "zh-hans").content.decode()
    assert (
        "此评论已撤回。"
        in ask(cast.wang, reverse("dangers:detail", args=[danger.pk]), None, "zh-hans").content.decode()
    )
    assert ask(cast.wang, reverse("dangers:comment-add", args=[danger.pk]), {"text": ""}).status_code == 422
    assert ask(cast.zhang, undo, {}).status_code == 404
    offered = ask(cast.wang, reverse("dangers:people", args=[danger.pk]) + "?q=龚").content.decode()
    assert f'data-name-person="{cast.gong.person.pk}"' in offered


def test_the_api_says_changes_and_takes_back(cast):
    danger, caller = reported(cast), Caller(cast.wang)
    uid = str(uuid4())
    made = caller.post(f"/dangers/{danger.pk}/comments", {"text": "@龚工 看", "uid": uid})
    assert made.status_code == 201, made.content
    assert made.json()["mentions"] == [cast.gong.person.pk]
    number = made.json()["id"]
    assert caller.post(f"/dangers/{danger.pk}/comments", {"text": "x", "mentions": [987]}).status_code == 404
    assert caller.post(f"/comments/{number}", {"text": "改", "version": 1}).json()["text"] == "改"
    assert Caller(cast.zhou).post(f"/comments/{number}", {"text": "改"}).status_code == 403
    assert Caller(cast.zhang).get(f"/dangers/{danger.pk}/comments").status_code == 404
    assert [one["name"] for one in caller.get(f"/dangers/{danger.pk}/people", q="龚").json()] == ["龚工"]
    assert caller.post(f"/comments/{number}/remove").json()["text"] == ""
    assert [one["text"] for one in caller.get(f"/dangers/{danger.pk}/comments").json()] == [""]


def test_of_two_who_change_it_at_once_one_does(crowd):  # noqa: F811 -- the fixture
    comment = said(crowd)
    actor = crowd.wang.actor
    answers = at_once(
        *[lambda at=at: edit_comment(comment.pk, f"改{at}", version=1, actor=actor, now=NOW) for at in range(3)]
    )
    assert sum(isinstance(answer, Comment) for answer in answers) == 1
    assert all(isinstance(answer, Conflict) for answer in answers if not isinstance(answer, Comment))


def test_the_same_comment_sent_at_once_stands_once(crowd):  # noqa: F811 -- the fixture
    danger, uid, actor = reported(crowd), uuid4(), crowd.wang.actor
    answers = at_once(*[lambda: add_comment(danger.pk, "一", uid=uid, actor=actor, now=NOW)] * 3)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert Comment.objects.count() == 1
