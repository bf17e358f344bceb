"""How deep property tests dig: a run takes the same examples every time; ZHIBEN_TEST_DEEP=1 draws many more, anew."""

import os

import hypothesis

DEEP = os.environ.get("ZHIBEN_TEST_DEEP") == "1"


def examples(usual: int, *, deep: int) -> int:
    """Return how many examples a costly test takes."""
    return deep if DEEP else usual


def load() -> None:
    """Set what holds where a test says nothing; how long one takes is the machine's load, no fault."""
    hypothesis.settings.register_profile("usual", deadline=None, derandomize=True, database=None)
    hypothesis.settings.register_profile("deep", deadline=None, max_examples=1000)
    hypothesis.settings.load_profile("deep" if DEEP else "usual")
