"""A form field for one or several of what a search finds: units, enterprises."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhiben.kernel.actor import Actor
from zhiben.kernel.arguments import number
from zhiben.law.codes import normal_code
from zhiben.orgs.domain.kinds import REGIONS, UnitKind
from zhiben.orgs.models import Enterprise, Unit
from zhiben.orgs.selectors.parties import search_enterprises
from zhiben.orgs.selectors.units import search_units
from zhiben.orgs.web.words import KINDS

FOUND = 12
PART = _("Part of the name, or the code")
SITE_HOMES = (UnitKind.COUNTY, UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.GRID)


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to choose: its number, what it is called, what tells it apart."""

    number: int
    name: str
    note: str = ""


class ChosenField(forms.Field):
    """Numbers chosen among what `find` offers for a text; `name_of` names those chosen before."""

    is_choosing = True

    def __init__(
        self,
        *,
        find: Callable[[str], Sequence[Offer]],
        name_of: Callable[[Sequence[int]], Sequence[Offer]],
        several: bool = False,
        placeholder: Any = PART,
        **facts: Any,
    ) -> None:
        self.find, self.name_of, self.several, self.placeholder = find, name_of, several, placeholder
        super().__init__(widget=forms.MultipleHiddenInput, **facts)

    def clean(self, value: Any) -> Any:
        """Return a number, or for several a list of them."""
        numbers = _numbers(value)
        if self.required and not numbers:
            raise forms.ValidationError(_("Search, then choose."), code="required")
        return numbers if self.several else (numbers[0] if numbers else None)


def _numbers(value: Any) -> list[int]:
    values = value if isinstance(value, (list, tuple)) else [value]
    return [found for each in values if (found := number(str(each))) is not None]


def shown_choice(form: forms.Form, name: str) -> dict[str, Any]:
    """Return what a template shows of a choosing field: the words searched for, what is chosen, what else is found."""
    field = form.fields[name]
    assert isinstance(field, ChosenField)  # noqa: S101 -- the template asks only for these
    bound = form[name]
    chosen = list(field.name_of(_numbers(bound.value() or [])))
    text = str(form.data.get(f"{name}_find", "")).strip()
    known = {offer.number for offer in chosen}
    found = [offer for offer in field.find(text) if offer.number not in known]
    return {
        "name": name, "field": bound, "text": text, "chosen": chosen, "found": found, "several": field.several,
        "required": field.required, "placeholder": field.placeholder, "label": field.label, "help": field.help_text,
        "only": len(chosen) + len(found) == 1,
    }  # fmt: skip


def unit_offers(units: Iterable[Unit]) -> list[Offer]:
    """Return units as offers, each with its kind and what it lies in."""
    listed = list(units)
    above = {unit.pk: unit.name for unit in Unit.objects.filter(pk__in=[u.parent_id for u in listed if u.parent_id])}
    return [
        Offer(u.pk, u.name, " · ".join(filter(None, [str(KINDS[u.kind]), above.get(u.parent_id or 0)]))) for u in listed
    ]


def units_named(numbers: Sequence[int]) -> list[Offer]:
    """Return chosen units as offers."""
    return unit_offers(Unit.objects.filter(pk__in=numbers).order_by("depth", "pk"))


def regions_found(text: str) -> list[Offer]:
    """Find regions that a site can hang on. Names of regions are public, so no reach is asked."""
    if not text:
        return []
    condition = Q(name__contains=text) | (Q(division_code__startswith=text) if text.isdigit() else Q(pk__in=[]))
    rows = Unit.objects.filter(condition, kind__in=[str(kind) for kind in SITE_HOMES], enterprise=None, until=None)
    return unit_offers(rows.order_by("depth", "division_code", "pk")[:FOUND])


def units_found_by(actor: Actor, kinds: Sequence[UnitKind] = REGIONS) -> Callable[[str], list[Offer]]:
    """Return a search of the units in an actor's reach that still stand."""

    def find(text: str) -> list[Offer]:
        found = search_units(actor, text, limit=200)
        return unit_offers([unit for unit in found if unit.kind in kinds and unit.until is None][:FOUND])

    return find


def enterprise_offers(rows: Iterable[Enterprise]) -> list[Offer]:
    """Return enterprises as offers, told apart by their credit codes."""
    return [Offer(row.pk, row.name, row.credit_code or "") for row in rows]


def enterprises_named(numbers: Sequence[int]) -> list[Offer]:
    """Return chosen enterprises as offers."""
    return enterprise_offers(Enterprise.objects.filter(pk__in=numbers))


def parties_found_by(actor: Actor, besides: int) -> Callable[[str], list[Offer]]:
    """Return a search of parties: by name inside the reach, and any at all by its whole credit code."""

    def find(text: str) -> list[Offer]:
        rows = {row.pk: row for row in search_enterprises(actor, text, limit=FOUND)}
        if text:
            rows |= {row.pk: row for row in Enterprise.objects.filter(credit_code=normal_code(text))}
        rows.pop(besides, None)
        return enterprise_offers(rows.values())

    return find
