"""What a refusal says to people; the tables stand in `sentences/`, one a room."""

from collections.abc import Mapping

from zhiben.kernel.errors import Refusal
from zhiben.orgs.refusals import REFUSALS as OF_ORGS
from zhiben.shell.sentences import api, dangers, others
from zhiben.shell.sentences.rubric import Sentences
from zhiben.shell.sentences.statuses import BY_STATUS
from zhiben.standards.refusals import REFUSALS as OF_STANDARDS

__all__ = ["BY_CODE", "BY_STATUS", "Sentences", "sentences_for"]

BY_CODE: Mapping[str, Sentences] = {
    "access:missing-permission": BY_STATUS[403],
    "page:not-found": BY_STATUS[404],
    **{code: Sentences(*told) for code, told in {**OF_ORGS, **OF_STANDARDS}.items()},
    **others.SENTENCES,
    **api.SENTENCES,
    **dangers.SENTENCES,
}


def sentences_for(refusal: Refusal | None, status: int) -> Sentences:
    """Return the sentences of a refusal by its code, otherwise those of the status."""
    if refusal and refusal.code in BY_CODE:
        return BY_CODE[refusal.code].told(refusal.facts)
    return BY_STATUS.get(status, BY_STATUS[500])
