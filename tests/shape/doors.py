"""All doors of the site, and for each that leads to an object an example of it: add a line with every new one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID

from cast import Cast, Player
from dangers.stories import reported, signed_off
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from letters import draft
from make import DAY, NOW, grant, make_account, make_jurisdiction

from zhiben.dangers.domain.sampling import Population
from zhiben.dangers.models import DuplicateProposal, Lookback
from zhiben.dangers.services.merging import merge_danger
from zhiben.dangers.services.sampling import seed_sample
from zhiben.files.public import keep_file
from zhiben.kernel.actor import SYSTEM
from zhiben.orgs.public import unit_place
from zhiben.standards.public import judge_enterprise

EXEMPT = ("allauth.", "django.views.i18n", "ninja.openapi.")  # other people's views; config decides where they hang


@dataclass(frozen=True)
class Door:
    name: str  # "files:download"; an operation of the API: "api:get_facts"
    view: Callable[..., Any]
    method: str
    route: str
    converters: dict[str, Any] = field(default_factory=dict)

    def address(self, **values: Any) -> str:
        """The address with these values; for the others, values that name nothing."""
        wanted = {name: values.get(name, _nothing(kind)) for name, kind in self.converters.items()}
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(wanted[found[1]]), self.route)

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")


def _nothing(converter: Any) -> Any:
    if isinstance(converter, IntConverter):
        return 999_999_999
    return UUID(int=0) if isinstance(converter, UUIDConverter) else "0"


def doors() -> list[Door]:
    """Every address of the site, the API's operations one by one."""
    return list(_below(get_resolver().url_patterns, "", "", {}))


def _below(patterns, prefix: str, namespace: str, converters: dict) -> Iterator[Door]:
    for pattern in patterns:
        route, known = prefix + str(pattern.pattern), {**converters, **pattern.pattern.converters}
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from _below(pattern.url_patterns, route, inner, known)
        else:
            yield from _doors_of(pattern, route, namespace, known)


def _doors_of(pattern: URLPattern, route: str, namespace: str, converters: dict) -> Iterator[Door]:
    name = ":".join(filter(None, (namespace, pattern.name or route)))
    operations = _operations(pattern.callback)
    for operation in operations:  # ninja names an address once for each of its operations, and answers alike
        if operation.view_func.__name__ == pattern.name:
            yield Door(name, operation.view_func, operation.methods[0], route, converters)
    if not operations and not _module(pattern.callback).startswith(EXEMPT):
        yield Door(name, pattern.callback, "GET", route, converters)


def _operations(view) -> list:
    """Ninja keeps the operations of an address in the closure of its view."""
    cells = [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]
    return next((cell.operations for cell in cells if hasattr(cell, "operations")), [])


def _module(view) -> str:
    inner = view.func if isinstance(view, partial) else view
    return getattr(inner, "__module__", "")


@dataclass(frozen=True)
class Example:
    """An object behind a door: who may come in to it, who is a stranger to it, what its address and body say."""

    holder: Player
    stranger: Player
    values: dict[str, Any]
    body: Any = None


def _file(cast: Cast) -> Example:
    kept = keep_file(
        BytesIO(b"%PDF-1.4\n%%EOF\n"), "报告.pdf", subject="danger/1", place=unit_place(cast.site),
        unit_id=cast.site.pk, actor=SYSTEM, now=NOW,
    )  # fmt: skip
    return Example(cast.li, cast.zhang, {"file_id": kept.id})


def _enterprise(cast: Cast) -> dict[str, Any]:
    return {"enterprise_id": cast.enterprise.pk}


def _fact_to_record(cast: Cast) -> Example:
    fact = {"name": "all_staff_responsibility_system", "value": True, "day": "2026-03-01"}
    return Example(cast.li, cast.zhang, _enterprise(cast), {"facts": [fact]})


def _determination(cast: Cast) -> Example:
    made = judge_enterprise(cast.enterprise.pk, day=DAY, actor=cast.li.actor, now=NOW)
    return Example(cast.li, cast.zhang, {"determination_id": made[0].pk})


def _document(cast: Cast, body: Any = None, **values: Any) -> Example:
    return Example(cast.zhao, cast.zhang, {"document_id": draft(cast), **values}, body)


def _danger(cast: Cast, body: Any = None) -> Example:
    return Example(cast.li, cast.zhang, {"danger_id": reported(cast).pk}, body)


def _tree(cast: Cast, **values: Any) -> Example:
    """Somebody who keeps the tree of the county; who keeps that of the next county is the stranger."""
    keepers = []
    for number, county in enumerate((cast.tree.county, cast.tree.other_county)):
        account = make_account(f"keeper{number}")
        grant(account, "keeper", county, "unit:view", "unit:edit")
        keepers.append(Player(account, cast.li.person))
    return Example(*keepers, values)


