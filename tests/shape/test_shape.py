"""Rules of the house that no linter knows."""

from importlib import import_module
from itertools import pairwise

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from source import SOURCE, attributes

from zhiben.journal.events import REGISTRY
from zhiben.kernel.actor import Permission
from zhiben.orgs.domain.permission_labels import SHIPPED_LABELS
from zhiben.orgs.domain.roles import BUILTIN_ROLES, known_permissions
from zhiben.orgs.fields import PathField
from zhiben.orgs.models import Unit, UnitMove
from zhiben.orgs.paths import path_holders
from zhiben.orgs.permissions import label_of

STACK = (  # bottom first; siblings share a floor
    ("journal",), ("orgs",), ("clocks",), ("files", "notices"), ("documents",), ("standards",), ("dangers",), ("insights",),
    ("exchange",), ("shell",),
)  # fmt: skip
FLOOR = {room: number for number, rooms in enumerate(STACK) for room in rooms}
OURS = [model for model in apps.get_models() if model.__module__.startswith("zhiben.")]


def room_of(model) -> str:
    return model.__module__.split(".")[1]


def foreign_keys():
    for model in OURS:
        for column in model._meta.get_fields(include_hidden=False):
            if column.is_relation and not column.auto_created and column.related_model in OURS:
                yield model, column


def test_the_floors_are_the_installed_rooms():
    assert set(FLOOR) == set(settings.ROOMS)


def test_foreign_keys_point_down():
    rooms = {
        f"{model.__name__}.{column.name}": (room_of(model), room_of(column.related_model))
        for model, column in foreign_keys()
    }
    upward = {name: pair for name, pair in rooms.items() if pair[0] != pair[1] and FLOOR[pair[0]] <= FLOOR[pair[1]]}
    assert len(rooms) > 200
    assert upward == {}, "the second room lies above the first"


def permission_enums(base=Permission):
    for enum in base.__subclasses__():
        yield from ([enum] if len(enum) else permission_enums(enum))


for room in settings.ROOMS:
    if (SOURCE / room / "permissions.py").exists():
        import_module(f"zhiben.{room}.permissions")
ENUMS = [enum for enum in permission_enums() if enum.__module__.startswith("zhiben.")]


def test_every_permission_belongs_to_some_shipped_role():
    defined = {str(permission) for enum in ENUMS for permission in enum}
    assert defined - known_permissions() == set(), "give it to a role in orgs/domain/roles.py"


def test_every_shipped_role_names_permissions_that_exist():
    defined = {str(permission) for enum in ENUMS for permission in enum}
    waiting = {"import", "export", "journal"}  # rooms whose permissions may still be on their way
    missing = {p for p in known_permissions() - defined if p.split(":")[0] not in waiting}
    assert missing == set()


def test_no_permission_is_defined_twice():
    names = [str(permission) for enum in ENUMS for permission in enum]
    assert len(names) == len(set(names))


def test_every_permission_has_a_label_in_both_languages():
    labels = {name: label_of(name) for name in known_permissions() | {str(p) for enum in ENUMS for p in enum}}
    unsaid = [name for name, label in labels.items() if not label.zh or not label.en or name in {label.zh, label.en}]
    assert unsaid == []


def test_no_label_is_left_over():
    assert set(SHIPPED_LABELS) == known_permissions()


@pytest.mark.parametrize("role", BUILTIN_ROLES, ids=lambda role: role.slug)
def test_every_shipped_role_has_a_name_in_both_languages(role):
    assert role.name.zh != role.name.en


def test_every_event_has_a_label_in_both_languages():
    labels = {code: kind.label for code, kind in REGISTRY.items() if kind.__module__.startswith("zhiben.")}
    assert len(labels) > 100
    assert [code for code, label in labels.items() if not label.zh or not label.en] == []


def test_migrations_form_one_line():
    graph = MigrationLoader(None).graph
    for room in settings.ROOMS:
        own = sorted(key for key in graph.nodes if key[0] == room)
        assert len(graph.leaf_nodes(room)) == (1 if own else 0)
        for before, after in pairwise(own):
            assert before in graph.node_map[after].parents, f"{after} does not follow {before}"


