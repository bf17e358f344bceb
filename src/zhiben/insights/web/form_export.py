"""A form as rows of a table: the whole first, then each unit below, as the page shows them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language

from zhiben.insights.domain.form_cells import FILLED_IN, MEANINGS, FormCell, said
from zhiben.insights.forms import OWN, FormRow, form_of
from zhiben.insights.locked import answers_to, rows_of, versions_of
from zhiben.insights.web.dashboard import part_named
from zhiben.insights.web.forms import chosen, cycle_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual


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
