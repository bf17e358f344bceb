"""What the side and the bottom bar offer: a door appears when it is built and open to the actor."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhiben.kernel.actor import Actor


@dataclass(frozen=True)
class Door:
    """One entry: the words, the icon, the name of the page and what it takes to go in (nothing: being signed in)."""

    label: str | Promise
    icon: str
    page: str
    permission: str = ""
    group: str = "work"


DOORS = (
    Door(pgettext_lazy("navigation", "Today"), "calendar-check", "shell:today"),
    Door(pgettext_lazy("navigation", "Hidden dangers"), "alert-triangle", "dangers:list", "danger:view"),
    Door(_("Dashboard"), "layout-dashboard", "insights:dashboard", "insight:view"),
    Door(_("Bulletin"), "message", "insights:bulletin", "insight:view"),
    Door(_("Statutory forms"), "clipboard-list", "insights:form", "insight:view"),
    Door(pgettext_lazy("navigation", "Documents"), "file-text", "documents:list", "document:view"),
    Door(_("Listed supervision"), "flag", "dangers:listed", "danger:list"),
    Door(_("Ladder"), "gavel", "dangers:ladder", "danger:ladder"),
    Door(_("Enterprises"), "building-factory-2", "orgs:enterprises", "enterprise:view"),
    Door(_("Standards"), "gavel", "standards:list"),
    Door(pgettext_lazy("navigation", "Determinations"), "layout-dashboard", "standards:overview", "determination:view"),
    Door(_("Import a ledger"), "file-spreadsheet", "exchange:imports", "import:make", "tools"),
    Door(_("Rules of a region"), "settings", "dangers:rules", "danger:rules", "tools"),
    Door(pgettext_lazy("navigation", "Packs of a region"), "pencil", "standards:packs", "pack:review", "tools"),
    Door(_("Units"), "sitemap", "orgs:units", "unit:view", "tools"),
    Door(_("Roles and grants"), "key", "orgs:grants", "role:view", "tools"),
    Door(_("Accounts"), "users", "orgs:accounts", "account:edit", "tools"),
    Door(_("Background jobs"), "clock", "clocks:jobs", "job:manage", "tools"),
    Door(_("Deliveries"), "send", "notices:deliveries", "notice:view", "tools"),
    Door(_("Channels of notices"), "settings", "notices:channels", "notice:manage", "tools"),
    Door(_("Journal"), "history", "journal:list", "journal:view", "tools"),
)
GROUPS = {"work": "", "tools": _("Tools and administration")}
REPORT = Door(_("Report a danger"), "plus", "dangers:report", "danger:report")


@dataclass(frozen=True)
class Entry:
    """A door as this page shows it."""

    door: Door
    url: str
    is_here: bool


def url_of(page: str) -> str:
    """Return the address of a page by name, or nothing where its room has not built it."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def entries_for(actor: Actor | None, path: str, doors: tuple[Door, ...] = DOORS) -> list[Entry]:
    """Return the doors open to `actor`, the one that holds `path` marked; the deepest match wins."""
    offered = [
        (door, url_of(door.page)) for door in doors if not door.permission or (actor and actor.has(door.permission))
    ]
    urls = [url for _door, url in offered if url and (path == url or (url != "/" and path.startswith(url)))]
    here = max(urls, key=len, default="")
    return [Entry(door, url, url == here) for door, url in offered if url]
