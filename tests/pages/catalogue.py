"""Every page of the program: who looks at it, and how an example of it is found in whatever database is at hand.

A new page without a line here fails `test_catalogue.py`. `scripts/matrix.py` photographs what stands here, and
`test_accessible.py` reads it by axe.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Count, QuerySet
from django.urls import get_resolver, reverse
from django.utils import timezone
from shape.doors import doors

from zhiben.clocks.models import Job
from zhiben.dangers.models import BulkRun, Danger, Listing, Lookback, Publication, RegionalRules
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.selectors.receipts import KINDS
from zhiben.dangers.selectors.samples import samples_for
from zhiben.dangers.selectors.suspicions import suspicions_for
from zhiben.dangers.services.receipts import print_notice
from zhiben.documents.models import Document, PrintRun, Register
from zhiben.exchange.models import Export, Import
from zhiben.files.models import StoredFile
from zhiben.insights.models import LockedForm
from zhiben.kernel.actor import SYSTEM
from zhiben.law.likening import forerunner
from zhiben.law.standards import standards
from zhiben.notices.models import Message
from zhiben.orgs.domain.reorganising import Plan, Receiver, ReorganisationKind
from zhiben.orgs.models import (
    Account,
    Appointment,
    Department,
    Engagement,
    Enterprise,
    Jurisdiction,
    Reorganisation,
    Role,
    RoleGrant,
    Unit,
)
from zhiben.orgs.scope import Scope, scope_of, scoped
from zhiben.orgs.selectors.access import actor_of
from zhiben.orgs.web.reorganising import KEPT, packed
from zhiben.standards.models import Determination, Pack, Survey

NOBODY = ""
NOWHERE = Unit(path="-")
Find = Callable[[Account], Any]


@dataclass(frozen=True)
class Page:
    who: str  # a login of the example (docs/user/first-steps.md); nobody: not signed in
    query: str | Find = ""
    find: dict[str, Find] = field(default_factory=dict)  # parts of the address found otherwise than in FOUND
    kept: Find | None = None  # what a page before it put into the session
    is_posted: bool = False  # drawn as the answer to a form


def _county(account: Account) -> Unit | None:
    """The county of the example's officer, whoever looks."""
    held = RoleGrant.objects.filter(role__slug="officer", unit__isnull=False).order_by("pk").first()
    return held.unit if held else None


def _below(account: Account) -> Unit | None:
    """A township of that county."""
    county = _county(account)
    return Unit.objects.filter(parent=county, kind="township").order_by("pk").first() if county else None


def _enterprise(account: Account) -> int | None:
    """One's own enterprise, or the one with most hidden dangers."""
    if account.person and account.person.enterprise_id:
        return account.person.enterprise_id
    told = Danger.objects.exclude(enterprise=None).values("enterprise").annotate(n=Count("pk")).order_by("-n").first()
    if told:
        return told["enterprise"]
    return Enterprise.objects.order_by("pk").values_list("pk", flat=True).first()


def _danger(account: Account) -> int | None:
    """The hidden danger with the longest story."""
    return Danger.objects.order_by("-version", "-pk").values_list("pk", flat=True).first()


def _fresh(account: Account) -> int | None:
    return Danger.objects.filter(state="registered").order_by("-pk").values_list("pk", flat=True).first()


def _site(account: Account) -> int | None:
    number = _enterprise(account)
    return Unit.objects.filter(enterprise=number, kind="site").values_list("pk", flat=True).first() if number else None


def _other_account(account: Account) -> int | None:
    found = Account.objects.filter(role_grants__role__slug="officer").exclude(pk=account.pk).order_by("pk")
    return found.values_list("pk", flat=True).first()


def _told() -> Message | None:
    """A notice that still waits for its receipt."""
    about = [
        subject_of(number)
        for number in Danger.objects.filter(level="major").order_by("-pk").values_list("pk", flat=True)[:300]
    ]
    told = Message.objects.filter(kind__in=KINDS, read_at=None, subject__in=about).exclude(roles=[])
    return told.order_by("-made_at", "-pk").first()


