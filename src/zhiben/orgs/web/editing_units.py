"""Adding to the tree and changing it: units, departments, jurisdictions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from zhiben.kernel.actor import Actor
from zhiben.kernel.periods import local_day
from zhiben.law.matters import matters
from zhiben.orgs.domain.kinds import RANK, REGIONS, UnitKind
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url
from zhiben.orgs.models import Department, Jurisdiction, Unit
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.listing import department_for, jurisdiction_for, jurisdictions_for
from zhiben.orgs.selectors.units import unit_place
from zhiben.orgs.services.people import (
    DepartmentFacts,
    add_department,
    department_to_edit,
    edit_department,
    edit_jurisdiction,
    set_jurisdiction,
)
from zhiben.orgs.services.units import add_unit, end_unit, unit_to_build_on, unit_to_edit
from zhiben.orgs.web.choosing import ChosenField, units_found_by, units_named
from zhiben.orgs.web.sheets import Day, Sheet, form_of, sheet_page
from zhiben.orgs.web.words import KINDS

MOST = 200


def unit_crumbs(unit: Unit) -> Sequence[tuple[str, str]]:
    """Return the way back to a unit."""
    return [(str(_("Units")), page_url("orgs:units")), (unit.name, page_url("orgs:unit", unit.pk))]


class UnitForm(forms.Form):
    """A unit below another one."""

    kind = forms.ChoiceField(label=_("Kind"))
    name = forms.CharField(label=_("Name"), max_length=200)
    division_code = forms.CharField(
        label=_("Division code"), max_length=12, required=False,
        help_text=_("Only for regions that have one; 2 to 12 digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    since = Day(label=pgettext_lazy("day", "From"), required=False, help_text=_("Left empty: from today"))

    def __init__(self, *args: Any, parent: Unit, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["kind"].choices = [(str(kind), KINDS[kind]) for kind in kinds_below(parent)]  # type: ignore[attr-defined]
        if parent.enterprise_id is not None:
            del self.fields["division_code"]


def kinds_below(parent: Unit) -> list[UnitKind]:
    """Return the kinds of units that may be added below a unit: regions in regions, workshops and posts in sites."""
    inside = parent.enterprise_id is not None
    lower = [kind for kind in UnitKind if RANK[kind] > RANK[UnitKind(parent.kind)]]
    return [kind for kind in lower if kind is not UnitKind.SITE and (kind in REGIONS) != inside]


@door(OrgsPermission.VIEW_UNIT)
@require_http_methods(["GET", "POST"])
def unit_new(request: Request, unit_id: int) -> HttpResponse:
    """Add a unit below another one."""
    parent = unit_to_build_on(unit_id, request.actor)

    def save(given: dict[str, Any]) -> HttpResponse:
        made = add_unit(
            parent.pk, UnitKind(given["kind"]), given["name"], division_code=given.get("division_code", ""),
            since=given["since"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip
        return onward(request, "orgs:unit", made.pk)

    back = page_url("orgs:unit", parent.pk)
    sheet = Sheet(_("Add a unit"), back, _("Add"), subtitle=parent.name, crumbs=unit_crumbs(parent))
    return sheet_page(request, sheet, form_of(UnitForm, request, parent=parent), save, told=_("The unit was added."))


class EndForm(forms.Form):
    """The day from which something no longer holds."""

    until = Day(label=_("The first day on which it no longer holds"))


@door(OrgsPermission.VIEW_UNIT)
@require_http_methods(["GET", "POST"])
def unit_end(request: Request, unit_id: int) -> HttpResponse:
    """Let a unit stand no longer from a day on."""
    unit = unit_to_build_on(unit_id, request.actor)
    now = timezone.now()

    def save(given: dict[str, Any]) -> HttpResponse:
        end_unit(unit.pk, until=given["until"], actor=request.actor, now=now)
        return onward(request, "orgs:unit", unit.pk)

    note = _("Its records stay with it and can still be found. To hand them on to another unit, merge it instead.")
    sheet = Sheet(
        _("End the unit"), page_url("orgs:unit", unit.pk), _("End the unit"), subtitle=unit.name,
        crumbs=unit_crumbs(unit), note=note, kind="stern",
    )  # fmt: skip
    form = form_of(EndForm, request, initial={"until": local_day(now)})
    return sheet_page(request, sheet, form, save, told=_("The unit ends on that day."))


class DepartmentForm(forms.Form):
    """A supervising department."""

    name = forms.CharField(label=_("Name"), max_length=200)
    matters = forms.MultipleChoiceField(
        label=_("Matters it answers for"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: the general one, for what no other department answers for."),
    )  # fmt: skip
    parent = forms.TypedChoiceField(label=_("Department above"), required=False, coerce=int, empty_value=None)
    until = Day(label=pgettext_lazy("day", "Until"), required=False, help_text=_("The first day it no longer stands"))

    def __init__(self, *args: Any, unit: Unit, besides: int | None = None, **facts: Any) -> None:
        super().__init__(*args, **facts)
        language = get_language() or "zh-hans"
        self.fields["matters"].choices = [(slug, one.title(language)) for slug, one in matters().items()]  # type: ignore[attr-defined]
        above = [("", _("none")), *((str(one.pk), one.name) for one in _departments_above(unit, besides))]
        self.fields["parent"].choices = above  # type: ignore[attr-defined]
        if besides is None:
            del self.fields["until"]


def _departments_above(unit: Unit, besides: int | None) -> list[Department]:
    """Return departments of the unit and of those above it."""
    parts = unit.path.strip("/").split("/")
    paths = ["/" + "/".join(parts[:length]) + "/" for length in range(1, len(parts) + 1)]
    return list(Department.objects.filter(path__in=paths).exclude(pk=besides or 0).order_by("path", "name")[:MOST])


@door(OrgsPermission.EDIT_UNIT)
@require_http_methods(["GET", "POST"])
def department_new(request: Request, unit_id: int) -> HttpResponse:
    """Enter a supervising department at home in a unit."""
    unit = unit_to_edit(unit_id, request.actor)

    def save(given: dict[str, Any]) -> HttpResponse:
        made = add_department(
            unit.pk, given["name"], matters=given["matters"], parent_id=given["parent"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
        return onward(request, "orgs:department", made.pk)

    back = page_url("orgs:unit", unit.pk)
    sheet = Sheet(_("Add a department"), back, _("Add"), subtitle=unit.name, crumbs=unit_crumbs(unit))
    form = form_of(DepartmentForm, request, unit=unit)
    return sheet_page(request, sheet, form, save, told=_("The department was entered."))


@door(OrgsPermission.VIEW_UNIT)
@require_GET
def department_page(request: Request, department_id: int) -> HttpResponse:
    """Show a department: its home, its matters, its people."""
    found = department_for(request.actor, department_id)
    known = matters()
    context = {
        "department": found,
        "matters": [known[slug].title if slug in known else slug for slug in found.matters],
        "people": list(found.people.order_by("name", "pk")[:MOST]),
        "may_edit": request.actor.may(OrgsPermission.EDIT_UNIT, unit_place(found.unit)),
    }
    return render(request, "orgs/department.html", context)


@door(OrgsPermission.EDIT_UNIT)
@require_http_methods(["GET", "POST"])
def department_edit(request: Request, department_id: int) -> HttpResponse:
    """Correct a department."""
    found = department_to_edit(department_id, request.actor)

    def save(given: dict[str, Any]) -> HttpResponse:
        facts = DepartmentFacts(given["name"], tuple(given["matters"]), given["parent"], given["until"])
        edit_department(found.pk, facts, actor=request.actor, now=timezone.now())
        return onward(request, "orgs:department", found.pk)

    initial = {"name": found.name, "matters": found.matters, "parent": found.parent_id or "", "until": found.until}
    form = form_of(DepartmentForm, request, unit=found.unit, besides=found.pk, initial=initial)
    back = page_url("orgs:department", found.pk)
    sheet = Sheet(_("Edit the department"), back, _("Save"), subtitle=found.name, crumbs=unit_crumbs(found.unit))
    return sheet_page(request, sheet, form, save, told=_("The department was corrected."))


class JurisdictionForm(forms.Form):
    """A named set of subtrees."""

    name = forms.CharField(label=_("Name"), max_length=200)
    since = Day(label=pgettext_lazy("day", "From"), required=False)
    until = Day(label=pgettext_lazy("day", "Until"), required=False, help_text=_("The first day it no longer holds"))

    def __init__(self, *args: Any, actor: Actor, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["units"] = ChosenField(
            label=pgettext_lazy("chosen", "Units"), find=units_found_by(actor), name_of=units_named, several=True,
            help_text=_("Each with all that lies below it; they may lie in different townships."),
        )  # fmt: skip


@door(OrgsPermission.VIEW_UNIT)
@require_GET
def jurisdiction_list(request: Request) -> HttpResponse:
    """Show the named sets of subtrees kept inside the actor's reach."""
    rows = jurisdictions_for(request.actor, request.GET.get("q", ""), limit=MOST)
    context = {
        "rows": rows,
        "may_edit": request.actor.has(OrgsPermission.EDIT_UNIT),
        "today": local_day(timezone.now()),
    }
    return render(request, "orgs/jurisdictions.html", context)


