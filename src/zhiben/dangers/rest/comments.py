"""Comments of a danger, whom they may name, and undoing one's own last step."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from zhiben.dangers.domain.comments import LONGEST, MENTIONED
from zhiben.dangers.models import Comment
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.rest.moves import MovedOut
from zhiben.dangers.selectors.comments import comments_of, people_to_mention
from zhiben.dangers.services.comments import add_comment, edit_comment, remove_comment
from zhiben.dangers.services.moves import Moved
from zhiben.dangers.services.undoing import undo_step
from zhiben.orgs.api import Id, In, PathId, answers, writes
from zhiben.orgs.doors import Request, door

router = Router(tags=["dangers"])
VERSION = "of what you looked at; else the present"


class CommentOut(Schema):
    """A comment; taken back, it has no text."""

    id: int
    danger: int
    author: int | None
    author_name: str
    at: datetime
    text: str
    edited_at: datetime | None
    removed_at: datetime | None
    mentions: list[int]
    version: int


class CommentIn(In):
    """What is said, and whom it names beside those named after an @."""

    text: str = Field(min_length=1, max_length=LONGEST)
    mentions: list[Id] = Field(default_factory=list, max_length=MENTIONED)
    uid: UUID | None = Field(None, description="a UUID (version 7) of your own: told again, it is the same comment")


class CommentChangeIn(In):
    """What it says instead."""

    text: str = Field(min_length=1, max_length=LONGEST)
    mentions: list[Id] = Field(default_factory=list, max_length=MENTIONED)
    version: int | None = Field(None, ge=1, le=2**31 - 1, description=VERSION)


class PersonOut(Schema):
    """Somebody who may be named."""

    id: int
    name: str


class UndoIn(In):
    """The version that your step left."""

    version: int | None = Field(None, ge=1, le=2**31 - 1, description=VERSION)


@router.get(
    "/dangers/{int:danger_id}/comments",
    response=answers(list[CommentOut]),
    operation_id="listComments",
    summary="List comments",
)
@door(DangerPermission.VIEW)
def get_comments(request: Request, danger_id: PathId) -> list[CommentOut]:
    """Return the newest comments of a danger, oldest first."""
    return [_out(one) for one in comments_of(request.actor, danger_id)]


@router.post(
    "/dangers/{int:danger_id}/comments", response=writes(CommentOut), operation_id="addComment", summary="Comment"
)
@door(DangerPermission.VIEW)
def post_comment(request: Request, danger_id: PathId, body: CommentIn) -> Status[CommentOut]:
    """Say something: those named and whoever watches are told. Naming somebody who may not see the danger answers 404."""
    said = add_comment(
        danger_id, body.text, mentions=body.mentions, uid=body.uid, actor=request.actor, now=timezone.now()
    )
    return Status(201, _out(said))


@router.get(
    "/dangers/{int:danger_id}/people",
    response=answers(list[PersonOut]),
    operation_id="listMentionable",
    summary="List whom to name",
)
@door(DangerPermission.VIEW)
def get_people(request: Request, danger_id: PathId, q: str = "") -> list[PersonOut]:
    """Return people around a danger who may see it, by a part of their name: at most ten."""
    people = people_to_mention(request.actor, danger_id, q, now=timezone.now())
    return [PersonOut(id=person.pk, name=person.name) for person in people]


@router.post(
    "/comments/{int:comment_id}",
    response=writes(CommentOut, 200),
    operation_id="changeComment",
    summary="Change a comment",
)
@door(DangerPermission.VIEW)
def post_comment_change(request: Request, comment_id: PathId, body: CommentChangeIn) -> CommentOut:
    """Change a comment of yours while it is fresh."""
    changed = edit_comment(
        comment_id,
        body.text,
        mentions=body.mentions,
        version=body.version,
        actor=request.actor,
        now=timezone.now(),
    )
    return _out(changed)


@router.post(
    "/comments/{int:comment_id}/remove",
    response=writes(CommentOut, 200),
    operation_id="removeComment",
    summary="Take a comment back",
)
@door(DangerPermission.VIEW)
def post_comment_remove(request: Request, comment_id: PathId) -> CommentOut:
    """Take a comment of yours back while it is fresh; notices that nobody has got yet go with it."""
    return _out(remove_comment(comment_id, actor=request.actor, now=timezone.now()))


@router.post(
    "/dangers/{int:danger_id}/undo", response=writes(MovedOut, 200), operation_id="undoStep", summary="Undo a step"
)
@door(DangerPermission.VIEW)
def post_undo(request: Request, danger_id: PathId, body: UndoIn) -> Moved:
    """Take your last step back, by a step of its own: soon, before anything else happened, while nobody has got its news."""
    return undo_step(danger_id, version=body.version, actor=request.actor, now=timezone.now())


def _out(one: Comment) -> CommentOut:
    return CommentOut(
        id=one.pk,
        danger=one.danger_id,
        author=one.person_id,
        author_name=one.person.name if one.person else one.account.get_username(),
        at=one.at,
        text=one.text,
        edited_at=one.edited_at,
        removed_at=one.removed_at,
        mentions=sorted(mention.person_id for mention in one.mentions.all()),
        version=one.version,
    )