def _told_danger(account: Account) -> int | None:
    return int(told.subject.partition("/")[2]) if (told := _told()) else None


def _slip(account: Account) -> str | None:
    """A code as a print of a notice bears it; it can only be had by printing."""
    told = _told()
    return print_notice(_told_danger(account), told.pk, actor=SYSTEM, now=timezone.now()).token if told else None


def _locked(account: Account) -> str | None:
    """The period of a form that was locked."""
    locked = LockedForm.objects.order_by("-pk").first()
    return f"?period={locked.cycle}" if locked else None


def _another(account: Account) -> str | None:
    """Another danger than the one shown, to hold beside it."""
    other = Danger.objects.exclude(pk=_danger(account)).order_by("-version", "-pk").first()
    return f"?other={other.pk}" if other else None


def _what_if(account: Account) -> Job | None:
    return Job.objects.filter(kind="determination:what-if", actor=account).order_by("-created_at").first()


def _counted_of(account: Account) -> str:
    """Open the enterprises that one of its numbers counts, where there are any."""
    run = _what_if(account)
    units = run.result.get("told", {}).get("units", []) if run else []
    changed = [one["unit"] for one in units if one["changed"]]
    return f"?show=unit:{changed[0]}:changed:0" if changed else ""


def _plan(account: Account) -> dict[str, str] | None:
    """Two townships that become one, as the form hands them on to be looked at."""
    county = _county(account)
    two = list(Unit.objects.filter(parent=county, kind="township").order_by("pk")[:2]) if county else []
    if len(two) < 2:
        return None
    plan = Plan(ReorganisationKind.MERGE, (Receiver(unit=two[0].pk),), _moves(two[1]), ((two[1].pk, 0),))
    return {KEPT: packed(plan, timezone.localdate(), "")}


def _moves(unit: Unit) -> tuple[tuple[int, int], ...]:
    return tuple((below.pk, 0) for below in Unit.objects.filter(parent=unit))


def _last(model: Any, **which: Any) -> Find:
    """The newest row, as far as the one who looks may see."""

    def found(account: Account) -> Any:
        return model.objects.filter(**which).order_by("-pk").values_list("pk", flat=True).first()

    return found


def _own(model: Any, **which: Any) -> Find:
    """The newest row of one's own."""

    def found(account: Account) -> Any:
        return (
            model.objects.filter(account_id=account.pk, **which)
            .order_by("-created_at")
            .values_list("pk", flat=True)
            .first()
        )

    return found


def _newest(rows: QuerySet[Any], by: str) -> Any:
    return rows.order_by(by).values_list("pk", flat=True).first()


def _pk(find: Callable[[Account], Any]) -> Find:
    return lambda account: row.pk if (row := find(account)) else None


def _pack(account: Account, **which: Any) -> str | None:
    return Pack.objects.filter(**which).order_by("pk").values_list("slug", flat=True).first()


def _refused_pack(account: Account) -> Any:
    found = StoredFile.objects.filter(purpose="pack-workbook", subject=f"pack/{_pack(account)}").order_by("-pk").first()
    return found.pk if found else None


FOUND: dict[str, Find] = {
    "account_id": _other_account,
    "appointment_id": lambda a: (
        Appointment.objects.filter(person__enterprise=_enterprise(a), until=None).values_list("pk", flat=True).first()
    ),
    "danger_id": _danger,
    "department_id": lambda a: (
        Department.objects.filter(unit=_county(a)).order_by("pk").values_list("pk", flat=True).first()
    ),
    "determination_id": _last(Determination),
    "document_id": _last(Document),
    "engagement_id": lambda a: (
        Engagement.objects.filter(site__path__startswith=(_county(a) or NOWHERE).path, until=None)
        .values_list("pk", flat=True)
        .first()
    ),
    "enterprise_id": _enterprise,
    "export_id": _own(Export),
    "grant_id": lambda a: RoleGrant.objects.filter(role__slug="officer").values_list("pk", flat=True).first(),
    "import_id": _last(Import),
    "job_id": lambda a: Job.objects.filter(actor=a).order_by("-created_at").values_list("pk", flat=True).first(),
    "listing_id": _last(Listing),
    "lookback_id": _last(Lookback, state="open"),
    "number": _last(Reorganisation),
    "person_id": lambda a: (
        Account.objects.filter(role_grants__role__slug="safety_manager").values_list("person", flat=True).first()
    ),
    "publication_id": _last(Publication),
    "register_id": _last(Register),
    "role_id": _last(Role, is_builtin=False),
    "rules_id": _last(RegionalRules),
    "run_id": _own(PrintRun),
    "sample_id": lambda a: (
        samples_for(actor_of(a, now=timezone.now())).order_by("-pk").values_list("pk", flat=True).first()
    ),
    "standard_id": lambda a: next(iter(standards())),
    "unit_id": _pk(_county),
    "zone_id": _last(Jurisdiction),
}

