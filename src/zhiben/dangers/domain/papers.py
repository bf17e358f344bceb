"""Which official documents a hidden danger calls for, by how it stands."""

from enum import StrEnum

from zhiben.dangers.domain.kinds import Level, SetBy, State


class Paper(StrEnum):
    """A document that a person drafts on the page of a danger, by the code of its kind."""

    RECTIFY = "order:rectify"
    STOP = "order:stop"
    ACCEPTANCE = "record:acceptance"
    SIGN_OFF = "notice:sign-off"
    TRANSFER = "letter:transfer"


OF_SUPERVISOR = frozenset({Paper.RECTIFY, Paper.STOP, Paper.SIGN_OFF, Paper.TRANSFER})


def papers_called_for(
    state: State, level: Level, *, due_set_by: SetBy | None, is_stopped: bool, is_supervised: bool
) -> list[Paper]:
    """Return the documents that may be drafted now.

    >>> papers_called_for(State.SIGNED_OFF, Level.GENERAL, due_set_by=SetBy.SELF, is_stopped=False, is_supervised=False)
    [<Paper.ACCEPTANCE: 'record:acceptance'>]
    """
    found = []
    if state is State.RECTIFYING and due_set_by is SetBy.ORDER:
        found.append(Paper.RECTIFY)
    if is_stopped:
        found.append(Paper.STOP)
    if state is State.SIGNED_OFF:
        found.append(Paper.ACCEPTANCE)
        if level is Level.MAJOR or is_supervised:
            found.append(Paper.SIGN_OFF)
    if state is State.TRANSFERRED:
        found.append(Paper.TRANSFER)
    return found
