"""What a refusal says to people; the tables stand in `sentences/`, and in rooms that are used without pages."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import get_language

from zhiben.dangers.refusals import REFUSALS as OF_DANGERS
from zhiben.dangers.refusals_hands import REFUSALS as OF_HANDS
from zhiben.documents.refusals import REFUSALS as OF_DOCUMENTS
from zhiben.insights.refusals import REFUSALS as OF_INSIGHTS
from zhiben.kernel.errors import Refusal
from zhiben.law import sentences as law
from zhiben.orgs.refusals import REFUSALS as OF_ORGS
from zhiben.shell.sentences import api, dangers, imports, merging, notices, others, supervision
from zhiben.shell.sentences.rubric import Sentences
from zhiben.shell.sentences.statuses import BY_STATUS, OF_COMMANDS
from zhiben.standards.refusals import REFUSALS as OF_STANDARDS

__all__ = ["BY_CODE", "BY_STATUS", "Sentences", "sentences_for"]

BY_CODE: Mapping[str, Sentences] = {
    "access:missing-permission": BY_STATUS[403],
    "page:not-found": BY_STATUS[404],
    **{
        code: Sentences(*told)
        for code, told in {**OF_ORGS, **OF_DOCUMENTS, **OF_STANDARDS, **OF_DANGERS, **OF_HANDS, **OF_INSIGHTS}.items()
    },
    **others.SENTENCES,
    **api.SENTENCES,
    **dangers.SENTENCES,
    **imports.SENTENCES,
    **merging.SENTENCES,
    **supervision.SENTENCES,
    **notices.SENTENCES,
}


def told_in_a_line(refusal: Refusal) -> str:
    """Tell a refusal that was kept: what, why and what to do, as one line."""
    return sentences_for(refusal, 422).line()


def sentences_for(refusal: Refusal | None, status: int) -> Sentences:
    """Return the sentences of a refusal by its code, otherwise those of the status."""
    of_status = BY_STATUS.get(status, BY_STATUS[500])
    if not refusal:
        return of_status
    if refusal.code in BY_CODE:
        return BY_CODE[refusal.code].told(refusal.facts)
    if refusal.code in law.SENTENCES:
        around = OF_COMMANDS if refusal.code.startswith("command:") else of_status
        return replace(around, why=_ended(law.sentence(refusal, get_language() or "en"), get_language() or "en"))
    return of_status


def _ended(sentence: str, language: str) -> str:
    """Close a sentence: those of the law end with their example."""
    if sentence.endswith(("。", ".", "？", "?", "！", "!")):
        return sentence
    return sentence + ("。" if language.startswith("zh") else ".")
