"""Where the derived pictures of an original stand."""

from enum import StrEnum


class Derived(StrEnum):
    """Preview and thumbnail: none to be made, waited for, there, or impossible."""

    NONE = "none"
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"