@door(OrgsPermission.EDIT_UNIT)
@require_http_methods(["GET", "POST"])
def jurisdiction_new(request: Request, unit_id: int) -> HttpResponse:
    """Lay down a named set of subtrees, kept by a unit."""
    keeper = unit_to_edit(unit_id, request.actor)

    def save(given: dict[str, Any]) -> HttpResponse:
        set_jurisdiction(
            keeper.pk, given["name"], given["units"], since=given["since"], until=given["until"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
        return onward(request, "orgs:jurisdictions")

    back = page_url("orgs:unit", keeper.pk)
    sheet = Sheet(_("Lay down a jurisdiction"), back, _("Save"), subtitle=keeper.name, crumbs=unit_crumbs(keeper))
    form = form_of(JurisdictionForm, request, actor=request.actor)
    return sheet_page(request, sheet, form, save, told=_("The jurisdiction was laid down."))


@door(OrgsPermission.EDIT_UNIT)
@require_http_methods(["GET", "POST"])
def jurisdiction_edit(request: Request, zone_id: int) -> HttpResponse:
    """Change which units a jurisdiction holds, what it is called and until when it stands."""
    zone: Jurisdiction = jurisdiction_for(request.actor, zone_id)
    unit_to_edit(zone.unit_id, request.actor)

    def save(given: dict[str, Any]) -> HttpResponse:
        edit_jurisdiction(
            zone.pk, given["name"], given["units"], until=given["until"], actor=request.actor, now=timezone.now()
        )
        return onward(request, "orgs:jurisdictions")

    initial = {"name": zone.name, "until": zone.until, "units": list(zone.units.values_list("pk", flat=True))}
    form = form_of(JurisdictionForm, request, actor=request.actor, initial=initial)
    del form.fields["since"]
    crumbs = [(str(_("Jurisdictions")), page_url("orgs:jurisdictions"))]
    note = _("Grants in this jurisdiction reach just the units chosen here, from this moment on.")
    sheet = Sheet(
        _("Edit the jurisdiction"),
        page_url("orgs:jurisdictions"),
        _("Save"),
        subtitle=zone.name,
        crumbs=crumbs,
        note=note,
    )
    return sheet_page(request, sheet, form, save, told=_("The jurisdiction was changed."))
