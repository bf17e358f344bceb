"""An entry of the journal as its readers see it: names for numbers, words for codes; all of it in full below."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhiben.journal.events import REGISTRY, Recorded
from zhiben.journal.public import label_of
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.periods import local_day
from zhiben.law.facts import vocabulary
from zhiben.orgs.links import page_url
from zhiben.shell.journal_names import NAMED_BY_TEXT, Names, clause_named, key_of, own_roles, refers
from zhiben.shell.journal_words import FIELDS, SUBJECTS, Word, place_word, value_word

TECHNICAL = frozenset({  # numbers, keys and fingerprints that mean nothing to people; they stand in the full entry
    "batch", "candidate", "comment", "delivery", "determination", "digest", "document", "draft", "ends", "file", "filter",
    "form", "frame_hash", "grant", "into_number", "legs", "link", "lookback", "measure", "merged_number", "method",
    "moved", "moves", "new_path", "old_path", "other_number", "path", "publication", "replaced", "rules", "sample",
    "seed", "sha256", "step", "suspicion", "template_version", "token", "uid", "uids",
})  # fmt: skip
PAGES = {
    "danger": "dangers:detail", "enterprise": "orgs:enterprise", "unit": "orgs:unit", "account": "orgs:account",
    "person": "orgs:person", "department": "orgs:department", "suspicion": "dangers:suspicion",
}  # fmt: skip
Said = tuple[str, str]


def rows_of(entries: Sequence[Recorded], names: Names) -> list[dict[str, Any]]:
    """Return the entries as rows; personal fields are named, their values stay with the record itself."""
    roles = own_roles()
    return [_row(entry, names, roles) for entry in entries]


def _row(entry: Recorded, names: Names, roles: Mapping[str, Bilingual]) -> dict[str, Any]:
    kind = REGISTRY.get(entry.code)
    personal = (kind.personal if kind else frozenset()) | entry.shredded
    body = {name: value for name, value in entry.body.items() if name not in personal}
    hidden = sorted(personal & set(entry.body))
    return {
        "entry": entry,
        "label": label_of(entry.code),
        "fields": list(_fields(entry, body, names, roles)),
        "full": [(name, value) for name, value in body.items() if value not in (None, "", [], {})],
        "is_back_dated": entry.on != local_day(entry.at),
        "personal": hidden,
        "personal_words": [field_word(name) for name in hidden],
        "is_shredded": bool(entry.shredded),
        "about": _about(entry, names),
        "chain": _thing(entry.chain, names),
        "url": _page_of(entry.subject),
    }


def _about(entry: Recorded, names: Names) -> dict[str, Any]:
    """Name what an entry is about; a guide and a link by the clause they stand at."""
    kind, standard, clause = entry.subject.partition("/")[0], entry.body.get("standard"), entry.body.get("clause")
    if kind in {"guide", "clause-link"} and standard and clause:
        return {"kind": SUBJECTS[kind], "name": clause_named(str(standard), str(clause))}
    return _thing(entry.subject, names)


def _thing(text: str, names: Names) -> dict[str, Any]:
    """Name what an entry is about: its kind, and its name where it has one."""
    key = key_of(text)
    name = names.of_text(text)
    return {"kind": FIELDS[key[0]], "name": name} if key and name else {"kind": "", "name": place_word(text)}


def _fields(entry: Recorded, body: Mapping[str, Any], names: Names, roles: Mapping[str, Bilingual]) -> Iterator[Said]:
    itself = [key_of(entry.subject), key_of(entry.chain)]
    say = Teller(entry.code, names, roles)
    for name, value in body.items():
        if value in (None, "", [], {}) or name in TECHNICAL or (refers(entry.code, name), value) in itself:
            continue
        if isinstance(value, dict):
            if name == "after":
                yield from say.changed(body.get("before") or {}, value)
        elif words := say.value(name, value):
            yield field_word(name), words


def field_word(name: str) -> str:
    """Say what a field is called, in the reader's language."""
    known = FIELDS.get(name)
    return known(get_language() or "en") if known else name


class Teller:
    """Says the values of one entry in the reader's language."""

    def __init__(self, code: str, names: Names, roles: Mapping[str, Bilingual]) -> None:
        self._code, self._names, self._roles = code, names, roles
        self._language = get_language() or "en"

    def value(self, name: str, value: Any) -> str:
        """Write a value for people."""
        if isinstance(value, list):
            return str(_(", ")).join(filter(None, (self.value(name, one) for one in value)))
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        return self._of_part(value) if isinstance(value, dict) else self._told(self._word(name, value))

    def _word(self, name: str, value: Any) -> Word:
        if (kind := refers(self._code, name)) and type(value) is int:
            return self._names.of(kind, value) or place_word(f"{kind}/{value}")
        if name in NAMED_BY_TEXT and (known := self._names.of_text(str(value))):
            return known
        if name == "role" and value in self._roles:
            return self._roles[value]
        return value_word(name, str(value))

    def changed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Said]:
        """Tell what was changed, field by field: what it was, what it is."""
        for name in after:
            was, now = (self.value(name, one.get(name)) if one.get(name) else "–" for one in (before, after))
            if name not in TECHNICAL and was != now:
                yield field_word(name), f"{was} → {now}"

    def _of_part(self, part: Mapping[str, Any]) -> str:
        """Say a row inside a field: a fact with its value, a clause with its verdicts, a file by its kind."""
        if "name" in part and "value" in part:
            known = vocabulary().get(str(part["name"]))
            label = known.label if known else Bilingual.of(str(part["name"]))
            return f"{self._told(label)} {self.value('', part['value'])}"
        if "clause" in part and "after" in part:
            was, now = (self.value("verdict", part.get(at) or "–") for at in ("before", "after"))
            return f"{part['clause']} {was} → {now}"
        named = [self.value(name, part[name]) for name in ("unit", "name", "kind") if part.get(name)]
        return named[0] if named else ""

    def _told(self, word: Word) -> str:
        return word(self._language) if isinstance(word, Bilingual) else str(word)


def _page_of(subject: str) -> str:
    """Return the page of what an entry is about, where there is one."""
    key = key_of(subject)
    return page_url(PAGES[key[0]], key[1]) if key else ""
