"""Roles as data: made, changed and removed; the end of a grant set."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url
from zhiben.orgs.models import Role
from zhiben.orgs.permissions import OrgsPermission, label_of
from zhiben.orgs.selectors.listing import grant_for
from zhiben.orgs.services.roles import (
    edit_role,
    end_grant,
    grantable_permissions,
    make_role,
    remove_role,
    role_to_edit,
)
from zhiben.orgs.web.sheets import Day, Sheet, form_of, sheet_page


class RoleForm(forms.Form):
    """A named set of permissions."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=100)
    permissions = forms.MultipleChoiceField(
        label=_("Permits"), widget=forms.CheckboxSelectMultiple,
        help_text=_("What system administration, security administration and audit keep to themselves is not offered."),
    )  # fmt: skip

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        language = get_language() or "zh-hans"
        offered = [(slug, label_of(slug)(language)) for slug in grantable_permissions()]
        self.fields["permissions"].choices = offered  # type: ignore[attr-defined]


def _sheet(title: Any, button: Any, role: Role | None = None) -> Sheet:
    back = page_url("orgs:roles")
    note = _("Who holds the role may do more or less from the moment you save.") if role else ""
    crumbs = [(str(_("Roles and grants")), page_url("orgs:grants")), (str(_("Roles")), back)]
    return Sheet(title, back, button, subtitle=role.name_zh if role else "", crumbs=crumbs, note=note)


@door(OrgsPermission.GRANT_ROLE)
@require_http_methods(["GET", "POST"])
def role_new(request: Request) -> HttpResponse:
    """Make a role of one's own."""

    def save(given: dict[str, Any]) -> HttpResponse:
        make_role(given["name_zh"], given["name_en"], given["permissions"], actor=request.actor, now=timezone.now())
        return onward(request, "orgs:roles")

    base = Role.objects.filter(slug=request.GET.get("like", "")).first()
    initial = {"permissions": base.permissions} if base else {}
    form = form_of(RoleForm, request, initial=initial)
    return sheet_page(request, _sheet(_("Make a role"), _("Make the role")), form, save, told=_("The role was made."))


@door(OrgsPermission.GRANT_ROLE)
@require_http_methods(["GET", "POST"])
def role_edit(request: Request, role_id: int) -> HttpResponse:
    """Change what an own role is called and permits."""
    role = role_to_edit(role_id, request.actor)

    def save(given: dict[str, Any]) -> HttpResponse:
        edit_role(
            role.pk, given["name_zh"], given["name_en"], given["permissions"], actor=request.actor, now=timezone.now()
        )
        return onward(request, "orgs:roles")

    initial = {"name_zh": role.name_zh, "name_en": role.name_en, "permissions": role.permissions}
    sheet = _sheet(_("Edit the role"), _("Save"), role)
    return sheet_page(
        request, sheet, form_of(RoleForm, request, initial=initial), save, told=_("The role was changed.")
    )


@door(OrgsPermission.GRANT_ROLE)
@require_POST
def role_remove(request: Request, role_id: int) -> HttpResponse:
    """Remove an own role that nobody holds."""
    remove_role(role_id, actor=request.actor, now=timezone.now())
    messages.success(request, gettext("The role was removed."))
    return onward(request, "orgs:roles")


class GrantEndForm(forms.Form):
    """Until when a role is held."""

    until = Day(
        label=pgettext_lazy("day", "Until"), required=False,
        help_text=_("The first day it no longer holds; left empty: open"),
    )  # fmt: skip


@door(OrgsPermission.GRANT_ROLE)
@require_http_methods(["GET", "POST"])
def grant_end(request: Request, grant_id: int) -> HttpResponse:
    """Set the day from which a role is no longer held."""
    found = grant_for(request.actor, grant_id)

    def save(given: dict[str, Any]) -> HttpResponse:
        end_grant(found.pk, until=given["until"], actor=request.actor, now=timezone.now())
        return onward(request, "orgs:account", found.account_id)

    back = page_url("orgs:account", found.account_id)
    place = found.unit or found.enterprise or found.jurisdiction
    words = f"{label_role(found.role)} · {place.name if place else ''}"
    sheet = Sheet(
        _("Set the end of the grant"), back, _("Save"), subtitle=words, crumbs=[(found.account.username, back)]
    )
    form = form_of(GrantEndForm, request, initial={"until": found.until})
    return sheet_page(request, sheet, form, save, told=_("The grant was changed."))


def label_role(role: Role) -> str:
    """Name a role in the language of the page."""
    return role.name_en if get_language() == "en" else role.name_zh
