"""People: entered, corrected, appointed; and their personal data destroyed where they have the right to it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, Invalid, Refusal
from zhiben.kernel.periods import Period, local_day
from zhiben.orgs.domain.kinds import PostKind
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url
from zhiben.orgs.models import Person
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.listing import appointment_to_end, department_for, posts_held, units_to_hold_posts
from zhiben.orgs.selectors.parties import person_for
from zhiben.orgs.services.forgetting import (
    forget_person,
    objections_to_forgetting,
    person_to_forget,
    place_of_person,
)
from zhiben.orgs.services.parties import enterprise_to_edit
from zhiben.orgs.services.people import add_person, appoint, edit_person, end_appointment, person_to_edit
from zhiben.orgs.web.editing_parties import enterprise_crumbs
from zhiben.orgs.web.editing_units import EndForm, unit_crumbs
from zhiben.orgs.web.sheets import STATUS, Day, Sheet, form_of, sheet_page
from zhiben.orgs.web.words import POSTS

SALT = "orgs.forget"
MINUTES = 10


class PersonForm(forms.Form):
    """Who somebody is and how they are reached."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=100)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


@door(OrgsPermission.EDIT_ENTERPRISE)
@require_http_methods(["GET", "POST"])
def person_of_enterprise(request: Request, enterprise_id: int) -> HttpResponse:
    """Enter a person of an enterprise."""
    one = enterprise_to_edit(enterprise_id, request.actor)
    sheet = Sheet(
        _("Enter a person"), page_url("orgs:enterprise", one.pk), _("Enter"), subtitle=one.name,
        crumbs=enterprise_crumbs(one),
    )  # fmt: skip
    return _entered(request, sheet, enterprise_id=one.pk)


@door(OrgsPermission.EDIT_UNIT)
@require_http_methods(["GET", "POST"])
def person_of_department(request: Request, department_id: int) -> HttpResponse:
    """Enter a person of a department."""
    one = department_for(request.actor, department_id)
    sheet = Sheet(
        _("Enter a person"), page_url("orgs:department", one.pk), _("Enter"), subtitle=one.name,
        crumbs=unit_crumbs(one.unit),
    )  # fmt: skip
    return _entered(request, sheet, department_id=one.pk)


def _entered(request: Request, sheet: Sheet, **home: int) -> HttpResponse:
    def save(given: dict[str, Any]) -> HttpResponse:
        made = add_person(
            given["name"], phone=given["phone"], email=given["email"], actor=request.actor, now=timezone.now(), **home
        )
        return onward(request, "orgs:person", made.pk)

    return sheet_page(request, sheet, form_of(PersonForm, request), save, told=_("The person was entered."))


@door(OrgsPermission.VIEW_UNIT)
@require_GET
def person_page(request: Request, person_id: int) -> HttpResponse:
    """Show a person: where they belong, how they are reached, which posts they hold and held."""
    person, today = person_for(request.actor, person_id), local_day(timezone.now())
    held = [
        {
            "row": row,
            "post": POSTS.get(row.post.kind, row.post.name),
            "is_over": today not in Period(row.since, row.until),
        }
        for row in posts_held(person)
    ]
    context = {
        "person": person,
        "held": held,
        "may_edit": _may(person_to_edit, person, request.actor),
        "may_forget": not person.is_forgotten
        and request.actor.person != person.pk
        and request.actor.may(OrgsPermission.FORGET_PERSON, place_of_person(person)),
    }
    return render(request, "orgs/person.html", context)


def _may(fetch: Any, person: Person, actor: Actor) -> bool:
    try:
        fetch(person.pk, actor)
    except Refusal:
        return False
    return True


def _crumbs(person: Person) -> Sequence[tuple[str, str]]:
    home = enterprise_crumbs(person.enterprise) if person.enterprise else ()
    return [*home, (person.name, page_url("orgs:person", person.pk))]


@door(OrgsPermission.VIEW_UNIT)
@require_http_methods(["GET", "POST"])
def person_edit(request: Request, person_id: int) -> HttpResponse:
    """Correct a person's name and how they are reached."""
    person = person_to_edit(person_id, request.actor)

    def save(given: dict[str, Any]) -> HttpResponse:
        edit_person(person.pk, actor=request.actor, now=timezone.now(), **given)
        return onward(request, "orgs:person", person.pk)

    initial = {"name": person.name, "phone": person.phone, "email": person.email}
    back = page_url("orgs:person", person.pk)
    sheet = Sheet(_("Edit the person"), back, _("Save"), subtitle=person.name, crumbs=_crumbs(person))
    form = form_of(PersonForm, request, initial=initial)
    return sheet_page(request, sheet, form, save, told=_("The person was corrected."))


