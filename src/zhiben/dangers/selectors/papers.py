"""What the official documents of a hidden danger say: the facts on record, gathered for each kind."""

from collections.abc import Callable, Mapping
from typing import Any

from zhiben.dangers.domain.kinds import Channel, EvidenceKind, Extent, Level, Role, SetBy, State
from zhiben.dangers.domain.papers import OF_SUPERVISOR, Paper, papers_called_for
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import CandidateClause, Danger, Evidence, Participant, StopOrder
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.selectors.standing import Mover
from zhiben.documents.public import DocumentPermission
from zhiben.journal.public import Recorded, history
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.law.matters import matters
from zhiben.law.standards import standards
from zhiben.orgs.models import Enterprise, Person

Facts = dict[str, Any]


def papers_for(actor: Actor, danger: Danger) -> list[Paper]:
    """Return the documents that the actor may draft now: a supervisor's for the department, else the enterprise's."""
    if not actor.may(DocumentPermission.DRAFT, danger.place):
        return []
    called = papers_called_for(
        State(danger.state),
        Level(danger.level),
        due_set_by=SetBy(danger.due_set_by) if danger.due_set_by else None,
        is_stopped=danger.is_stop_ordered,
        is_supervised=danger.channel in {Channel.INSPECTION, Channel.PUBLIC_REPORT},
    )
    return [paper for paper in called if issuer_of(actor, danger, paper)]


def issuer_of(actor: Actor, danger: Danger, paper: Paper) -> tuple[int | None, int | None] | None:
    """Return the department or the enterprise that issues a paper drafted by this actor; None: not theirs to draft."""
    me = Person.objects.filter(pk=actor.person).first() if actor.person else None
    if me is None:
        return None
    if me.department_id is not None:
        return (me.department_id, party_of(danger)) if Mover(actor).supervises(danger) else None
    if paper in OF_SUPERVISOR or me.enterprise_id not in {danger.enterprise_id, danger.party_id}:
        return None
    return (None, me.enterprise_id)


def party_of(danger: Danger) -> int | None:
    """Return the enterprise that answers for a danger."""
    return danger.party_id or danger.enterprise_id


def recipient_of(danger: Danger, paper: Paper) -> str:
    """Return to whom a paper goes."""
    if paper is Paper.TRANSFER:
        return danger.transferred_to.name if danger.transferred_to else ""
    return "" if paper is Paper.ACCEPTANCE else _responsible(danger)


def facts_of(danger: Danger, paper: Paper) -> Facts:
    """Return the facts of one paper."""
    common: Facts = {
        "danger_number": danger.number,
        "description": danger.description,
        "place": " ".join(filter(None, (danger.unit.name, danger.place_text))),
        "found_on": danger.found_on,
        "level": _level(danger),
        "responsible": _responsible(danger),
    }
    return common | OF[paper](danger)


def _level(danger: Danger) -> Bilingual:
    if danger.level == Level.MAJOR:
        return Bilingual("重大事故隐患", "major hidden danger")
    return Bilingual(
        "一般事故隐患" if danger.level else "隐患", "general hidden danger" if danger.level else "hidden danger"
    )


def _responsible(danger: Danger) -> str:
    party: Enterprise | None = danger.party or danger.enterprise
    return party.name if party else danger.unit.name


def _rectify(danger: Danger) -> Facts:
    return {"basis": _basis(danger), "due_on": danger.due_on}


def _stop(danger: Danger) -> Facts:
    order = StopOrder.objects.filter(danger=danger).select_related("workshop").order_by("-pk").first()
    if order is None:
        return dict.fromkeys(("extent", "scope", "stop_reason", "ordered_on")) | _rectify(danger)
    parts = (order.workshop.name if order.workshop else "", order.equipment, order.scope)
    told = {"extent": label(Extent(order.extent)), "scope": " ".join(filter(None, parts))}
    return {**told, "stop_reason": order.reason, "ordered_on": order.ordered_on, **_rectify(danger)}


def _acceptance(danger: Danger) -> Facts:
    kinds = Evidence.objects.filter(danger=danger).values_list("kind", flat=True)
    evidence = [label(EvidenceKind(kind)) for kind in dict.fromkeys(kinds.order_by("pk"))]
    owner = danger.owner_person.name if danger.owner_person else danger.owner_text
    return {**_sign_off(danger), "due_on": danger.due_on, "owner": owner, "evidence": evidence}


def _sign_off(danger: Danger) -> Facts:
    who = Participant.objects.filter(danger=danger, role__in=[Role.ACCEPTOR, Role.OFFICER], is_current=True)
    names = who.filter(person__isnull=False).order_by("pk").values_list("person__name", flat=True)
    entry = _last(danger, lambda entry: bool(entry.body.get("report")))
    report = str(entry.body["report"]) if entry else ""
    return {"report": report, "acceptors": list(dict.fromkeys(names)), "closed_on": danger.closed_on}


def _transfer(danger: Danger) -> Facts:
    entry = _last(danger, lambda entry: entry.body.get("move") == "transfer")
    matter = matters().get(danger.matter)
    return {"matter": matter.title if matter else "", "reason": str(entry.body.get("reason") or "") if entry else ""}


def _last(danger: Danger, fits: Callable[[Recorded], bool]) -> Recorded | None:
    return next((entry for entry in reversed(history(subject_of(danger.pk))) if fits(entry)), None)


def _basis(danger: Danger) -> list[Bilingual]:
    """Return the clauses that a person chose, with their standard; whatever was only offered is no basis."""
    chosen = CandidateClause.objects.filter(danger=danger, answer="chosen").order_by("pk")
    return [found for row in chosen if (found := _clause(row))]


def _clause(row: CandidateClause) -> Bilingual | None:
    standard = standards().get(row.standard)
    clause = next((one for one in standard.clauses if one.ref == row.clause), None) if standard else None
    if standard is None or clause is None:
        return None
    return Bilingual(
        f"《{standard.title.zh}》{clause.ref}：{clause.summary.zh}",
        f"{standard.title.en}, {clause.ref}: {clause.summary.en}",
    )


OF: Mapping[Paper, Callable[[Danger], Facts]] = {
    Paper.RECTIFY: _rectify,
    Paper.STOP: _stop,
    Paper.ACCEPTANCE: _acceptance,
    Paper.SIGN_OFF: _sign_off,
    Paper.TRANSFER: _transfer,
}
