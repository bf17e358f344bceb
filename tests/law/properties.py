"""Property tests that say whose they are: `property_of` names functions of the law and holds the test to running them."""

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import unwrap
from pathlib import Path

from depth import examples
from hypothesis import settings

from tests.law.told import bare
from zhiben.law.functions import FUNCTIONS

FEW = settings(max_examples=examples(40, deep=1000))


def property_of(*names: str) -> Callable:
    """Mark a test by Hypothesis as the own one of functions; written above `@given` and `@settings`.

    The test fails where it ends without having run every function it names.
    """

    def mark(test: Callable) -> Callable:
        inner = test.hypothesis.inner_test  # a test without `@given` has none
        unseen: dict[object, str] = {}

        @wraps(inner)
        def watched(*args, **given):
            with _watching(unseen):
                return inner(*args, **given)

        test.hypothesis.inner_test = watched

        @wraps(test)
        def whole(*args, **given):
            unseen.update({unwrap(FUNCTIONS[name].run).__code__: name for name in names})
            test(*args, **given)
            assert not unseen, f"the test never ran {', '.join(unseen.values())}"

        return whole

    return mark


@contextmanager
def _watching(unseen: dict[object, str]) -> Iterator[None]:
    """Strike out what is run inside; costs nothing once all was seen."""
    if unseen:
        sys.setprofile(lambda frame, _event, _about: unseen.pop(frame.f_code, None))
    try:
        yield
    finally:
        sys.setprofile(None)


def named() -> dict[str, list[str]]:
    """Return by function the property tests of tests/law that name it."""
    found: dict[str, list[str]] = {}
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        for test in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                for name in _names_of(test):
                    found.setdefault(name, []).append(f"{file.name}::{test.name}")
    return found


def _names_of(test: ast.FunctionDef) -> Iterator[str]:
    for decorator in test.decorator_list:
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", None) == "property_of":
            yield from (ast.literal_eval(name) for name in decorator.args)


def answer(called: str, /, on: object = None, **given):
    """Run a function on read inputs; return its exact answer, without the field that says what it rests on."""
    return bare(FUNCTIONS[called].run(**given, **({} if on is None else {"on": on})))
