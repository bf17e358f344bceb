"""What a document says: its template filled, or the text that was signed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiben.documents.domain.flow import LANGUAGES, Flow, Head, flow_of, withdrawn
from zhiben.documents.domain.kinds import NUMBERED, DocumentState, kind_of
from zhiben.documents.domain.shipped import shipped_source, template_of
from zhiben.documents.domain.template import Layout, Template
from zhiben.documents.domain.values import kept
from zhiben.documents.models import Document, Office
from zhiben.documents.selectors.reading import office_name
from zhiben.kernel.bilingual import Bilingual

ISSUED_HEAD = {Layout.OFFICIAL: "文件", Layout.LETTER: "", Layout.FORM: ""}


def flow_for(document: Document, language: str) -> Flow:
    """Return what a document says in `zh` or `en`: what was signed, or for a draft its template filled."""
    if document.state in NUMBERED and document.text:
        signed: Flow = document.text[language]
        return withdrawn(signed) if document.state == DocumentState.WITHDRAWN else signed
    return filled(document, number="", day=None, signer="")[language]


def filled(document: Document, *, number: str, day: date | None, signer: str) -> dict[str, Flow]:
    """Return a document's text in both languages, with the number, day and signer it gets."""
    template = template_for(document)
    office = office_of(document)
    facts = {**document.facts, **common_facts(document, number=number, day=day, signer=signer)}
    head = Head(
        mark=mark_of(document, office, template.layout),
        office=Bilingual(office_name(document), office_name_en(document, office)),
        number=number,
        recipient=document.recipient,
        day=kept(day),
        is_draft=not number,
    )
    return {language: flow_of(template, head, facts, language) for language in LANGUAGES}


def template_for(document: Document) -> Template:
    """Return the template that a document was made with."""
    kind = kind_of(document.kind)
    source = document.template.source if document.template else shipped_source(kind.template)
    return template_of(source, kind)


def common_facts(document: Document, *, number: str, day: date | None, signer: str) -> Mapping[str, Any]:
    """Return what is known of every document."""
    return {
        "number": number,
        "recipient": document.recipient,
        "office": office_name(document),
        "signer": signer,
        "signed_on": kept(day),
        "drafted_on": kept(document.drafted_at),
        "enterprise": document.enterprise.name if document.enterprise else "",
        "unit": document.unit.name,
    }


def office_of(document: Document) -> Office | None:
    """Return how the issuer appears, where it was said."""
    if document.department_id:
        return Office.objects.filter(department=document.department_id).first()
    return Office.objects.filter(enterprise=document.issuer_id).first()


def office_name_en(document: Document, office: Office | None) -> str:
    """Return the issuer's English name; its own name where none was given."""
    return (office.mark_en if office else "") or office_name(document)


def mark_of(document: Document, office: Office | None, layout: Layout) -> Bilingual:
    """Return what stands at the top: the name, and 文件 behind it where the head is red."""
    name = (office.mark_zh if office else "") or office_name(document)
    tail = ISSUED_HEAD[layout]
    return Bilingual(name if name.endswith(tail) else name + tail, office_name_en(document, office))


def code_of(document: Document) -> str:
    """Return the issuer's code in numbers; its name where none was set."""
    office = office_of(document)
    return office.code if office else office_name(document)


def titles_of(document: Document) -> tuple[str, str]:
    """Return a document's title in both languages, as lists show it."""
    flows = filled(document, number="", day=None, signer="")
    return flows["zh"]["title"][:300], flows["en"]["title"][:300]