class PostForm(forms.Form):
    """A post in a unit, from a day on."""

    kind = forms.ChoiceField(label=pgettext_lazy("appointment", "Post"), choices=list(POSTS.items()))
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    name = forms.CharField(
        label=_("What the post is called here"), max_length=100, required=False, help_text=_("Left empty: as above")
    )
    since = Day(label=pgettext_lazy("day", "From"))
    until = Day(label=pgettext_lazy("day", "Until"), required=False, help_text=_("Left empty: open"))

    def __init__(self, *args: Any, person: Person, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in units_to_hold_posts(person)]  # type: ignore[attr-defined]


@door(OrgsPermission.VIEW_UNIT)
@require_http_methods(["GET", "POST"])
def person_appoint(request: Request, person_id: int) -> HttpResponse:
    """Let a person hold a post."""
    person, now = person_to_edit(person_id, request.actor), timezone.now()

    def save(given: dict[str, Any]) -> HttpResponse:
        appoint(
            person.pk, PostKind(given["kind"]), given["unit"], name=given["name"], since=given["since"],
            until=given["until"], actor=request.actor, now=now,
        )  # fmt: skip
        return onward(request, "orgs:person", person.pk)

    note = _("Principal and actual controller stand on the enterprise's page too, in place of who stood there.")
    back = page_url("orgs:person", person.pk)
    sheet = Sheet(_("Appoint to a post"), back, _("Appoint"), subtitle=person.name, crumbs=_crumbs(person), note=note)
    form = form_of(PostForm, request, person=person, initial={"since": local_day(now)})
    return sheet_page(request, sheet, form, save, told=_("The appointment was entered."))


@door(OrgsPermission.VIEW_UNIT)
@require_http_methods(["GET", "POST"])
def appointment_end(request: Request, appointment_id: int) -> HttpResponse:
    """Let somebody no longer hold a post from a day on."""
    held, now = appointment_to_end(request.actor, appointment_id), timezone.now()

    def save(given: dict[str, Any]) -> HttpResponse:
        end_appointment(held.pk, until=given["until"], actor=request.actor, now=now)
        return onward(request, "orgs:person", held.person_id)

    words = f"{held.person.name} · {POSTS.get(held.post.kind, held.post.name)} · {held.post.unit.name}"
    sheet = Sheet(
        _("End the appointment"), page_url("orgs:person", held.person_id), _("End the appointment"), subtitle=words,
        crumbs=_crumbs(held.person), kind="stern",
    )  # fmt: skip
    form = form_of(EndForm, request, initial={"until": held.until or local_day(now)})
    return sheet_page(request, sheet, form, save, told=_("The appointment ends on that day."))


@door(OrgsPermission.FORGET_PERSON)
@require_http_methods(["GET", "POST"])
def person_forget(request: Request, person_id: int) -> HttpResponse:
    """Destroy a person's data in two steps: type the name and say why; then see once more what goes, and confirm."""
    person, now = person_to_forget(person_id, request.actor), timezone.now()
    name, reason = request.POST.get("name", "").strip(), request.POST.get("reason", "").strip()
    context: dict[str, Any] = {
        "person": person,
        "objections": objections_to_forgetting(person, now=now),
        "crumbs": _crumbs(person),
        "name": name,
        "reason": reason,
    }
    if request.method == "GET":
        return render(request, "orgs/person_forget.html", context)
    try:
        if "token" not in request.POST:
            token = _first_step(person, name, reason, context["objections"])
            return render(request, "orgs/person_forget.html", context | {"token": token})
        name, reason = _second_step(person, request.POST["token"])
        forget_person(person.pk, name=name, reason=reason, actor=request.actor, now=now)
    except Refusal as refusal:
        return render(request, "orgs/person_forget.html", context | {"refusal": refusal}, status=STATUS)
    return onward(request, "orgs:person", person.pk)


def _first_step(person: Person, name: str, reason: str, objections: Sequence[Refusal]) -> str:
    """Return what the second step brings back: it holds for ten minutes, for this person, name and reason."""
    if objections:
        raise objections[0]
    if name != person.name:
        raise Invalid("person:name-does-not-match", field="name")
    if not reason:
        raise Invalid("person:reason-missing", field="reason")
    return signing.dumps([person.pk, name, reason], salt=SALT, compress=True)


def _second_step(person: Person, token: str) -> tuple[str, str]:
    try:
        number, name, reason = signing.loads(token, salt=SALT, max_age=MINUTES * 60)
    except signing.BadSignature:
        raise Conflict("person:confirm-again", minutes=MINUTES) from None
    if number != person.pk:
        raise Conflict("person:confirm-again", minutes=MINUTES)
    return name, reason
