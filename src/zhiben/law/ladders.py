"""Templates of the ladder letter, circular, interview, exposure: where a region starts its own rules from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.law import store


@dataclass(frozen=True, slots=True)
class LadderTemplate:
    """A template: its numbers as rules are written (`body`), and whether they are still to be checked."""

    name: str
    title: Bilingual
    note: Bilingual
    verify: bool
    body: Mapping[str, Any]


@cache
def ladder_templates() -> Mapping[str, LadderTemplate]:
    """Return the shipped templates by name."""
    return {name: _read(name, pack) for name, pack in store.documents("ladders").items()}


def ladder_template(name: str) -> LadderTemplate:
    """Return a template; refuse an unknown name."""
    try:
        return ladder_templates()[name]
    except KeyError:
        raise NotFound("ladder:no-template", name=name, near=sorted(ladder_templates())) from None


def _read(name: str, pack: store.Document) -> LadderTemplate:
    body = {key: pack[key] for key in ("rungs", "progress_days", "stop_holds")}
    return LadderTemplate(name, Bilingual.of(pack["title"]), Bilingual.of(pack["note"]), pack["verify"], body)