PAGES: dict[str, Page] = {
    # signing in
    "account_login": Page(NOBODY),
    "account_inactive": Page(NOBODY),
    "account_logout": Page("county"),
    "account_change_password": Page("county"),
    "account_reauthenticate": Page("county", "?next=/"),
    "mfa_index": Page("twice"),
    "mfa_authenticate": Page("twice:half"),
    "mfa_reauthenticate": Page("twice", "?next=/"),
    "mfa_reauthenticate_webauthn": Page("twice", "?next=/"),
    "mfa_list_webauthn": Page("twice"),
    "mfa_add_webauthn": Page("twice:sure"),
    "mfa_edit_webauthn": Page("twice:sure", find={"pk": _last(Authenticator, type="webauthn")}),
    "mfa_remove_webauthn": Page("twice:sure", find={"pk": _last(Authenticator, type="webauthn")}),
    "mfa_activate_totp": Page("county:sure"),
    "mfa_deactivate_totp": Page("twice:sure"),
    "mfa_view_recovery_codes": Page("twice:sure"),
    "mfa_generate_recovery_codes": Page("twice:sure"),
    # one's own day
    "shell:today": Page("county"),
    "shell:search": Page("county", "?q=示例"),
    "notices:list": Page("principal"),
    "notices:preferences": Page("county"),
    "orgs:tokens": Page("county"),
    "clocks:jobs": Page("county"),
    "clocks:job": Page("county"),
    # hidden dangers
    "dangers:list": Page("county"),
    "dangers:filters": Page("county"),
    "dangers:bulk": Page("county"),
    "dangers:bulk-run": Page(
        "county", find={"run_id": lambda a: _newest(BulkRun.objects.filter(account=a), "-made_at")}
    ),
    "dangers:detail": Page("county"),
    "dangers:measures": Page("county"),
    "dangers:report": Page("worker"),
    "dangers:reported": Page("worker", find={"danger_id": _fresh}),
    "dangers:compare": Page("county", _another),
    "dangers:told": Page("county", find={"danger_id": _told_danger, "message_id": lambda a: _told() and _told().pk}),
    "dangers:told-print": Page(
        "county", find={"danger_id": _told_danger, "message_id": lambda a: _told() and _told().pk}, is_posted=True
    ),
    "slip": Page(NOBODY, find={"token": _slip}),
    "dangers:duplicates": Page("county"),
    "dangers:suspicions": Page("county"),
    "dangers:suspicion": Page(
        "county",
        find={
            "suspicion_id": lambda a: (
                suspicions_for(actor_of(a, now=timezone.now())).values_list("pk", flat=True).first()
            )
        },
    ),
    "dangers:judging": Page("county"),
    "standards:what-if": Page("county"),
    "standards:what-if-run": Page(
        "county", _counted_of, find={"run_id": lambda a: run.pk if (run := _what_if(a)) else None}
    ),
    "dangers:lookbacks": Page("county"),
    "dangers:lookback": Page("county"),
    "dangers:repeats": Page("county"),
    "dangers:as-accident": Page("county"),
    "dangers:samples": Page("county"),
    "dangers:sample": Page("county"),
    "dangers:editions": Page("county"),
    "dangers:ladder": Page("county"),
    "dangers:listed": Page("county"),
    "dangers:publication-new": Page("county", find={"kind": lambda a: "listing"}),
    "dangers:published": Page(NOBODY),
    "dangers:rules": Page("county"),
    "dangers:simulation": Page("county"),
    # documents
    "documents:list": Page("county"),
    "documents:document": Page("county"),
    "documents:registers": Page("county"),
    "documents:register": Page("county"),
    "documents:templates": Page("county"),
    "documents:template": Page("county", find={"kind": lambda a: "order:rectify"}),
    "documents:print": Page("county"),
    # figures
    "insights:dashboard": Page("province"),
    "insights:bulletin": Page("county"),
    "insights:records": Page("county", "?what=open"),
    "insights:form": Page("county"),
    "insights:form-records": Page("county"),
    "insights:form-differences": Page("county", _locked),
    "insights:clearing": Page("county", "?from=2026-01-01"),
    "insights:lasting": Page("county"),
    # enterprises and what is known of them
    "orgs:enterprises": Page("county"),
    "orgs:enterprise": Page("county"),
    "orgs:enterprise-new": Page("county"),
    "orgs:enterprise-edit": Page("safety"),
    "orgs:site-new": Page("safety"),
    "orgs:site-edit": Page("safety", find={"unit_id": _site}),
    "orgs:person-new": Page("safety"),
    "orgs:person": Page("safety"),
    "orgs:person-edit": Page("safety"),
    "orgs:person-appoint": Page("safety"),
    "orgs:person-forget": Page("security"),
    "orgs:appointment-end": Page("safety"),
    "orgs:engagement-new": Page("safety"),
    "orgs:engagement-end": Page("county"),
    "standards:list": Page("county"),
    "standards:standard": Page("county"),
    "standards:clause": Page("county", find={"standard_id": lambda a: "gongmao-2023", "ref": lambda a: "3(3)"}),
    "standards:difference": Page(
        "county", find={"standard_id": lambda a: next(one.id for one in standards().values() if forerunner(one))}
    ),
    "standards:guide": Page("county", find={"standard_id": lambda a: "gongmao-2023", "ref": lambda a: "3(3)"}),
    "standards:packs": Page("county"),
    "standards:pack-new": Page("county"),
    "standards:pack": Page("county", find={"slug": _pack}),
    "standards:pack-edit": Page("county", find={"slug": _pack}),
    "standards:key-list": Page(
        "county", find={"slug": lambda a: _pack(a, kind="key_items", versions__state="adopted")}
    ),
    "standards:overview": Page("county", "?standard=gongmao-2023"),
    "standards:affected": Page("county", lambda a: "?verdict=unknown" if Survey.objects.exists() else None),
    "standards:facts": Page("safety"),
    "standards:record": Page("safety", "?name=special_ops_uncertified_count"),
    "standards:next": Page("safety"),
    "standards:changes": Page("safety"),
    "standards:determination": Page("county"),
    # the tree and who may what
    "orgs:units": Page("county"),
    "orgs:unit": Page("county"),
    "orgs:unit-new": Page("admin"),
    "orgs:unit-end": Page("admin", find={"unit_id": _pk(_below)}),
    "orgs:department": Page("county"),
    "orgs:department-new": Page("admin"),
    "orgs:department-edit": Page("admin"),
    "orgs:officer-new": Page("admin"),
    "orgs:jurisdictions": Page("admin"),
    "orgs:jurisdiction-new": Page("admin"),
    "orgs:jurisdiction-edit": Page("admin"),
    "orgs:reorganise": Page("admin", find={"unit_id": _pk(_below), "kind": lambda a: "merge"}),
    "orgs:reorganise-preview": Page("admin", kept=_plan),
    "orgs:reorganisations": Page("admin"),
    "orgs:reorganisation": Page("admin"),
    "orgs:grants": Page("security"),
    "orgs:grant": Page("security", "?q=示例"),
    "orgs:grant-end": Page("security"),
    "orgs:account": Page("security"),
    "orgs:roles": Page("security"),
    "orgs:role-new": Page("security"),
    "orgs:role-edit": Page("security"),
    "orgs:accounts": Page("admin"),
    "orgs:account-new": Page("admin"),
    "orgs:account-password": Page("admin"),
    "notices:channels": Page("admin"),
    "notices:deliveries": Page("admin"),
    "notices:hand-overs": Page("county"),
    "journal:list": Page("auditor"),
    # in and out
    "exchange:pack-upload": Page("county", find={"slug": _pack}),
    "exchange:pack-problems": Page("county", find={"slug": _pack, "file_id": _refused_pack}),
    "exchange:imports": Page("county"),
    "exchange:import-new": Page("county"),
    "exchange:import": Page("county"),
    "exchange:export": Page("county"),
    "exchange:enterprises": Page("county"),
    "exchange:clearing": Page("county"),
    "exchange:form": Page("county"),
    "exchange:export-page": Page("county"),
}

