"""The rubric of every refusal: what happened, why, what to do now."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Sentences:
    """The rubric of every refusal; facts of the refusal may be named in it as `%(name)s`."""

    what: Text
    why: Text
    do: Text

    def told(self, facts: dict[str, object]) -> "Sentences":
        """Return the sentences with the facts put in."""
        known = _Facts({name: _shown(value) for name, value in facts.items()})
        return Sentences(*(str(text) % known for text in (self.what, self.why, self.do)))

    def line(self) -> str:
        """Return all three as one line, with the marks of the language."""
        return gettext("%(what)s: %(why)s %(do)s") % {"what": self.what, "why": self.why, "do": self.do}


def _shown(value: object) -> str:
    """Write a fact out; a list as people write lists."""
    if isinstance(value, list | tuple):
        return ("、" if (get_language() or "").startswith("zh") else ", ").join(map(str, value))
    return str(value)


class _Facts(dict[str, str]):
    """A fact that a refusal did not bring is a dash, never a second error."""

    def __missing__(self, name: str) -> str:
        return "–"


def step(why: Text, do: Text) -> Sentences:
    """Refuse a step of the loop."""
    return Sentences(_("This step cannot be taken now"), why, do)


def lacking(why: Text, do: Text) -> Sentences:
    """Refuse a form that lacks something."""
    return Sentences(_("Something is still missing"), why, do)


def unfit(why: Text, do: Text) -> Sentences:
    """Refuse a value that does not fit."""
    return Sentences(_("This could not be accepted"), why, do)
