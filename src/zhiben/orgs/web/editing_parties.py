"""Entering and correcting enterprises, their sites and who works on them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from zhiben.kernel.actor import Actor
from zhiben.kernel.periods import local_day
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.domain.kinds import EngagementRole
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url
from zhiben.orgs.models import Enterprise
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.listing import engagement_to_end, site_to_edit
from zhiben.orgs.selectors.parties import sites_of
from zhiben.orgs.services.parties import (
    EnterpriseFacts,
    NewEnterprise,
    add_site,
    edit_enterprise,
    edit_site,
    end_engagement,
    engage,
    enterprise_to_edit,
    register_enterprise,
)
from zhiben.orgs.web.choosing import (
    ChosenField,
    enterprises_named,
    parties_found_by,
    regions_found,
    units_found_by,
    units_named,
)
from zhiben.orgs.web.editing_units import EndForm
from zhiben.orgs.web.sheets import Day, Sheet, form_of, sheet_page
from zhiben.orgs.web.words import ENGAGED, industry_choices


def enterprise_crumbs(enterprise: Enterprise) -> Sequence[tuple[str, str]]:
    """Return the way back to an enterprise."""
    list_url = page_url("orgs:enterprises")
    return [(str(_("Enterprises")), list_url), (enterprise.name, page_url("orgs:enterprise", enterprise.pk))]


class EnterpriseForm(forms.Form):
    """What is known of an enterprise."""

    name = forms.CharField(label=_("Name"), max_length=200)
    credit_code = forms.CharField(label=_("Credit code"), max_length=18, required=False)
    industry = forms.ChoiceField(label=_("Main industry"), required=False)
    industries = forms.MultipleChoiceField(
        label=_("Other industries"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("All that are carried on; they decide which standards are judged."),
    )  # fmt: skip
    employees = forms.IntegerField(label=_("Employees"), required=False, min_value=0, max_value=10_000_000)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        language = get_language() or "zh-hans"
        known = [(slug, name(language)) for slug, name in industry_choices()]
        self.fields["industry"].choices = [("", _("not known")), *known]  # type: ignore[attr-defined]
        self.fields["industries"].choices = known  # type: ignore[attr-defined]

    @property
    def industries_given(self) -> tuple[str, ...]:
        """Return the industries, the main one first."""
        given = [self.cleaned_data["industry"], *self.cleaned_data["industries"]]
        return tuple(dict.fromkeys(slug for slug in given if slug))


class NewEnterpriseForm(EnterpriseForm):
    """An enterprise with its registered site."""

    address = forms.CharField(label=_("Address of the registered site"), max_length=300, required=False)

    def __init__(self, *args: Any, actor: Actor, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["unit"] = ChosenField(
            label=_("Township or village where it is registered"), find=units_found_by(actor), name_of=units_named
        )
        self.order_fields(["name", "credit_code", "unit", "address"])


@door(OrgsPermission.EDIT_ENTERPRISE)
@require_http_methods(["GET", "POST"])
def enterprise_new(request: Request) -> HttpResponse:
    """Enter an enterprise with its registered site."""
    form = form_of(NewEnterpriseForm, request, actor=request.actor)

    def save(given: dict[str, Any]) -> HttpResponse:
        new = NewEnterprise(
            given["name"], given["unit"], given["credit_code"], form.industries_given,
            given["employees"], given["address"],
        )  # fmt: skip
        made = register_enterprise(new, actor=request.actor, now=timezone.now())
        return onward(request, "orgs:enterprise", made.pk)

    back = page_url("orgs:enterprises")
    sheet = Sheet(_("Enter an enterprise"), back, _("Enter"), crumbs=[(str(_("Enterprises")), back)])
    return sheet_page(request, sheet, form, save, told=_("The enterprise was entered."))


@door(OrgsPermission.EDIT_ENTERPRISE)
@require_http_methods(["GET", "POST"])
def enterprise_edit(request: Request, enterprise_id: int) -> HttpResponse:
    """Correct what is known of an enterprise."""
    one = enterprise_to_edit(enterprise_id, request.actor)
    initial = {
        "name": one.name, "credit_code": one.credit_code or "", "industry": one.industry,
        "industries": slugs_of(one.industries_mask), "employees": one.employees,
    }  # fmt: skip
    form = form_of(EnterpriseForm, request, initial=initial)

    def save(given: dict[str, Any]) -> HttpResponse:
        facts = EnterpriseFacts(
            given["name"],
            given["credit_code"] or None,
            form.industries_given,
            given["employees"],
        )
        edit_enterprise(one.pk, facts, actor=request.actor, now=timezone.now())
        return onward(request, "orgs:enterprise", one.pk)

    back = page_url("orgs:enterprise", one.pk)
    sheet = Sheet(_("Edit the enterprise"), back, _("Save"), subtitle=one.name, crumbs=enterprise_crumbs(one))
    return sheet_page(request, sheet, form, save, told=_("The enterprise was corrected."))


class SiteForm(forms.Form):
    """A site of an enterprise."""

    name = forms.CharField(label=_("Name of the site"), max_length=200)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)


class NewSiteForm(SiteForm):
    """One more site, on a region."""

    since = Day(label=pgettext_lazy("day", "From"), required=False)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["unit"] = ChosenField(label=_("Township or village"), find=regions_found, name_of=units_named)


@door(OrgsPermission.EDIT_ENTERPRISE)
@require_http_methods(["GET", "POST"])
def site_new(request: Request, enterprise_id: int) -> HttpResponse:
    """Give an enterprise one more site."""
    one = enterprise_to_edit(enterprise_id, request.actor)

    def save(given: dict[str, Any]) -> HttpResponse:
        add_site(
            one.pk, given["unit"], given["name"], address=given["address"], since=given["since"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
        return onward(request, "orgs:enterprise", one.pk)

    back = page_url("orgs:enterprise", one.pk)
    sheet = Sheet(_("Add a site"), back, _("Add"), subtitle=one.name, crumbs=enterprise_crumbs(one))
    return sheet_page(request, sheet, form_of(NewSiteForm, request), save, told=_("The site was added."))


@door(OrgsPermission.EDIT_ENTERPRISE)
@require_http_methods(["GET", "POST"])
def site_edit(request: Request, unit_id: int) -> HttpResponse:
    """Correct the name and address of a site."""
    site = site_to_edit(request.actor, unit_id)

    def save(given: dict[str, Any]) -> HttpResponse:
        edit_site(site.pk, name=given["name"], address=given["address"], actor=request.actor, now=timezone.now())
        return onward(request, "orgs:unit", site.pk)

    back = page_url("orgs:unit", site.pk)
    sheet = Sheet(_("Edit the site"), back, _("Save"), subtitle=site.name, crumbs=[(site.name, back)])
    form = form_of(SiteForm, request, initial={"name": site.name, "address": site.address})
    return sheet_page(request, sheet, form, save, told=_("The site was corrected."))


class EngagementForm(forms.Form):
    """A party at work on a site of this enterprise."""

    site = forms.TypedChoiceField(label=_("Site"), coerce=int)
    role = forms.ChoiceField(label=_("As"), choices=list(ENGAGED.items()), widget=forms.RadioSelect)
    since = Day(label=pgettext_lazy("day", "From"))
    until = Day(label=pgettext_lazy("day", "Until"), required=False, help_text=_("Left empty: open"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, host: Enterprise, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["site"].choices = [(site.pk, site.name) for site in sites_of(host)]  # type: ignore[attr-defined]
        self.fields["party"] = ChosenField(
            label=_("Party"), find=parties_found_by(actor, host.pk), name_of=enterprises_named,
            placeholder=_("Name, or the whole credit code"),
            help_text=_("A party from elsewhere is found by its whole credit code."),
        )  # fmt: skip
        self.order_fields(["party"])


@door(OrgsPermission.EDIT_ENTERPRISE)
@require_http_methods(["GET", "POST"])
def engagement_new(request: Request, enterprise_id: int) -> HttpResponse:
    """Put a contractor, tenant or project on a site of this enterprise."""
    host, now = enterprise_to_edit(enterprise_id, request.actor), timezone.now()

    def save(given: dict[str, Any]) -> HttpResponse:
        engage(
            given["party"], given["site"], EngagementRole(given["role"]), since=given["since"], until=given["until"],
            note=given["note"], actor=request.actor, now=now,
        )  # fmt: skip
        return onward(request, "orgs:enterprise", host.pk)

    back = page_url("orgs:enterprise", host.pk)
    sheet = Sheet(_("Enter an engagement"), back, _("Enter"), subtitle=host.name, crumbs=enterprise_crumbs(host))
    form = form_of(EngagementForm, request, actor=request.actor, host=host, initial={"since": local_day(now)})
    return sheet_page(request, sheet, form, save, told=_("The engagement was entered."))


@door(OrgsPermission.EDIT_ENTERPRISE)
@require_http_methods(["GET", "POST"])
def engagement_end(request: Request, engagement_id: int) -> HttpResponse:
    """Let an engagement end on a day."""
    one, now = engagement_to_end(request.actor, engagement_id), timezone.now()
    host = one.site.enterprise

    def save(given: dict[str, Any]) -> HttpResponse:
        end_engagement(one.pk, until=given["until"], actor=request.actor, now=now)
        return onward(request, "orgs:enterprise", one.site.enterprise_id)

    back = page_url("orgs:enterprise", one.site.enterprise_id)
    sheet = Sheet(
        _("End the engagement"), back, _("End the engagement"), subtitle=f"{one.party.name} · {one.site.name}",
        crumbs=enterprise_crumbs(host) if host else (), kind="stern",
        note=_("From that day on host and party no longer see each other's pages; hidden dangers keep their responsible party."),
    )  # fmt: skip
    form = form_of(EndForm, request, initial={"until": one.until or local_day(now)})
    return sheet_page(request, sheet, form, save, told=_("The engagement ends on that day."))
