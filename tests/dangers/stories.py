"""Makers of dangers through the services, and of the files that prove something."""

from datetime import timedelta

from make import DAY, NOW

from zhiben.dangers.domain.kinds import Channel, EvidenceKind, Extent, Level
from zhiben.dangers.domain.moves import Given, Move, Proof
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.services.intake import NewDanger
from zhiben.dangers.services.moves import move_danger
from zhiben.dangers.services.report import report_danger
from zhiben.files.models import Original, StoredFile
from zhiben.journal.selectors.reading import history
from zhiben.kernel.actor import SYSTEM

DUE = DAY + timedelta(days=20)


def told(cast, description="灭火器过期", **facts):
    facts = {"unit_id": cast.site.pk, "found_on": DAY, "channel": Channel.SELF_CHECK} | facts
    return NewDanger(description=description, **facts)


def reported(cast, by=None, **facts):
    """A danger that the enterprise's worker (or `by`) found today."""
    actor = by.actor if by else cast.gong.actor
    return fresh(report_danger(told(cast, **facts), actor=actor, now=NOW).id)


def fresh(danger_id):
    return Danger.unscoped.get(pk=danger_id)


def photo(danger, kind="photo_after"):
    """A kept file on a danger, without the work of keeping one."""
    original = Original.objects.create(
        sha256=f"{Original.objects.count():064x}", size=1, type="image/jpeg", derived="none", holders=1
    )
    file = StoredFile.unscoped.create(
        original=original, subject=subject_of(danger.pk), sha256=original.sha256, size=1, type="image/jpeg",
        name="x.jpg", kept_at=NOW, unit_id=danger.unit_id, path=danger.path, enterprise_id=danger.enterprise_id,
    )  # fmt: skip
    return Proof(EvidenceKind(kind), file.id)


def step(danger, move, by, now=NOW, **given):
    """Take one step; return the danger as it then stands."""
    given = {"reason": "理由", **given} if "reason" not in given else given
    actor = by if by is SYSTEM else by.actor
    move_danger(danger.pk, Move(move), Given(**given), actor=actor, now=now)
    return fresh(danger.pk)


def confirmed(cast, level="general", by=None, **facts):
    danger = reported(cast, **facts)
    return step(danger, "confirm", by or cast.wang, level=Level(level))


def rectifying(cast, level="general", due_on=DUE, by=None, **facts):
    danger = confirmed(cast, level, **facts)
    return step(danger, "assign", by or cast.wang, owner=cast.gong.person.pk, due_on=due_on)


def ordered(cast, level="general", due_on=DUE, **facts):
    """A danger that an inspector found and set a limit for."""
    facts = {"channel": Channel.INSPECTION} | facts
    danger = reported(cast, by=cast.li, **facts)
    danger = step(danger, "confirm", cast.li, level=Level(level))
    return step(danger, "order_limit", cast.li, owner=cast.gong.person.pk, due_on=due_on, order="责改〔2026〕1号")


def awaiting(cast, level="general", **facts):
    danger = (ordered if facts.pop("is_ordered", False) else rectifying)(cast, level, **facts)
    proofs = (photo(danger, "photo_before"), photo(danger, "photo_after"))
    return step(danger, "submit", cast.gong, report="已更换", proofs=proofs)


def signed_off(cast, level="major", **facts):
    """Signed off by the supervisor, on site."""
    danger = awaiting(cast, level, **facts)
    officers = (cast.zhao.person.pk, cast.li.person.pk)
    return step(danger, "sign_off", cast.zhao, on_site=True, officers=officers, report="现场合格")


def stopped(cast, **given):
    """A major danger for which the officer ordered a stop."""
    danger = confirmed(cast, "major", description=given.pop("description", "灭火器过期"))
    given = {"extent": Extent.PART, "scope": "1号生产线"} | given
    return step(danger, "stop_order", cast.zhao, owner=cast.gong.person.pk, due_on=DUE, order="停〔2026〕2号", **given)


def treated(cast, danger, by=None):
    proofs = (photo(danger, "photo_before"), photo(danger))
    return step(danger, "submit", by or cast.gong, report="已改", proofs=proofs)


def assessed(danger, by, fit=True, **given):
    """The treatment assessed, with the assessment as a file."""
    given = {"assessor": "本厂专家组", "report": "治理到位", "conclusion": fit} | given
    return step(danger, "assess_stop", by, proofs=(photo(danger, "assessment"),), **given)


def codes(danger):
    """The codes of a danger's events, oldest first."""
    return [entry.code for entry in history(subject_of(danger.pk))]