def _security(cast: Cast, **values: Any) -> Example:
    """Who administers the security of the county, and who does so next door."""
    officers = []
    for number, county in enumerate((cast.tree.county, cast.tree.other_county)):
        account = make_account(f"security{number}")
        grant(account, "security_admin", county)
        officers.append(Player(account, cast.su.person))
    return Example(*officers, values)


def _own(cast: Cast, **values: Any) -> Example:
    return Example(cast.wang, cast.zhang, values)


def _lookback(cast: Cast, body: Any = None) -> Example:
    signed_off(cast)
    return Example(cast.li, cast.zhang, {"lookback_id": Lookback.unscoped.latest("pk").pk}, body)


def _sample(cast: Cast) -> Example:
    signed_off(cast, "general")
    month = DAY.replace(day=1)
    made = seed_sample(
        cast.tree.county.path, Population.GENERAL, month, DAY + timedelta(1), 100, actor=cast.zhao.actor, now=NOW
    )
    return Example(cast.zhao, cast.zhang, {"sample_id": made.pk})


def _danger_by_uid(cast: Cast) -> Example:
    return Example(cast.li, cast.zhang, {"uid": reported(cast).uid})


def _told_twice(cast: Cast, body: Any = None, *, is_merged: bool = False) -> Example:
    kept, other = reported(cast), reported(cast, description="灭火器失压")
    if is_merged:
        merge_danger(other.pk, kept.pk, "同一具", actor=cast.li.actor, now=NOW)
    told = body or {"into": kept.pk, "reason": "同一具"}
    return Example(cast.li, cast.zhang, {"danger_id": other.pk, "other_id": kept.pk}, told)


def _pair(cast: Cast) -> Example:
    kept, other = reported(cast), reported(cast, description="灭火器失压")
    place = {"unit": cast.site, "path": cast.site.path, "enterprise": cast.enterprise}
    pair = DuplicateProposal.unscoped.create(first=kept, second=other, score=70, found_at=NOW, **place)
    return Example(cast.li, cast.zhang, {"proposal_id": pair.pk}, {"reason": "两具"})