NOT_PAGES = {  # doors that are opened by GET and answer with something else than a page of their own
    "api-root": "JSON", "api-nowhere": "JSON", "clocks:alive": "JSON", "clocks:ready": "JSON", "clocks:health": "JSON",
    "clocks:job-progress": "fragment", "dangers:bulk-progress": "fragment", "dangers:people": "fragment", "dangers:report-alike": "fragment", "dangers:report-places": "fragment",
    "documents:print-progress": "fragment", "exchange:import-progress": "fragment",
    "exchange:export-progress": "fragment", "orgs:unit-branch": "fragment", "orgs:reorganisation-progress": "fragment",
    "files:download": "file",
    "dangers:sample-population": "file", "files:preview": "file", "files:thumb": "file", "documents:picture": "file",
    "documents:file": "file", "documents:print-file": "file", "exchange:sample": "file", "exchange:import-answer": "file", "standards:pack-text": "file", "exchange:pack-file": "file", "exchange:pack-marked": "file", "standards:guide-picture": "file",
    "exchange:export-file": "file", "mfa_download_recovery_codes": "file", "mfa_login_webauthn": "JSON",
}  # fmt: skip


def methods(view: Any) -> set[str]:
    """The methods that a view's decorators let through."""
    while view is not None:
        listed = inspect.getclosurevars(view).nonlocals.get("request_method_list") if inspect.isfunction(view) else None
        if listed is not None:
            return set(listed)
        view = getattr(view, "__wrapped__", None)
    return {"GET", "POST"}


