"""Every event of every room says what people read for it, and what its fields are."""

import importlib
import pkgutil
from dataclasses import fields
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

import pytest

import zhiben
from zhiben.journal.events import REGISTRY, fields_of, label_of

for room in pkgutil.iter_modules(zhiben.__path__):
    if importlib.util.find_spec(f"zhiben.{room.name}") and room.ispkg:
        try:
            importlib.import_module(f"zhiben.{room.name}.events")
        except ModuleNotFoundError as missing:
            if missing.name != f"zhiben.{room.name}.events":
                raise

OURS = sorted(code for code, kind in REGISTRY.items() if kind.__module__.startswith("zhiben."))


@pytest.mark.parametrize("code", OURS)
def test_an_event_has_a_label_in_both_languages_and_says_when_it_is_written(code):
    kind = REGISTRY[code]
    label = label_of(code)
    assert label.zh != label.en, f"{code} has no label"
    assert label.en
    assert label.zh
    told = kind.__doc__ or ""
    assert not told.startswith(f"{kind.__name__}("), f"{code}: {kind.__name__} has no docstring of its own"
    assert len(told) > 15
    assert fields_of(kind) == tuple(f.name for f in fields(kind))


@pytest.mark.parametrize("code", OURS)
def test_the_fields_of_an_event_have_a_canonical_text(code):
    for name, hint in get_type_hints(REGISTRY[code]).items():
        if get_origin(hint) is not ClassVar:
            strange = set(parts(hint)) - {str, int, bool, list, tuple, dict, type(None), Any}
            assert all(isinstance(part, type) and issubclass(part, (str, int)) for part in strange), (code, name, hint)


def parts(hint):
    """Every plain type inside a hint."""
    inner = get_args(hint)
    if not inner:
        yield hint
    for part in inner:
        if part is not ...:
            yield from parts(part)


def test_a_code_nobody_declares_any_more_is_shown_as_it_is():
    assert label_of("gone:away").en == "gone:away"