UNSCOPED = {  # who may read past the scope, and why
    "orgs/holders.py": "what hangs on an ended unit goes to its heir whatever the scope",
    "orgs/paths.py": "a move rewrites rows whatever the scope",
    "standards/services/judging.py": "services fetched the enterprise for the actor before",
    "standards/services/recording.py": "services fetched the enterprise for the actor before",
    "standards/services/rejudging.py": "the sweep and the job work for the system",
    "standards/services/requesting.py": "the enterprises were found for the actor before",
    "standards/looking.py": "the enterprises were found for the actor before; sweep and consumer work for the system",
    "standards/services/surveying.py": "the job works for the system",
    "standards/selectors.py": "put the scope of one permission in by hand",
    "files/services.py": "an id made by the client may belong to nobody yet",
    "files/selectors.py": "put the scope of one permission in by hand",
    "documents/selectors/reading.py": "put the scope of one permission in by hand, or were shown what it is about",
    "documents/selectors/registers.py": "put the scope of one permission in by hand",
    "documents/services/drafting.py": "new rows are written; the draft was fetched for the actor before",
    "documents/services/issuing.py": "the draft was fetched for the actor before",
    "documents/services/serving.py": "the document was fetched for the actor before",
    "documents/services/withdrawing.py": "the document was fetched for the actor before",
    "dangers/selectors/reading.py": "put the scope of one permission in by hand",
    "dangers/services/report.py": "ids made by a client are looked up whoever holds them; new rows are written",
    "dangers/services/moves.py": "the danger was fetched for the actor before",
    "dangers/services/undo_points.py": "rows beside a danger that was fetched for the actor before",
    "dangers/services/undoing.py": "the danger was fetched for the actor before",
    "dangers/services/sweeping.py": "the sweep works for the system",
    "dangers/services/lookbacks.py": "the look-back was fetched for the actor before; the sweep works for the system",
    "dangers/services/sampling.py": "the sample was fetched for the actor before; sweep and consumer work for the system",
    "dangers/selectors/lookbacks.py": "put the scope of one permission in by hand",
    "dangers/selectors/samples.py": "put the scope of one permission in by hand",
    "dangers/services/recurring.py": "consumers work for the system; the link was fetched for the actor before",
    "dangers/services/accountability.py": "consumers work for the system; the candidate was fetched for the actor before",
    "dangers/selectors/recurrences.py": "put the scope of one permission in by hand; the danger was shown to the actor",
    "dangers/selectors/accountability.py": "put the scope of one permission in by hand",
    "dangers/services/following.py": "a unit's move carries all its dangers along, whoever may see them",
    "dangers/services/suspicions.py": "the place was checked for the actor before",
    "dangers/services/list_clock.py": "the sweep works for the system",
    "dangers/services/laddering.py": "the sweep works for the system",
    "dangers/services/spans.py": "consumers work for the system",
    "dangers/selectors/simulation.py": "whoever simulates may set the rules of the whole region",
    "dangers/services/resettling.py": "the enterprises were found for the actor before; the sweep works for the system",
    "dangers/services/populations.py": "the unit was fetched for the actor before; sweep and consumer work for the system",
    "dangers/services/suspecting.py": "the consumer works for the system",
    "dangers/selectors/family.py": "whoever was shown a danger is shown what was merged into it",
    "dangers/selectors/alike.py": "what is alike is scored for the system; pages show it through `duplicates`",
    "dangers/selectors/duplicates.py": "put the scope of one permission in by hand",
    "dangers/services/proposing.py": "the sweep works for the system; the pair was fetched for the actor before",
    "dangers/services/merging.py": "both dangers were fetched for the actor before",
    "dangers/selectors/resting.py": "of dangers that were shown to the actor",
    "dangers/selectors/judging.py": "put the scope of one permission in by hand",
    "dangers/selectors/suspicions.py": "put the scope of one permission in by hand",
    "exchange/selectors/imports.py": "put the scope of one permission in by hand",
    "exchange/services/answers.py": "the import was fetched for the actor when the workbook was asked for",
    "exchange/services/bringing.py": "the import was fetched for the actor when it was let in; a job goes on with it",
    "exchange/services/uploading.py": "the unit was fetched for the actor before; the same file before, whoever brought it",
    "exchange/services/voiding.py": "the import was fetched for the actor when it was let in; a job goes on with it",
    "insights/locked.py": "the part of the tree was fetched for the actor before",
    "insights/services/scheduling.py": "the sweep works for the system; the unit was fetched for the actor before",
    "insights/web/papers.py": "the part of the tree was fetched for the actor before",
    "insights/services/forms.py": "new rows are written; the part of the tree was fetched for the actor before",
    "insights/rows.py": "the part of the tree was fetched for the actor before",
    "insights/postings.py": "the part of the tree was fetched for the actor before",
    "insights/services/counting.py": "consumers work for the system",
    "clocks/sweeping.py": "the sweep works for the system",
}


def unscoped_users() -> set[str]:
    return {
        file.relative_to(SOURCE).as_posix() for file, node in attributes() if node.attr in {"unscoped", "_base_manager"}
    }


def test_only_the_listed_files_read_past_the_scope():
    assert unscoped_users() - set(UNSCOPED) == set()


def test_every_column_of_paths_follows_when_a_unit_moves():
    held = {(holder.model, holder.path) for holder in path_holders()}
    for model in OURS:
        for column in model._meta.concrete_fields:
            if column.attname != "path" or model in {Unit, UnitMove}:
                continue
            assert isinstance(column, PathField), f"{model.__name__}.path: use orgs.fields.PathField"
            assert (model, "path") in held


def test_a_column_of_check_boxes_has_a_heading_that_goes_with_it():
    """Paper leaves such a column out: a heading left behind would stand above the wrong column."""
    for file in SOURCE.rglob("templates/**/*.html"):
        text = file.read_text(encoding="utf-8")
        assert ('<td role="cell" class="cell-pick">' in text) == ('<c-th fit="1" class="cell-pick">' in text), file.name
