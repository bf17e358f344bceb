"""What the pages of imports draw: steps, headings, rows with their problems, counts."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from zhiben.dangers.public import Channel, label
from zhiben.exchange.domain.cells import Problem
from zhiben.exchange.domain.fields import LABELS, Field
from zhiben.exchange.domain.sentences import sentence_of
from zhiben.exchange.domain.stages import Stage, Verdict
from zhiben.exchange.domain.staging import Staged
from zhiben.exchange.domain.workbook import Limits
from zhiben.exchange.models import Import
from zhiben.exchange.selectors.imports import rows_laid, staged_rows
from zhiben.kernel.bilingual import Bilingual

Words = str | Promise
STAGES: Mapping[Stage, tuple[Words, str]] = {  # words and tone
    Stage.UPLOADED: (pgettext_lazy("import", "headings to check"), "active"),
    Stage.READING: (pgettext_lazy("import", "being read"), "active"),
    Stage.PREVIEWED: (pgettext_lazy("import", "to be decided"), "active"),
    Stage.WRITING: (pgettext_lazy("import", "being written"), "active"),
    Stage.DONE: (pgettext_lazy("import", "done"), "done"),
    Stage.VOIDING: (pgettext_lazy("import", "being voided"), "late"),
    Stage.VOIDED: (pgettext_lazy("import", "voided"), "aside"),
    Stage.REFUSED: (pgettext_lazy("import", "not readable"), "late"),
}
RUNNING = frozenset({Stage.READING, Stage.WRITING, Stage.VOIDING})
WAY: tuple[Words, ...] = (
    gettext_lazy("Upload"), gettext_lazy("Headings"), gettext_lazy("Preview"), pgettext_lazy("step", "Import"),
)  # fmt: skip
STEP_OF = {Stage.UPLOADED: 1, Stage.READING: 2, Stage.PREVIEWED: 2, Stage.WRITING: 3, Stage.REFUSED: 0}
FIRST, PAGE = 50, 100  # rows of a preview without and with a filter
SHOWS = ("all", "problems", "repeated", "rejected")


def told(batch: Import) -> dict[str, Any]:
    """Return an import as lists and headers show it."""
    words, tone = STAGES[Stage(batch.stage)]
    account = batch.account
    person = account.person if account else None
    return {
        "batch": batch,
        "words": words,
        "tone": tone,
        "laid": rows_laid(batch) if batch.stage == Stage.READING else 0,
        "who": person.name if person else account.username if account else "",
        "url": reverse("exchange:import", args=[batch.pk]),
        "dangers_url": f"{reverse('dangers:list')}?batch={batch.pk}",
    }


def steps(now: int) -> list[dict[str, Any]]:
    """Return the way of an import; `now` counts from 0."""
    return [
        {"label": words, "state": "done" if at < now else "now" if at == now else "todo"}
        for at, words in enumerate(WAY)
    ]


def steps_of(stage: Stage) -> list[dict[str, Any]]:
    """Return the way of an import in a stage."""
    return steps(STEP_OF.get(stage, len(WAY)))


def channels() -> list[tuple[str, str]]:
    """Return the channels to choose from."""
    language = get_language() or "zh-hans"
    return [(str(channel), label(channel)(language)) for channel in Channel]


def limits() -> dict[str, int]:
    """Return what a workbook may have."""
    return {"megabytes": settings.FILES_MAX_BYTES // 1024 // 1024, "rows": Limits().rows}


def fields() -> list[tuple[str, Bilingual]]:
    """Return the fields a column may be taken for."""
    return [(str(field), Bilingual(*LABELS[field])) for field in Field]


def heads(batch: Import, posted: QueryDict) -> list[dict[str, Any]]:
    """Return the sheets with their headings; what was just chosen stands in place of what was recognised."""
    return [
        {
            "name": head["sheet"],
            "reason": sentence_of(head["reason"]) if head["reason"] else None,
            "columns": [
                column
                | {"name": f"column-{at}-{place}", "chosen": posted.get(f"column-{at}-{place}", _chosen(batch, column))}
                for place, column in enumerate(head["columns"])
            ],
        }
        for at, head in enumerate(batch.heads)
    ]


def _chosen(batch: Import, column: Mapping[str, Any]) -> str:
    stored: str | None = batch.mapping.get(column["key"], column["field"])
    return stored or ""


def mapping_of(batch: Import, posted: QueryDict) -> dict[str, str | None]:
    """Return the mapping as posted: every heading has its field, or none."""
    return {
        column["key"]: posted.get(f"column-{at}-{place}") or None
        for at, head in enumerate(batch.heads)
        for place, column in enumerate(head["columns"])
    }


def preview(batch: Import, query: QueryDict) -> dict[str, Any]:
    """Return the rows asked for, sheet by sheet, each problem in its cell."""
    show = query.get("show", "problems" if batch.rejected else "all")
    show = show if show in SHOWS else "all"
    page = page_of(query.get("page"))
    rows, more = _asked(batch, show, page)
    base = reverse("exchange:import", args=[batch.pk])
    counts = {"all": batch.read, "problems": None, "rejected": batch.rejected, "repeated": batch.repeated}
    words = {"all": _("All rows"), "problems": _("With problems"), "rejected": _("Rejected"), "repeated": _("Repeated")}
    return {
        "tabs": [
            {"label": words[name], "url": f"{base}?show={name}", "count": counts[name], "here": name == show}
            for name in SHOWS
        ],
        "sheets": _by_sheet(batch, rows),
        "shown": len(rows),
        "skipped": [(sentence_of(code), count) for code, count in sorted(batch.skipped.items())],
        **pages(page, more=more, base=f"{base}?show={show}&"),
    }


def _asked(batch: Import, show: str, page: int) -> tuple[list[Staged], bool]:
    """Return one page of rows, and whether more follow."""
    size = FIRST if show == "all" else PAGE
    only = {"rejected": Q(rejected__gt=0), "repeated": Q(repeated__gt=0)}.get(show)
    found: list[Staged] = []
    seen = 0
    for row in staged_rows(batch, only=only):
        if not _is_shown(row, show):
            continue
        seen += 1
        if seen > page * size:
            found.append(row)
        if len(found) > size:
            return found[:size], True
    return found, False


def _is_shown(row: Staged, show: str) -> bool:
    if show == "problems":
        return bool(row.problems) or any(one.code.startswith("report:") for one in row.warnings)
    return show in {"all", str(row.verdict)}


def _by_sheet(batch: Import, rows: list[Staged]) -> list[dict[str, Any]]:
    """Return rows under the headings of their sheets."""
    found: dict[str, dict[str, Any]] = {
        head["sheet"]: {"name": head["sheet"], "columns": head["columns"], "rows": []} for head in batch.heads
    }
    for row in rows:
        if row.sheet in found:
            found[row.sheet]["rows"].append(_drawn(row, found[row.sheet]["columns"]))
    return [sheet for sheet in found.values() if sheet["rows"]]


VERDICTS: Mapping[Verdict, tuple[Words, str]] = {
    Verdict.ACCEPTED: (pgettext_lazy("row", "accepted"), "done"),
    Verdict.REPEATED: (pgettext_lazy("row", "repeated"), "aside"),
    Verdict.REJECTED: (pgettext_lazy("row", "rejected"), "late"),
}


def _drawn(row: Staged, columns: list[dict[str, Any]]) -> dict[str, Any]:
    about: dict[str, list[tuple[Problem, bool]]] = {}
    for one in row.problems:
        about.setdefault(one.column, []).append((one, True))
    for one in row.warnings:
        about.setdefault(one.column, []).append((one, False))
    words, tone = VERDICTS[row.verdict]
    letters = {column["letter"] for column in columns}
    return {
        "number": row.row,
        "words": words,
        "tone": tone,
        "repeats": row.repeats.removeprefix("#") if row.repeats.startswith("#") else "",
        "repeats_row": "" if row.repeats.startswith("#") else row.repeats,
        "danger": row.danger,
        "elsewhere": [
            sentence_of(one.code) for letter, told in about.items() if letter not in letters for one, _bad in told
        ],
        "cells": [_cell(row, column["letter"], about.get(column["letter"], [])) for column in columns],
    }


def _cell(row: Staged, letter: str, told_of: list[tuple[Problem, bool]]) -> dict[str, Any]:
    text = row.cells.get(letter, "") or (told_of[0][0].value if told_of else "")
    is_bad = any(bad for _one, bad in told_of)
    look = "cell-bad" if is_bad else "cell-doubt" if told_of else ""
    return {"text": text, "look": look, "why": [sentence_of(one.code) for one, _bad in told_of]}


def page_of(text: str | None) -> int:
    """Return which page is asked for, from 0."""
    return number(text)


def pages(page: int, *, more: bool, base: str = "?") -> dict[str, str]:
    """Return the addresses of the pages beside this one."""
    return {"newer": f"{base}page={page - 1}" if page else "", "older": f"{base}page={page + 1}" if more else ""}


def number(text: str | None) -> int:
    """Return a number that came with a request; 0 where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
