"""What happened to a danger, in words: the journal's entries of one step told as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from zhiben.dangers.domain.clock import Clock
from zhiben.dangers.domain.kinds import EvidenceKind, Flag, Level, SetBy, State, StopStatus
from zhiben.dangers.domain.loop import LOOP
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.steps import STEPS as STEPS_TABLE
from zhiben.dangers.domain.undo import UNDONE
from zhiben.dangers.domain.words import label
from zhiben.dangers.web import noticed
from zhiben.journal.public import Recorded, label_of
from zhiben.kernel.actor import SYSTEM
from zhiben.orgs.models import Account, Department
from zhiben.orgs.public import person_names

STEPS = {"danger:stepped", "danger:signed-off", "danger:voided", "danger:reopened"}
MERGERS = ("danger:merged", "danger:unmerged")
MOVES = {"danger:found", "danger:imported", *STEPS, *MERGERS}
FIRST = (
    "danger:found",
    "danger:imported",
    *sorted(STEPS),
    *MERGERS,
    "danger:took-in",
    "danger:told-apart",
    "danger:source-added",
    "danger:overdue",
    "danger:no-longer-overdue",
)


@dataclass
class Chapter:
    """One act: what it was, what was said and decided with it, who and when."""

    at: datetime
    who: str
    what: str
    notes: list[str] = field(default_factory=list)
    state: State | None = None


@dataclass(frozen=True)
class Names:
    """People and departments that entries name by number; who acted, by account."""

    actors: Mapping[int, str]
    people: Mapping[int, str]
    departments: Mapping[int, str]


def story_of(entries: Sequence[Recorded], language: str) -> list[Chapter]:
    """Return the acts, newest first; entries of one moment and actor are one act."""
    names = _names(entries)
    return [_chapter(act, names, language) for act in reversed(_acts(entries))]


def _acts(entries: Sequence[Recorded]) -> list[list[Recorded]]:
    """Put together what one person wrote at one moment; a second step begins a new act."""
    acts: list[list[Recorded]] = []
    for entry in entries:
        last = acts[-1] if acts else None
        same = last is not None and (last[0].at, last[0].actor) == (entry.at, entry.actor)
        if last is None or not same or (entry.code in {*STEPS, *MERGERS} and any(one.code in FIRST for one in last)):
            acts.append([entry])
        else:
            last.append(entry)
    return acts


def reached(entries: Iterable[Recorded]) -> dict[State, datetime]:
    """Return when the danger last came to each state."""
    found: dict[State, datetime] = {}
    for entry in entries:
        if entry.code in MOVES and (after := entry.body.get("after")):
            state = State(after)
            if entry.body.get("before") != after or state not in found:
                found[state] = entry.at
    return found


def _chapter(act: list[Recorded], names: Names, language: str) -> Chapter:
    main = min(act, key=lambda entry: FIRST.index(entry.code) if entry.code in FIRST else len(FIRST))
    notes = [note for entry in act for note in _notes(entry, names, language, is_main=entry is main)]
    after = main.body.get("after")
    return Chapter(
        main.at, _who(main, names), _what(main, language), list(dict.fromkeys(notes)), State(after) if after else None
    )


def _who(entry: Recorded, names: Names) -> str:
    if entry.actor is None:
        nobody = entry.actor_label in {None, SYSTEM.label}
        return _("The program") if nobody else str(entry.actor_label)  # who confirmed a notice without an account
    if entry.actor_label is None:
        return _("Somebody whose name was removed")
    return names.actors.get(entry.actor, entry.actor_label)


def _what(entry: Recorded, language: str) -> str:
    if entry.code not in STEPS:
        return label_of(entry.code)(language)
    move = entry.body["move"]
    if move == UNDONE:
        undone = entry.body["facts"].get("undone")
        return _("Undone: %(step)s") % {
            "step": next(step.label(language) for step in STEPS_TABLE if step.move == undone)
        }
    if move not in set(Move):
        return label_of("unit:handed-on" if move == "follow_unit" else entry.code)(language)
    step = LOOP.get((State(entry.body["before"]), Move(move)))
    return step.label(language) if step else move


def _notes(entry: Recorded, names: Names, language: str, *, is_main: bool) -> Iterable[str]:
    body = entry.body
    if is_main:
        yield from _said(entry)
        yield from _other(body)
        yield from _decided(body.get("facts") or {}, names, language)
    if entry.code == "deadline:set":
        yield _deadline(body, language)
    elif entry.code == "danger:evidence-added":
        kinds = [label(EvidenceKind(file["kind"]))(language) for file in body["files"]]
        yield _("Files") + _(": ") + _(", ").join(f"{kind} × {kinds.count(kind)}" for kind in dict.fromkeys(kinds))
    elif entry.code == "danger:flagged":
        mark = label(Flag(body["flag"]))(language)
        yield (_("Marked: %(mark)s") if body["up"] else _("Mark removed: %(mark)s")) % {"mark": mark}
    elif entry.code in noticed.CODES:
        yield from noticed.told_of_notice(body, names.people, language)
    elif entry.code == "danger:overdue" and is_main:
        yield _("The limit was %(day)s") % {"day": body["due_on"]}
    elif not is_main and entry.code not in FIRST and entry.code != "danger:reclassified":  # the level is told already
        yield label_of(entry.code)(language)


def _said(entry: Recorded) -> Iterable[str]:
    """Tell the words given; what was removed on request says so."""
    for name in ("report", "reason", "text"):
        if name in entry.shredded:
            yield _("(these words were removed)")
        elif text := entry.body.get(name):
            yield text


def _other(body: Mapping[str, object]) -> Iterable[str]:
    """Name the other danger that an act is about."""
    number = body.get("into_number") or body.get("merged_number") or body.get("other_number")
    if number:
        yield _("Hidden danger %(number)s") % {"number": number}
    if body.get("out"):
        yield _("It was taken out again.")


def _decided(facts: Mapping[str, object], names: Names, language: str) -> Iterable[str]:
    def line(title: str, text: object) -> str:
        return f"{title}{_(': ')}{text}"

    if facts.get("level"):
        yield line(_("Level"), capfirst(label(Level(str(facts["level"])))(language)))
    if owner := facts.get("owner"):
        yield line(_("Owner"), names.people.get(_int(owner), "–"))
    if officers := facts.get("officers"):
        people = officers if isinstance(officers, list) else []
        yield line(_("Officers"), _(", ").join(names.people.get(_int(person), "–") for person in people))
    if department := facts.get("department"):
        yield line(_("Department"), names.departments.get(_int(department), "–"))
    if wanted := facts.get("wanted"):
        yield line(_("Asked for until"), wanted)
    if "granted" in facts:
        yield _("Granted") if facts["granted"] else _("Refused")
    if facts.get("outcome"):
        yield label(StopStatus(str(facts["outcome"])))(language)


def _deadline(body: Mapping[str, object], language: str) -> str:
    clock, by = capfirst(label(Clock(str(body["kind"])))(language)), label(SetBy(str(body["set_by"])))(language)
    return _("%(clock)s by %(day)s (%(by)s)") % {"clock": clock, "day": body["day"], "by": by}


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _names(entries: Sequence[Recorded]) -> Names:
    people, departments = set[int](), set[int]()
    for entry in entries:
        facts = entry.body.get("facts") or {}
        people |= {facts["owner"]} if facts.get("owner") else set()
        people |= set(facts.get("officers") or ()) | noticed.people_in(entry.code, entry.body)
        departments |= {facts["department"]} if facts.get("department") else set()
    rows = Department.objects.filter(pk__in=departments).values_list("pk", "name") if departments else ()
    accounts = Account.objects.filter(pk__in={entry.actor for entry in entries if entry.actor is not None})
    actors = dict(accounts.filter(person__isnull=False).values_list("pk", "person__name"))
    return Names(actors, person_names(people) if people else {}, dict(rows))
