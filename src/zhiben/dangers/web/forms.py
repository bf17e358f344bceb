"""The form of a step: it asks for just what the loop's table needs, and for what may be given beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhiben.dangers.domain.kinds import ClosureGround, EvidenceKind, Extent, Level, Part, StopStatus
from zhiben.dangers.domain.moves import Given, Move, Need, Plan
from zhiben.dangers.domain.parts import SIX
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import Danger, TreatmentPlan
from zhiben.dangers.selectors.offers import Offer
from zhiben.dangers.services.evidence import Upload
from zhiben.kernel.actor import Actor
from zhiben.kernel.ids import ancestors, path_end
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Department, Person, Unit
from zhiben.orgs.public import people_for, valid_on

MOST = 200  # people offered
LONG = 4000
Words = Any  # a text, or one that waits for the language of the page
PLAN_TEXTS: Mapping[str, Words] = {
    "goal": _("Goal and task of the treatment"),
    "measures": _("Method and measures"),
    "funds": _("Funds and goods"),
    "people": _("Body and people responsible"),
    "time_limit": _("Time limit and requirements"),
    "safety": _("Safety measures and emergency plan"),
    "interim": _("Interim measures while it is being treated"),
}
BESIDE: Mapping[Move, tuple[str, ...]] = {  # may be given, is not needed
    Move.ASSIGN: ("owner_unit",),
    Move.REASSIGN: ("owner_unit",),
    Move.FIX_ON_SPOT: ("report", "photo_before"),
    Move.SUBMIT: ("photo_before", "photo_after", "report_file"),
    Move.SIGN_OFF: ("report", "photo_after"),
    Move.ACCEPT: ("report",),
    Move.SELF_ACCEPT: ("report",),
    Move.RETURN: ("due_on",),
    Move.TRANSFER: (),
    Move.ORDER_LIMIT: ("owner", "order", "order_file"),
    Move.DECIDE_EXTENSION: ("due_on",),
    Move.REPORT_MAJOR: ("report_file",),
    Move.STOP_ORDER: ("order", "order_file"),
    Move.ASSESS_STOP: ("by_agency",),
    Move.ASK_ASSISTANCE: ("order", "order_file"),
    Move.ANSWER_CLOSURE: ("order", "order_file"),
    Move.APPLY_TO_RESUME: ("application_file",),
    Move.FAIL_REVIEW: ("order", "order_file"),
    Move.PASS_REVIEW: ("report",),
    Move.LIST: ("owner", "order_file"),
    Move.REPORT_LISTING: ("report_file",),
    Move.REVIEW_LISTING: ("report_file",),
    Move.DELIST: ("order_file",),
    Move.REQUEST_CLOSURE: ("order_file",),
}
ASKED_AS: Mapping[Need, tuple[str, ...]] = {  # where the field is not called as the need
    Need.APPLICATION: ("report",),
    Need.PLAN: (*SIX, "interim"),
    Need.SCOPE: ("extent", "workshop", "equipment", "scope"),
    Need.ASSESSMENT: ("assessment_file",),
}
FILES: Mapping[str, tuple[EvidenceKind, Words]] = {
    "photo_before": (EvidenceKind.PHOTO_BEFORE, _("Photos before the rectification")),
    "photo_after": (EvidenceKind.PHOTO_AFTER, _("Photos after the rectification")),
    "report_file": (EvidenceKind.REPORT, _("The report as a file")),
    "assessment_file": (EvidenceKind.ASSESSMENT, _("The assessment as a file")),
    "application_file": (EvidenceKind.APPLICATION, _("The application as a file")),
    "order_file": (EvidenceKind.ORDER, _("The document of the order")),
}
TEXTS = ("reason", "report", "assessor", "scope", "order", "local_level", "equipment", "addressee")
YES_NO: Mapping[str, bool] = {"yes": True, "no": False}
REASONS: Mapping[Move, Words] = {
    Move.RETURN: _("What is still wrong"),
    Move.DECIDE_EXTENSION: _("The answer, with its reason"),
    Move.PROPOSE_VOID: _("Why it is not true"),
    Move.VOID: _("Why it is not true"),
    Move.STOP_ORDER: _("Why safety cannot be kept otherwise"),
    Move.LIST: _("Why it is listed"),
    Move.WITHDRAW_LISTING: _("Why it should not have been listed"),
    Move.ASK_ASSISTANCE: _("What help is needed, and why"),
    Move.ANSWER_CLOSURE: _("What the government decided"),
}
REPORTS: Mapping[Move, Words] = {
    Move.REPORT_MAJOR: _("What was reported, to whom, how"),
    Move.ASSESS_STOP: _("Result of the assessment"),
    Move.EVACUATE: _("What was stopped, closed off and posted"),
    Move.ANSWER_ASSISTANCE: _("What the government did"),
    Move.APPLY_TO_RESUME: _("The application"),
    Move.SIGN_OFF: _("What was seen on site"),
    Move.REVIEW_LISTING: _("Acceptance record: what was seen on site"),
    Move.REPORT_LISTING: _("What was reported, to whom, how"),
    Move.PASS_REVIEW: _("What was seen on site"),
    Move.ACCEPT: _("What was seen"),
    Move.SELF_ACCEPT: _("What was seen"),
}


@dataclass(frozen=True, slots=True)
class FileAsk:
    """A place where files are dropped."""

    name: str
    label: Words
    is_photo: bool
    is_needed: bool


class MoveForm(forms.Form):
    """One step of one danger."""

    def __init__(
        self,
        offer: Offer,
        danger: Danger,
        people: "Choices",
        *,
        plan: TreatmentPlan | None = None,
        data: Any = None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, auto_id=f"{offer.move}_%s")
        self.offer, self.danger, self.people, self.plan = offer, danger, people, plan
        self.uploads: MultiValueDict[str, Any] = files or MultiValueDict()
        wanted = [name for need in offer.needs for name in ASKED_AS.get(need, (str(need),))]
        names = list(dict.fromkeys([*wanted, *BESIDE.get(offer.move, ())]))
        still = {name for need in offer.to_give for name in ASKED_AS.get(need, (str(need),))}
        self.file_asks = [
            FileAsk(name, FILES[name][1], name.startswith("photo"), name in still) for name in names if name in FILES
        ]
        for name in names:
            if name not in FILES and (name != "owner_unit" or people.workshops):
                self.fields[name] = self._field(name, is_needed=name in wanted)
        if offer.move is Move.FILL_PLAN:
            self.file_asks = [
                FileAsk(
                    f"part_{part.value}", capfirst(label(part)(get_language() or "")), is_photo=False, is_needed=False
                )
                for part in Part
            ]

    def _field(self, name: str, *, is_needed: bool) -> forms.Field:
        if name in PLAN_TEXTS:
            return _text(PLAN_TEXTS[name], is_needed=False, rows=2, initial=getattr(self.plan, name, ""))
        return MAKERS[name](self, is_needed)

    def given(self) -> Given:
        """Return what was given; only for a form that is valid."""
        kept = self.cleaned_data
        texts = {name: kept.get(name, "") for name in TEXTS}
        return Given(
            **texts,
            owner=int(kept["owner"]) if kept.get("owner") else None,
            owner_unit=int(kept["owner_unit"]) if kept.get("owner_unit") else None,
            department=int(kept["department"]) if kept.get("department") else None,
            level=Level(kept["level"]) if kept.get("level") else None,
            due_on=kept.get("due_on"),
            on_site=bool(kept.get("on_site")),
            officers=tuple(map(int, kept.get("officers") or ())),
            by_agency=bool(kept.get("by_agency")),
            granted=YES_NO.get(kept.get("granted", "")),
            conclusion=YES_NO.get(kept.get("conclusion", "")),
            extent=Extent(kept["extent"]) if kept.get("extent") else None,
            workshop=int(kept["workshop"]) if kept.get("workshop") else None,
            withdrawn=kept.get("withdrawn"),
            ground=ClosureGround(kept["ground"]) if kept.get("ground") else None,
            force_majeure=bool(kept.get("force_majeure")),
            outcome=StopStatus(kept["outcome"]) if kept.get("outcome") else None,
            plan=Plan(**{name: kept.get(name, "") for name in PLAN_TEXTS}) if "goal" in kept else None,
        )

    def given_files(self) -> list[Upload]:
        """Return the files that came, each with what it shows."""
        proofs = [
            Upload(FILES[name][0], file.file, file.name or "")
            for name in FILES
            for file in self.uploads.getlist(name)
            if file.file
        ]
        parts = [
            Upload(EvidenceKind.PART, file.file, file.name or "", part)
            for part in Part
            for file in self.uploads.getlist(f"part_{part.value}")
            if file.file
        ]
        return proofs + parts


def _text(words: Words, *, is_needed: bool, rows: int = 3, initial: str = "") -> forms.Field:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=words, required=is_needed, widget=area, max_length=LONG, initial=initial)


def _line(words: Words, *, is_needed: bool, longest: int = 100) -> forms.Field:
    return forms.CharField(label=words, required=is_needed, max_length=longest)


def _choice(words: Words, choices: Sequence[tuple[str, Any]], *, is_needed: bool) -> forms.Field:
    return forms.ChoiceField(label=words, required=is_needed, choices=choices, widget=forms.RadioSelect)


def _told(words: Words, kind: type[Extent] | type[ClosureGround], *, is_needed: bool) -> forms.Field:
    language = get_language() or ""
    return _choice(words, [(str(each), capfirst(label(each)(language))) for each in kind], is_needed=is_needed)


def _pick(words: Words, choices: Sequence[tuple[str, str]], *, is_needed: bool, initial: Any = None) -> forms.Field:
    empty = [("", "—")]
    return forms.ChoiceField(label=words, required=is_needed, choices=[*empty, *choices], initial=initial)


def _yes(words: Words, *, is_needed: bool) -> forms.Field:
    return forms.BooleanField(label=words, required=is_needed)


def _level(form: MoveForm, is_needed: bool) -> forms.Field:  # noqa: FBT001 -- the signature of all makers
    told = [(str(each), capfirst(label(each)(get_language() or ""))) for each in (Level.GENERAL, Level.MAJOR)]
    if form.offer.move is Move.CHANGE_LEVEL:
        told = [pair for pair in told if pair[0] != form.danger.level]
    return _choice(_("Level"), told, is_needed=is_needed)


def _due(form: MoveForm, is_needed: bool) -> forms.Field:  # noqa: FBT001
    words = {
        Move.LIST: _("Last day of the limit"),
        Move.ASK_EXTENSION: _("Until when more time is needed"),
        Move.DECIDE_EXTENSION: _("Granted until (empty: as asked)"),
        Move.RETURN: _("New limit (empty: the present one)"),
    }.get(form.offer.move, _("Last day to rectify"))
    widget = forms.DateInput(attrs={"type": "date", "min": form.people.today.isoformat()}, format="%Y-%m-%d")
    return forms.DateField(label=words, required=is_needed, widget=widget)


def _officers(form: MoveForm, is_needed: bool) -> forms.Field:  # noqa: FBT001
    return forms.MultipleChoiceField(
        label=_("Officers on the spot (at least two)"),
        required=is_needed,
        choices=form.people.officers,
        initial=[str(form.people.me)],
        widget=forms.CheckboxSelectMultiple,
    )


Maker = Callable[[MoveForm, bool], forms.Field]
OUTCOMES = ((str(StopStatus.CORRECT), _("Ordered to correct")), (str(StopStatus.AGAIN), _("Stopped again")))
MAKERS: Mapping[str, Maker] = {
    "reason": lambda form, needed: _text(REASONS.get(form.offer.move, _("Reason")), is_needed=needed),
    "report": lambda form, needed: _text(REPORTS.get(form.offer.move, _("What was done")), is_needed=needed),
    "level": _level,
    "owner": lambda form, needed: _pick(
        _("Who is responsible"), form.people.owners, is_needed=needed, initial=form.danger.owner_person_id
    ),
    "owner_unit": lambda form, _needed: _pick(
        _("Workshop or team that does it"), form.people.workshops, is_needed=False, initial=form.danger.owner_unit_id
    ),
    "due_on": _due,
    "department": lambda form, needed: _pick(_("To which department"), form.people.departments, is_needed=needed),
    "on_site": lambda _form, needed: _yes(_("It was inspected on site"), is_needed=needed),
    "officers": _officers,
    "assessor": lambda _form, needed: _line(_("Who assessed it"), is_needed=needed, longest=200),
    "by_agency": lambda _form, needed: _yes(_("By an agency, not by own experts"), is_needed=needed),
    "granted": lambda _form, needed: _choice(
        _("Answer"), [("yes", _("Granted")), ("no", _("Refused"))], is_needed=needed
    ),
    "force_majeure": lambda _form, needed: _yes(
        _("The cause is force majeure: nobody could foresee, avoid or overcome it"), is_needed=needed
    ),
    "extent": lambda _form, needed: _told(_("How much must stop"), Extent, is_needed=needed),
    "workshop": lambda form, _needed: _pick(_("Workshop (for a part)"), form.people.workshops, is_needed=False),
    "equipment": lambda _form, _needed: _line(_("Equipment (for a part)"), is_needed=False, longest=300),
    "scope": lambda _form, _needed: _line(_("What must stop, in words"), is_needed=False, longest=300),
    "withdrawn": lambda _form, needed: forms.IntegerField(
        label=_("How many people were withdrawn"), required=needed, min_value=0, max_value=100_000
    ),
    "addressee": lambda _form, needed: _line(_("Which government is asked"), is_needed=needed, longest=200),
    "conclusion": lambda _form, needed: _choice(
        _("Conclusion of the assessment"),
        [("yes", _("Treated: fit to resume")), ("no", _("Not yet fit to resume"))],
        is_needed=needed,
    ),
    "ground": lambda _form, needed: _told(_("Ground"), ClosureGround, is_needed=needed),
    "outcome": lambda _form, needed: _choice(_("Result of the review"), OUTCOMES, is_needed=needed),
    "order": lambda _form, needed: _line(_("Number of the document"), is_needed=needed),
}  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """Whom and what the forms of one danger offer, asked for once however many forms there are."""

    today: date
    me: int | None
    owners: list[tuple[str, str]]
    officers: list[tuple[str, str]]
    departments: list[tuple[str, str]]
    workshops: list[tuple[str, str]]


def choices_for(actor: Actor, danger: Danger, offers: Sequence[Offer], *, today: date) -> Choices:
    """Return what the open steps of one danger ask about."""
    return choices_for_all(actor, [danger], offers, today=today)


def choices_for_all(actor: Actor, dangers: Sequence[Danger], offers: Sequence[Offer], *, today: date) -> Choices:
    """Return the people and departments that the steps ask about; nothing is looked up that none asks for."""
    asked = {str(need) for offer in offers for need in offer.needs}
    asked |= {name for offer in offers for name in BESIDE.get(offer.move, ())}
    return Choices(
        today,
        actor.person,
        _people(_owners(actor, dangers)) if "owner" in asked else [],
        _people(_officers_for(actor, dangers[0])) if "officers" in asked else [],
        _departments(dangers, today) if "department" in asked else [],
        _workshops(dangers) if asked & {str(Need.SCOPE), "owner_unit"} else [],
    )


def _owners(actor: Actor, dangers: Sequence[Danger]) -> Any:
    """Return the people of the responsible parties and of the hosts; where there is neither, those one may see."""
    parties = {party for danger in dangers for party in (danger.party_id, danger.enterprise_id)} - {None}
    reach = Person.objects.filter(enterprise__in=parties) if parties else people_for(actor)
    return reach.select_related("enterprise").order_by("enterprise", "name", "pk")


def _officers_for(actor: Actor, danger: Danger) -> Any:
    """Return the people of the supervising department and of one's own."""
    mine = Person.objects.filter(pk=actor.person or 0).values("department")
    rows = Person.objects.filter(department__isnull=False)
    return (rows.filter(department=danger.department_id) | rows.filter(department__in=mine)).order_by("name", "pk")


