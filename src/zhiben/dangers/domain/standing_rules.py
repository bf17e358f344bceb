"""What a region may decide for itself, and from when."""

from enum import StrEnum


class RulesKind(StrEnum):
    """What the rules are about."""

    LADDER = "ladder"
    LISTING = "listing"
