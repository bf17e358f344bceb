"""Pages with one form: shown, searched in, refused with everything typed still there, saved and led on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from zhiben.kernel.errors import Refusal
from zhiben.orgs.doors import Request
from zhiben.orgs.web.choosing import ChosenField, shown_choice

STATUS = 422
Crumb = tuple[str, str]  # words, address
F = TypeVar("F", bound=forms.Form)


@dataclass(frozen=True)
class Sheet:
    """What stands around a form."""

    title: Any
    back: str
    button: Any
    subtitle: str = ""
    crumbs: Sequence[Crumb] = ()
    note: Any = ""
    kind: str = "primary"
    extra: dict[str, Any] = field(default_factory=dict)
    template: str = "orgs/sheet.html"


def sheet_page(
    request: Request,
    sheet: Sheet,
    form: forms.Form,
    save: Callable[[dict[str, Any]], HttpResponse],
    *,
    told: Any = "",
) -> HttpResponse:
    """Answer a form's page: what is refused comes back with its reason, what is saved leads on."""
    if request.method != "POST" or "find" in request.POST:
        return _shown(request, sheet, form)
    if not form.is_valid():
        return _shown(request, sheet, form, status=STATUS)
    try:
        answer = save(form.cleaned_data)
    except Refusal as refusal:
        return _shown(request, sheet, form, refusal=refusal, status=STATUS)
    if told:
        messages.success(request, str(told))
    return answer


def form_of(kind: type[F], request: Request, **facts: Any) -> F:
    """Return a form with what was sent, or with how things stand."""
    return kind(request.POST if request.method == "POST" else None, **facts)


def _shown(
    request: Request, sheet: Sheet, form: forms.Form, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    searching = "find" in request.POST
    fields = [
        {"choice": shown_choice(form, bound.name)}
        if isinstance(bound.field, ChosenField)
        else {"bound": bound, "kind": _kind(bound)}
        for bound in form
    ]
    context = {
        "sheet": sheet, "form": form, "fields": fields, "refusal": refusal, "status": STATUS,
        "is_wrong": not searching and form.is_bound and bool(form.errors), "searching": searching, **sheet.extra,
    }  # fmt: skip
    return render(request, sheet.template, context, status=status)


def _kind(bound: forms.BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checks"
    return "radio" if isinstance(widget, forms.RadioSelect) else "plain"


class Day(forms.DateField):
    """A day typed with the browser's own control."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **facts)
