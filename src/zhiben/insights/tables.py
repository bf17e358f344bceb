"""The clearing ledger and the statutory forms as rows of a table, as their pages show them and as they are taken out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zhiben.dangers.public import Channel, Level, label
from zhiben.insights.asked import Asked, cycle_of, part_named
from zhiben.insights.domain.form_cells import FILLED_IN, MEANINGS, FormCell, said
from zhiben.insights.forms import OWN, FormRow, form_of
from zhiben.insights.ledger import By, Row
from zhiben.insights.locked import answers_to, rows_of, versions_of
from zhiben.insights.models import LockedForm
from zhiben.insights.selectors import clearing_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.law.facts import industries
from zhiben.law.matters import matters

CLEARING_COLUMNS: Sequence[tuple[str, str | Promise]] = (
    ("open_before", _("Open before")),
    ("found", _("Found")),
    ("reopened", _("Reopened")),
    ("moved_in", _("Moved in")),
    ("moved_out", _("Moved out")),
    ("signed_off", _("Signed off")),
    ("voided", _("Voided or merged")),
    ("open_after", _("Open after")),
    ("overdue", pgettext_lazy("column", "Overdue")),
)


def ledger_rows(asked: Asked) -> list[Row]:
    """Return the rows asked for; a part whose matters and industries cross has no ledger of its own."""
    return [] if asked.part.is_mixed else clearing_of(asked.part, asked.since, asked.until, by=asked.by)


def name_of(by: By, cell: Mapping[str, Any]) -> Any:
    """Return what a row is called: a name, or one in both languages."""
    if by is By.UNIT:
        return cell["name"]
    slug = str(cell[by.value])
    known: dict[By, Mapping[str, Bilingual]] = {
        By.LEVEL: {level.value: label(level) for level in Level},
        By.CHANNEL: {channel.value: label(channel) for channel in Channel},
        By.INDUSTRY: {name: one.label for name, one in industries().items()},
        By.MATTER: {name: one.title for name, one in matters().items()},
    }
    return known.get(by, {}).get(slug) or slug or Bilingual("未填", "Not given")


def form_rows(actor: Actor, query: Mapping[str, str], today: date) -> Iterator[dict[str, Any]]:
    """Give the rows of the form that an address names; what is unknown stays empty."""
    part, cycle = part_named(actor, query), cycle_of(query.get("period", ""), today)
    if part.is_mixed:
        return
    locked = chosen(versions_of(part, cycle), query.get("version", ""))
    if locked is not None:
        whole, *below = rows_of(locked)
        filled = {cell: locked.answers.get(cell, {}).get("value") for cell in FILLED_IN}
    else:
        form = form_of(part, cycle, today)
        whole, below = FormRow("*", part.name, form.total), list(form.rows)
        filled = {cell: answer.value for cell, answer in answers_to(part, cycle).items()}
    version = str(locked.version) if locked else ""
    for row in (whole, *below):
        figures: dict[FormCell, int | None] = {**row.cells, **(filled if row is whole else {})}
        own = Bilingual(f"{part.name}本级", f"{part.name} itself")
        yield {
            "name": row.name if row.key != OWN else own,
            "period": cycle.name,
            "version": version,
            "said": {cell: _value(cell, figures.get(cell)) for cell in FormCell},
        }


def _value(cell: FormCell, n: int | None) -> int | str | None:
    return said(cell, n) if cell is FormCell.FUNDS else n


def heading_of(cell: FormCell) -> Promise | str:
    """Return the heading of a cell's column, in the language of whoever asks."""
    heading: Promise | str = lazy(lambda: MEANINGS[cell].short(get_language() or "zh-hans"), str)()
    return heading


def chosen(versions: list[LockedForm], asked: str) -> LockedForm | None:
    """Return the version asked for, else the newest; `now` asks for none."""
    if asked == "now" or not versions:
        return None
    return next((one for one in versions if str(one.version) == asked), versions[0])