def _people(rows: Any) -> list[tuple[str, str]]:
    people = list(rows[:MOST])
    homes = {person.enterprise_id for person in people}
    return [
        (
            str(person.pk),
            f"{person.name}（{person.enterprise.name}）" if len(homes) > 1 and person.enterprise else person.name,
        )
        for person in people
    ]


def _departments(dangers: Sequence[Danger], today: date) -> list[tuple[str, str]]:
    """Return the departments from the county upwards, those of the same city included, except the present one of all."""
    paths = {path for danger in dangers for path in ancestors(danger.path)}
    above = Department.objects.filter(valid_on(today), path__in=paths).select_related("unit")
    here = {danger.transferred_to_id or danger.department_id for danger in dangers}
    return [
        (str(each.pk), f"{each.name}（{each.unit.name}）")
        for each in above.order_by("-path", "pk")
        if {each.pk} != here
    ]


def _workshops(dangers: Sequence[Danger]) -> list[tuple[str, str]]:
    """Return the workshops of the dangers' sites and, where one stands in a workshop, of that enterprise."""
    inside = Q(enterprise__in={danger.enterprise_id for danger in dangers} - {None})
    for path in {danger.path for danger in dangers}:
        inside |= Q(path__gte=path, path__lt=path_end(path))
    found = Unit.objects.filter(inside, kind__in=[UnitKind.WORKSHOP, UnitKind.TEAM])
    return [(str(unit.pk), unit.name) for unit in found.order_by("path")[:MOST]]
