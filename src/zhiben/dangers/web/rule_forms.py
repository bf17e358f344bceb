"""The forms of a region's rules: days of the ladder, terms of listed supervision."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhiben.dangers.domain.ladder import LONGEST, LONGEST_PAUSE, Rung
from zhiben.dangers.models import RegionalRules
from zhiben.law.ladders import ladder_template
from zhiben.law.listings import DEFAULT, Authority, ListingClock, templates

LEVELS = {"general": _("general, days past the limit"), "major": _("major, days past the limit")}
TERM_FIELDS: Mapping[str, Any] = {
    "report": _("Report the listing to the office above, days after it"),
    "publish": _("Publish the listing, days after it"),
    "limit_province": _("Longest limit where a province lists"),
    "limit_city": _("Longest limit where a city lists"),
    "limit_county": _("Longest limit where a county lists"),
    "limit_town": _("Longest limit where a township lists"),
    "extension_ask": _("Ask for an extension, days before expiry"),
    "extension_answer": _("Answer it, days"),
    "review": _("Review on site, days after application"),
    "publish_removal": _("Publish the removal, days after it"),
}


class _RulesForm(forms.Form):
    basis = forms.CharField(label=_("Document of the region that sets them"), required=False, max_length=200)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def _days(label: Any, most: int, least: int = 0) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"min": least, "max": most, "inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most, widget=widget)


class LadderForm(_RulesForm):
    """Days past the limit by rung and level; an empty field: no such rung at this level."""

    progress_days = forms.IntegerField(
        label=_("Progress holds the next rung off, days"), min_value=0, max_value=LONGEST_PAUSE
    )
    stop_holds = forms.BooleanField(label=_("Days under a stop order do not count"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rung in Rung:
            for level, label in LEVELS.items():
                self.fields[f"{level}_{rung}"] = _days(label, LONGEST)

    @classmethod
    def of(cls, kept: RegionalRules | None, draft: RegionalRules | None) -> Self:
        """Fill the form from what the region has, else from the template."""
        body = kept.body if kept else ladder_template("default").body
        rungs = {f"{level}_{row['rung']}": row[level] for row in body["rungs"] for level in LEVELS}
        plain = {name: body[name] for name in ("progress_days", "stop_holds")}
        basis = kept.basis if kept else ""
        return cls(initial={**rungs, **plain, "basis": basis, "version": draft.version if draft else None})

    def template(self) -> str:
        """Return where its numbers began."""
        return "default"

    def body(self) -> dict[str, Any]:
        """Return the rules as they are written."""
        told = self.cleaned_data
        rungs = [{"rung": str(rung), **{level: told[f"{level}_{rung}"] for level in LEVELS}} for rung in Rung]
        return {"rungs": rungs, "progress_days": told["progress_days"], "stop_holds": told["stop_holds"]}


class TermsForm(_RulesForm):
    """The template adopted, and the numbers changed against it; an empty field: as the template."""

    adopted = forms.ChoiceField(label=_("Template"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh-hans"
        choices = [(name, each.title(language)) for name, each in templates().items()]
        self.fields["adopted"] = forms.ChoiceField(label=_("Template"), choices=choices)
        for name, label in TERM_FIELDS.items():
            self.fields[name] = _days(label, LONGEST, 1)

    @classmethod
    def of(cls, kept: RegionalRules | None, draft: RegionalRules | None) -> Self:
        """Fill the form from what the region has, else from the default."""
        changed = kept.body.get("changed", {}) if kept else {}
        filled = {
            f"limit_{level}" if kind == ListingClock.LIMIT else kind: value
            for kind, levels in changed.items()
            for level, value in levels.items()
        }
        first = {"adopted": kept.template if kept else DEFAULT, "basis": kept.basis if kept else ""}
        return cls(initial={**filled, **first, "version": draft.version if draft else None})

    def template(self) -> str:
        """Return the template adopted."""
        return str(self.cleaned_data["adopted"])

    def body(self) -> dict[str, Any]:
        """Return what was changed against the template, by clock and level of authority."""
        changed: dict[str, dict[str, int]] = {}
        for name in TERM_FIELDS:
            value = self.cleaned_data[name]
            kind = "limit" if name.startswith("limit_") else name
            if value is not None:
                levels = [name.removeprefix("limit_")] if kind == "limit" else [str(each) for each in Authority]
                changed.setdefault(kind, {}).update(dict.fromkeys(levels, value))
        return {"changed": changed}
