"""Where an import stands, and the way between."""

from enum import StrEnum


class Stage(StrEnum):
    """An import's state."""

    UPLOADED = "uploaded"  # the file is kept, its headings recognised
    READING = "reading"
    PREVIEWED = "previewed"  # every row has its verdict, nothing is written
    WRITING = "writing"
    DONE = "done"
    VOIDING = "voiding"
    VOIDED = "voided"
    REFUSED = "refused"  # the file cannot be read


ENDED = frozenset({Stage.DONE, Stage.VOIDED, Stage.REFUSED})


class Verdict(StrEnum):
    """What becomes of a row: read = accepted + repeated + rejected."""

    ACCEPTED = "accepted"
    REPEATED = "repeated"
    REJECTED = "rejected"
