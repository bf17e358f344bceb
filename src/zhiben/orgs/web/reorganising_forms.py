"""The three forms of a reorganisation, each read into a plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zhiben.kernel.actor import Actor
from zhiben.orgs.domain.kinds import RANK, REGIONS, UnitKind
from zhiben.orgs.domain.reorganising import Plan, Receiver, ReorganisationKind
from zhiben.orgs.models import Unit
from zhiben.orgs.web.choosing import ChosenField, units_found_by, units_named
from zhiben.orgs.web.sheets import Day

PARTS, MOST_PARTS = 3, 20  # new units that one split makes: unless asked otherwise, and at most
MOST = 400  # units shown one by one
STAYS = ""


class ReorganisationForm(forms.Form):
    """What every reorganisation says: from when, and by whose decision."""

    on = Day(
        label=pgettext_lazy("reorganisation", "From which day"),
        help_text=_("A day to come is waited for; a past one restates the months since, and the figures say so."),
    )
    reason = forms.CharField(
        label=_("The decision it carries out"), max_length=300, required=False,
        help_text=_("For example the number of the approval."),
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Unit, actor: Actor, parts: int = PARTS, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.unit, self.actor, self.parts = unit, actor, parts
        self.fields |= self.asked()
        last = [name for name in ("share", "on", "reason") if name in self.fields]
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def asked(self) -> dict[str, forms.Field]:
        """Return the fields of this kind of reorganisation."""
        raise NotImplementedError

    def plan(self) -> Plan:
        """Return what was asked for, once the form is valid."""
        raise NotImplementedError

    def _chosen(self, label: Any, kinds: tuple[UnitKind, ...], **facts: Any) -> ChosenField:
        return ChosenField(label=label, find=units_found_by(self.actor, kinds), name_of=units_named, **facts)

    def _new(self, number: int | None = None, *, required: bool = False) -> dict[str, forms.Field]:
        tail = "" if number is None else f"_{number}"
        which = {"number": "" if number is None else f" {number}"}
        name = forms.CharField(label=gettext("New unit%(number)s: name") % which, max_length=200, required=required)
        code = forms.CharField(
            label=gettext("New unit%(number)s: division code") % which, max_length=12, required=False
        )
        return {f"name{tail}": name, f"code{tail}": code}

    def _receiver(self, tail: str = "") -> Receiver:
        return Receiver(
            kind=self.unit.kind, name=self.cleaned_data[f"name{tail}"],
            division_code=self.cleaned_data[f"code{tail}"].strip(), parent=self.unit.parent_id,
        )  # fmt: skip


class MoveForm(ReorganisationForm):
    """The unit hangs on another parent."""

    def asked(self) -> dict[str, forms.Field]:
        """Ask for the new parent."""
        higher = tuple(kind for kind in REGIONS if RANK[kind] < RANK[UnitKind(self.unit.kind)])
        return {"parent": self._chosen(_("Hang it on"), higher)}

    def plan(self) -> Plan:
        """Return the move."""
        receiver = Receiver(unit=self.cleaned_data["parent"])
        return Plan(ReorganisationKind.MOVE, (receiver,), moves=((self.unit.pk, 0),))


class MergeForm(ReorganisationForm):
    """The unit ends, others perhaps with it; one goes on, or a new one is made."""

    def asked(self) -> dict[str, forms.Field]:
        """Ask who ends besides, and who goes on."""
        same = (UnitKind(self.unit.kind),)
        return {
            "others": self._chosen(
                _("Which units merge with it"), same, several=True, required=False,
                help_text=_("All of them end, except the one that goes on below."),
            ),
            "into": self._chosen(
                _("Which unit goes on"), same, required=False,
                help_text=_("It takes in all that hangs on the others. Left empty: the new unit named below."),
            ),
            **self._new(),
        }  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        """Ask for just one unit that goes on, and for somebody to merge."""
        given = super().clean() or {}
        if bool(given.get("into")) == bool(given.get("name")):
            self.add_error("into", _("Choose a unit that goes on, or name a new one: one of the two."))
        elif not self._ending(given):
            self.add_error("others", _("Choose at least one unit to merge with."))
        return given

    def _ending(self, given: dict[str, Any]) -> list[int]:
        ends = [self.unit.pk, *given.get("others", [])]
        return [number for number in dict.fromkeys(ends) if number != given.get("into")]

    def plan(self) -> Plan:
        """Return the merger."""
        into = self.cleaned_data["into"]
        receiver = Receiver(unit=into) if into else self._receiver()
        ends = tuple((number, 0) for number in self._ending(self.cleaned_data))
        return Plan(ReorganisationKind.MERGE, (receiver,), ends=ends)


class SplitForm(ReorganisationForm):
    """Parts of the unit go to new units or an existing one; the rest stays, or the unit ends."""

    share = forms.BooleanField(
        label=_("Who looks after this unit looks after the new ones too, until their roles are changed"),
        required=False, initial=True,
    )  # fmt: skip

    def asked(self) -> dict[str, forms.Field]:
        """Ask for the new units, and for each unit below where it goes."""
        found: dict[str, forms.Field] = {}
        for number in range(1, self.parts + 1):
            found |= self._new(number)
        found["into"] = self._chosen(
            _("An existing unit that takes some in"), (UnitKind(self.unit.kind),), required=False
        )
        offered = [
            (str(number), gettext("New unit %(number)s") % {"number": number}) for number in range(1, self.parts + 1)
        ]
        offered.append(("into", gettext("The existing unit")))
        stays = (STAYS, gettext("Stays with %(unit)s") % {"unit": self.unit.name})
        for child in self.below():
            found[f"child_{child.pk}"] = forms.ChoiceField(label=child.name, choices=[stays, *offered], required=False)
        found["rest"] = forms.ChoiceField(
            label=_("Everything that is not named above, and its own records"), required=False,
            choices=[stays, *((key, gettext("%(unit)s; the old unit ends") % {"unit": words}) for key, words in offered)],
        )  # fmt: skip
        return found

    def below(self) -> list[Unit]:
        """Return the units directly below, regions first."""
        return list(
            self.unit.children.filter(until=None).order_by("enterprise_id", "division_code", "name", "pk")[:MOST]
        )

    def clean(self) -> dict[str, Any] | None:
        """Ask for a name wherever something goes, and for something that goes."""
        given = super().clean() or {}
        wanted = self._wanted(given)
        if not wanted:
            self.add_error("rest", _("Choose for at least one unit where it goes."))
        for key in wanted:
            field = "into" if key == "into" else f"name_{key}"
            if not given.get(field):
                self.add_error(field, _("Something shall go there: name it."))
        return given

    def _wanted(self, given: dict[str, Any]) -> list[str]:
        chosen = [value for name, value in given.items() if name.startswith("child_")] + [given.get("rest", "")]
        return sorted({key for key in chosen if key})

    def plan(self) -> Plan:
        """Return the split."""
        given = self.cleaned_data
        keys = self._wanted(given)
        places = {key: at for at, key in enumerate(keys)}
        receivers = tuple(Receiver(unit=given["into"]) if key == "into" else self._receiver(f"_{key}") for key in keys)
        rest = given["rest"]
        moves = tuple(
            (int(name.removeprefix("child_")), places[key])
            for name, key in given.items()
            if name.startswith("child_") and key
        )
        new = [at for key, at in places.items() if key not in {"into", rest}]
        return Plan(
            ReorganisationKind.SPLIT, receivers, moves=moves,
            ends=((self.unit.pk, places[rest]),) if rest else (),
            shares=tuple((self.unit.pk, at) for at in new) if given["share"] else (),
        )  # fmt: skip


FORMS: dict[ReorganisationKind, type[ReorganisationForm]] = {
    ReorganisationKind.MOVE: MoveForm,
    ReorganisationKind.MERGE: MergeForm,
    ReorganisationKind.SPLIT: SplitForm,
}