def opened() -> set[str]:
    """The names of all addresses that GET opens, other people's views among them, the API's operations not."""
    own = {door.name for door in doors() if not door.name.startswith("api:") and "GET" in methods(door.view)}
    theirs = {
        name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith(("account_", "mfa_"))
    }
    return own | theirs


def address(name: str, account: Account | None) -> str | None:
    """Where an example of a page is; nothing where the database holds none that this person may see."""
    page = PAGES[name]
    values = {}
    actor = actor_of(account, now=timezone.now()) if account else None
    with scoped(scope_of(actor) if actor else Scope(everything=True)):
        for part in _parts(name):
            values[part] = (page.find.get(part) or FOUND[part])(account)
        query = page.query if isinstance(page.query, str) else page.query(account)
    if query is None or any(value is None for value in values.values()):
        return None
    return reverse(name, kwargs=values) + query


def kept(name: str, account: Account | None) -> dict[str, Any] | None:
    """What stands in the session when a page is opened; nothing where the database holds no example."""
    find = PAGES[name].kept
    with scoped(Scope(everything=True)):
        return find(account) if find and account else {}


def _parts(name: str) -> list[str]:
    (_, wanted), *_rest = get_resolver_of(name)
    return wanted


def get_resolver_of(name: str) -> list[tuple[str, list[str]]]:
    """The forms of an address by its full name."""
    *spaces, last = name.split(":")
    resolver = get_resolver()
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    return [form for forms, *_ in resolver.reverse_dict.getlist(last) for form in forms]
