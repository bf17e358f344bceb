"""A kind of notice that needs a receipt, one that does not, and people to tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.domain.kinds import KINDS, NoticeKind
from zhiben.notices.public import Addressee, notify, notify_addressees
from zhiben.orgs.models import Account, Person

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
ABOUT = Bilingual("{site}有隐患", "A danger at {site}")
GRAVE = NoticeKind("test:grave", Bilingual("重大隐患", "Major"), ABOUT, needs_receipt=True, is_urgent=True)
PLAIN = NoticeKind("test:plain", Bilingual("一般消息", "Plain"), ABOUT, page="dangers:detail")
FACTS = {"site": {"zh": "一号仓库", "en": "Warehouse 1"}}


@contextmanager
def kinds_known() -> Iterator[None]:
    """Let both kinds be known for one test."""
    KINDS.update({GRAVE.name: GRAVE, PLAIN.name: PLAIN})
    try:
        yield
    finally:
        for kind in (GRAVE, PLAIN):
            KINDS.pop(kind.name)


def make_reader(name: str, *, account: bool = True, email: str = "", phone: str = "", **home) -> Actor:
    """Somebody who is told; without an account only from outside."""
    person = Person.objects.create(name=name, email=email, phone=phone, **home)
    login = Account.objects.create(username=name, person=person) if account else None
    return Actor(id=login.pk if login else None, label=name, person=person.pk)


def tell(*actors, kind=PLAIN, key="k", now=NOW, subject="danger/1", **more) -> int:
    return notify([a.person for a in actors], kind.name, subject=subject, key=key, facts=FACTS, now=now, **more)


def tell_gravely(*actors, key="grave", now=NOW, circle="", **more) -> int:
    people = [Addressee(actor.person, ("principal",), circle) for actor in actors]
    return notify_addressees(people, GRAVE.name, subject="danger/1", key=key, facts=FACTS, now=now, **more)
