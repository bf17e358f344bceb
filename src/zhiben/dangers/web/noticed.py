"""What the journal tells of a notice, in words for the story of a danger: who, over what, by whom."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from zhiben.notices.public import channel_label

CODES = frozenset({"notice:received", "notice:went-on", "notice:printed", "hand-over:asked", "hand-over:tried"})


def people_in(code: str, body: Mapping[str, Any]) -> set[int]:
    """Return the people that an entry about a notice names by number."""
    return {body[name] for name in ("person", "proxy_by") if body.get(name)} if code in CODES else set()


def told_of_notice(body: Mapping[str, Any], people: Mapping[int, str], language: str) -> Iterable[str]:
    """Tell to whom a notice went, over what; who read it for them."""
    ways = body.get("channels") or [name for name in (body.get("channel"),) if name]
    words = [people.get(body["person"], "–"), *(channel_label(way)(language) for way in ways)]
    yield " · ".join(words)
    proxy = people.get(body.get("proxy_by") or 0) or body.get("proxy_name")
    if proxy:
        yield _("read by %(name)s for them") % {"name": proxy}
    if body.get("note"):
        yield body["note"]