EXAMPLES: dict[str, Callable[[Cast], Example]] = {
    "api:get_danger": _danger,
    "api:get_danger_by_uid": _danger_by_uid,
    "api:get_danger_documents": _danger,
    "api:get_danger_duplicates": _danger,
    "api:post_merge": _told_twice,
    "api:post_not_same": _pair,
    "api:post_source": lambda cast: _danger(cast, {"channel": "inspection"}),
    "api:post_unmerge": lambda cast: _told_twice(cast, {"reason": "不是"}, is_merged=True),
    "api:get_danger_files": _danger,
    "api:get_danger_history": _danger,
    "api:get_danger_notices": _danger,
    "api:get_determination": _determination,
    "api:get_enterprise": lambda cast: Example(cast.li, cast.zhang, _enterprise(cast)),
    "api:get_fact_requests": lambda cast: Example(cast.li, cast.zhang, _enterprise(cast)),
    "api:get_facts": lambda cast: Example(cast.li, cast.zhang, _enterprise(cast)),
    "api:get_sample": _sample,
    "api:get_questions": lambda cast: Example(cast.li, cast.zhang, _enterprise(cast)),
    "api:get_file": _file,
    "api:get_file_content": _file,
    "api:get_moves": _danger,
    "api:get_unit": lambda cast: Example(cast.li, cast.zhang, {"unit_id": cast.site.pk}),
    "api:post_determinations": lambda cast: Example(cast.li, cast.zhang, _enterprise(cast), {}),
    "api:post_fact_requests": lambda cast: Example(
        cast.li, cast.zhang, _enterprise(cast), {"clauses_of": {"all_staff_responsibility_system": []}}
    ),
    "api:post_facts": _fact_to_record,
    "api:post_lookback": lambda cast: _lookback(cast, {"result": "not_checked", "words": "未开门"}),
    "api:post_move": lambda cast: _danger(cast, {"move": "confirm", "level": "general"}),
    "api:get_document": _document,
    "api:get_document_file": _document,
    "api:post_discard": lambda cast: _document(cast, {"reason": "重复"}),
    "api:post_issue": _document,
    "documents:document": _document,
    "documents:file": lambda cast: _document(cast, form="pdf"),
    "documents:picture": lambda cast: _document(cast, page=1),
    "files:download": _file,
    "dangers:detail": _danger,
    "orgs:department": lambda cast: _tree(cast, department_id=cast.department.pk),
    "orgs:department-edit": lambda cast: _tree(cast, department_id=cast.department.pk),
    "orgs:department-new": lambda cast: _tree(cast, unit_id=cast.tree.county.pk),
    "orgs:engagement-end": lambda cast: _own(cast, engagement_id=cast.engagement.pk),
    "orgs:engagement-new": lambda cast: _own(cast, enterprise_id=cast.enterprise.pk),
    "orgs:enterprise-edit": lambda cast: _own(cast, enterprise_id=cast.enterprise.pk),
    "orgs:grant-end": lambda cast: _security(cast, grant_id=cast.li.account.role_grants.get().pk),
    "orgs:appointment-end": lambda cast: _own(cast, appointment_id=cast.zhou.person.appointments.get().pk),
    "orgs:jurisdiction-edit": lambda cast: _tree(
        cast, zone_id=make_jurisdiction(cast.tree.county, cast.tree.township).pk
    ),
    "orgs:jurisdiction-new": lambda cast: _tree(cast, unit_id=cast.tree.county.pk),
    "orgs:officer-new": lambda cast: _tree(cast, department_id=cast.department.pk),
    "orgs:person": lambda cast: _own(cast, person_id=cast.gong.person.pk),
    "orgs:person-appoint": lambda cast: _own(cast, person_id=cast.gong.person.pk),
    "orgs:person-edit": lambda cast: _own(cast, person_id=cast.gong.person.pk),
    "orgs:person-forget": lambda cast: _security(cast, person_id=cast.gong.person.pk),
    "orgs:person-new": lambda cast: _own(cast, enterprise_id=cast.enterprise.pk),
    "orgs:reorganise": lambda cast: _tree(cast, unit_id=cast.tree.township.pk, kind="merge"),
    "orgs:site-edit": lambda cast: _own(cast, unit_id=cast.site.pk),
    "orgs:site-new": lambda cast: _own(cast, enterprise_id=cast.enterprise.pk),
    "orgs:unit-end": lambda cast: _tree(cast, unit_id=cast.tree.village.pk),
    "orgs:unit-new": lambda cast: _tree(cast, unit_id=cast.tree.village.pk),
    "dangers:lookback": _lookback,
    "dangers:sample": _sample,
    "dangers:sample-population": _sample,
    "orgs:enterprise": lambda cast: Example(cast.li, cast.zhang, _enterprise(cast)),
    "orgs:unit": lambda cast: Example(cast.li, cast.zhang, {"unit_id": cast.site.pk}),
    "standards:determination": _determination,
    "standards:facts": lambda cast: Example(cast.li, cast.zhang, _enterprise(cast)),
    "standards:changes": lambda cast: Example(cast.li, cast.zhang, _enterprise(cast)),
    "standards:next": lambda cast: Example(cast.li, cast.zhang, _enterprise(cast)),
    "dangers:editions": lambda cast: Example(cast.li, cast.zhang, {"unit_id": cast.site.pk}),
    "dangers:reported": _danger,
}
ELSEWHERE = {  # doors whose object takes more than a line to make: name the test that walks them
    "api:get_listing": "tests/dangers/test_api_supervision.py",
    "api:post_publication": "tests/dangers/test_api_supervision.py",
    "api:post_release": "tests/dangers/test_api_supervision.py",
    "api:post_publication_withdraw": "tests/dangers/test_api_supervision.py",
    "api:post_rung_issue": "tests/dangers/test_api_supervision.py",
    "api:post_rung_skip": "tests/dangers/test_api_supervision.py",
    "api:post_rules_on": "tests/dangers/test_api_supervision.py",
    "api:post_rules_off": "tests/dangers/test_api_supervision.py",
    "api:post_draw": "tests/dangers/test_api_after.py",
    "api:post_repeat_answer": "tests/dangers/test_api_after.py",
    "api:post_accident_answer": "tests/dangers/test_api_after.py",
    "api:post_danger_document": "tests/dangers/test_papers.py",
    "api:post_notice_receipt": "tests/dangers/test_receipts.py",
    "api:post_danger_file": "tests/dangers/test_api_dangers.py",
    "clocks:job": "tests/clocks/test_job_pages.py",
    "clocks:job-cancel": "tests/clocks/test_job_pages.py",
    "clocks:job-progress": "tests/clocks/test_job_pages.py",
    "clocks:job-retry": "tests/clocks/test_job_pages.py",
    "api:get_comments": "tests/dangers/test_comments.py",
    "api:get_people": "tests/dangers/test_comments.py",
    "api:post_comment": "tests/dangers/test_comments.py",
    "api:post_comment_change": "tests/dangers/test_comments.py",
    "api:post_comment_remove": "tests/dangers/test_comments.py",
    "api:post_undo": "tests/dangers/test_undo.py",
    "dangers:comment-add": "tests/dangers/test_comments.py",
    "dangers:comment-edit": "tests/dangers/test_comments.py",
    "dangers:comment-remove": "tests/dangers/test_comments.py",
    "dangers:people": "tests/dangers/test_comments.py",
    "dangers:undo": "tests/dangers/test_undo.py",
    "api:get_danger_measures": "tests/dangers/test_measures.py",
    "api:post_measure": "tests/dangers/test_measures.py",
    "api:post_measure_remove": "tests/dangers/test_measures.py",
    "dangers:measures": "tests/dangers/test_measures.py",
    "dangers:measure-keep": "tests/dangers/test_measures.py",
    "dangers:measure-remove": "tests/dangers/test_measures.py",
    "api:get_bulk": "tests/dangers/test_bulk.py",
    "api:post_bulk_retry": "tests/dangers/test_bulk.py",
    "api:post_bulk_undo": "tests/dangers/test_bulk.py",
    "dangers:bulk-again": "tests/dangers/test_bulk.py",
    "dangers:bulk-progress": "tests/dangers/test_bulk.py",
    "dangers:bulk-retry": "tests/dangers/test_bulk.py",
    "dangers:bulk-run": "tests/dangers/test_bulk.py",
    "dangers:bulk-start": "tests/dangers/test_bulk.py",
    "dangers:bulk-undo": "tests/dangers/test_bulk.py",
    "dangers:bulk-stop": "tests/dangers/test_bulk.py",
    "api:post_filter_change": "tests/dangers/test_saved_filters.py",
    "api:post_filter_remove": "tests/dangers/test_saved_filters.py",
    "dangers:filter-change": "tests/dangers/test_saved_filters.py",
    "dangers:filter-default": "tests/dangers/test_saved_filters.py",
    "dangers:filter-remove": "tests/dangers/test_saved_filters.py",
    "dangers:compare": "tests/dangers/test_pages_duplicates.py",
    "dangers:merge": "tests/dangers/test_pages_duplicates.py",
    "dangers:not-same": "tests/dangers/test_pages_duplicates.py",
    "dangers:unmerge": "tests/dangers/test_pages_duplicates.py",
    "dangers:clause": "tests/dangers/test_pages_detail.py",
    "dangers:as-accident-answer": "tests/dangers/test_pages_after.py",
    "dangers:move": "tests/dangers/test_pages_detail.py",
    "dangers:repeat-answer": "tests/dangers/test_pages_after.py",
    "dangers:told": "tests/dangers/test_receipts.py",
    "dangers:told-missed": "tests/dangers/test_receipts.py",
    "dangers:told-print": "tests/dangers/test_receipts.py",
    "dangers:told-receipt": "tests/dangers/test_receipts.py",
    "dangers:paper": "tests/dangers/test_papers.py",
    "dangers:publication-new": "tests/dangers/test_pages_supervision.py",
    "dangers:publication-release": "tests/dangers/test_pages_supervision.py",
    "dangers:publication-withdraw": "tests/dangers/test_pages_supervision.py",
    "dangers:rules-draft": "tests/dangers/test_pages_supervision.py",
    "dangers:rules-off": "tests/dangers/test_pages_supervision.py",
    "dangers:rules-on": "tests/dangers/test_pages_supervision.py",
    "dangers:rung-issue": "tests/dangers/test_pages_supervision.py",
    "dangers:rung-skip": "tests/dangers/test_pages_supervision.py",
    "dangers:simulation": "tests/dangers/test_pages_supervision.py",
    "dangers:suspicion": "tests/dangers/test_judging_pages.py",
    "api:get_suspicion": "tests/dangers/test_judging_pages.py",
    "api:post_confirm": "tests/dangers/test_judging_pages.py",
    "api:post_dismiss": "tests/dangers/test_judging_pages.py",
    "api:get_run": "tests/dangers/test_judging_pages.py",
    "dangers:suspicion-confirm": "tests/dangers/test_pages_report.py",
    "dangers:suspicion-dismiss": "tests/dangers/test_pages_report.py",
    "api:post_service": "tests/documents/test_pages.py",
    "documents:register": "tests/documents/test_withdrawing.py",
    "documents:template-retire": "tests/documents/test_withdrawing.py",
    "documents:withdraw": "tests/documents/test_withdrawing.py",
    "api:post_withdraw": "tests/documents/test_withdrawing.py",
    "documents:discard": "tests/documents/test_pages.py",
    "documents:issue": "tests/documents/test_pages.py",
    "documents:office": "tests/documents/test_template_versions.py",
    "documents:template": "tests/documents/test_template_versions.py",
    "documents:template-preview": "tests/documents/test_template_versions.py",
    "documents:template-start": "tests/documents/test_template_versions.py",
    "documents:print": "tests/documents/test_printing.py",
    "documents:print-file": "tests/documents/test_printing.py",
    "documents:print-progress": "tests/documents/test_printing.py",
    "documents:serve": "tests/documents/test_pages.py",
    "exchange:export-file": "tests/exchange/test_wizard.py",
    "exchange:export-page": "tests/exchange/test_wizard.py",
    "exchange:export-progress": "tests/exchange/test_wizard.py",
    "exchange:pack-file": "tests/exchange/test_packs.py",
    "exchange:pack-marked": "tests/exchange/test_packs.py",
    "exchange:pack-problems": "tests/exchange/test_packs.py",
    "exchange:pack-upload": "tests/exchange/test_packs.py",
    "exchange:import": "tests/exchange/test_wizard.py",
    "exchange:import-answer": "tests/exchange/test_wizard.py",
    "exchange:import-headings": "tests/exchange/test_wizard.py",
    "exchange:import-progress": "tests/exchange/test_wizard.py",
    "exchange:import-start": "tests/exchange/test_wizard.py",
    "exchange:import-void": "tests/exchange/test_wizard.py",
    "files:preview": "tests/files/test_doors.py",
    "files:thumb": "tests/files/test_doors.py",
    "notices:channel-set": "tests/notices/test_settings_pages.py",
    "notices:channel-test": "tests/notices/test_settings_pages.py",
    "notices:retry": "tests/notices/test_settings_pages.py",
    "notices:route-set": "tests/notices/test_settings_pages.py",
    "orgs:account": "tests/orgs/test_pages_access.py",
    "orgs:account-password": "tests/orgs/test_passwords.py",
    "orgs:account-close": "tests/orgs/test_pages_access.py",
    "orgs:grant": "tests/orgs/test_pages_access.py",
    "orgs:revoke": "tests/orgs/test_pages_access.py",
    "orgs:reorganisation": "tests/orgs/test_pages_reorganising.py",
    "orgs:reorganisation-agree": "tests/orgs/test_pages_reorganising.py",
    "orgs:reorganisation-cancel": "tests/orgs/test_pages_reorganising.py",
    "orgs:reorganisation-progress": "tests/orgs/test_pages_reorganising.py",
    "orgs:reorganisation-resume": "tests/orgs/test_pages_reorganising.py",
    "orgs:reorganisation-undo": "tests/orgs/test_pages_reorganising.py",
    "orgs:role-edit": "tests/orgs/test_pages_editing.py",
    "orgs:role-remove": "tests/orgs/test_pages_editing.py",
    "orgs:token-revoke": "tests/orgs/test_pages_access.py",
    "orgs:unit-branch": "tests/orgs/test_pages_units.py",
    "orgs:unit-recode": "tests/orgs/test_pages_units.py",
    "orgs:unit-rename": "tests/orgs/test_pages_units.py",
    "standards:ask": "tests/standards/test_pages.py",
    "standards:judge": "tests/standards/test_pages.py",
    "standards:what-if-run": "tests/standards/test_what_if_pages.py",
    "api:get_what_if": "tests/standards/test_what_if_pages.py",
    "standards:record": "tests/standards/test_pages.py",
    "standards:guide": "tests/standards/test_knowledge.py",
    "standards:guide-picture": "tests/standards/test_knowledge.py",
    "standards:link-confirm": "tests/standards/test_knowledge.py",
    "standards:link-make": "tests/standards/test_knowledge.py",
    "standards:link-withdraw": "tests/standards/test_knowledge.py",
    "standards:key-list": "tests/standards/test_packs.py",
    "standards:pack": "tests/standards/test_packs.py",
    "standards:pack-adopt": "tests/standards/test_packs.py",
    "standards:pack-edit": "tests/standards/test_packs.py",
    "standards:pack-review": "tests/standards/test_packs.py",
    "standards:pack-submit": "tests/standards/test_packs.py",
    "standards:pack-text": "tests/standards/test_packs.py",
    "standards:pack-withdraw": "tests/standards/test_packs.py",
    "standards:clause": "tests/standards/test_library.py",  # of the law: the same to everybody
    "standards:difference": "tests/standards/test_changes_pages.py",  # of the law: the same to everybody
    "standards:standard": "tests/standards/test_pages.py",  # of the law: the same to everybody
}
