"""Two people at one register: numbers without gaps and without doubles; two at one draft: one signature."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from letters import draft, issue, stored

from zhiben.documents.models import Document, Register, Signature
from zhiben.documents.services import issuing
from zhiben.kernel.errors import Conflict


@pytest.fixture
def crowd(transactional_db):
    """The cast, committed: threads have connections of their own."""
    from cast import make_cast  # noqa: PLC0415 -- Django's settings must stand first

    return make_cast()


def at_once(*calls):
    """Let all calls run together; return what each answered or raised."""
    barrier, answers = Barrier(len(calls)), [None] * len(calls)

    def run(at, call):
        barrier.wait()
        try:
            answers[at] = call()
        except Exception as problem:  # noqa: BLE001 -- the test looks at it
            answers[at] = problem
        finally:
            connection.close()

    threads = [Thread(target=run, args=(at, call)) for at, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_whoever_signs_a_draft_that_was_just_signed_is_told(cast, monkeypatch):
    one, checked, rivals = draft(cast), issuing._check, [cast.zhao]

    def slow_check(*given):
        checked(*given)
        if rivals:  # between reading and writing somebody else signs
            rivals.pop()
            Document.unscoped.filter(pk=one).update(
                state="issued", running=9, number="〔2026〕9号", text={"zh": {}, "en": {}}
            )

    monkeypatch.setattr(issuing, "_check", slow_check)
    with pytest.raises(Conflict, match="document:no-draft"):
        issue(cast, one)
    assert not Signature.objects.exists()


def test_a_register_gives_each_number_once_and_leaves_none_out(crowd):
    drafts = [draft(crowd) for _ in range(12)]
    numbers = at_once(*[lambda one=one: issue(crowd, one) for one in drafts])
    assert sorted(int(number.split("〕")[1][:-1]) for number in numbers) == list(range(1, 13))
    assert Register.objects.get().last == 12


def test_one_draft_is_signed_once_however_many_try(crowd):
    one = draft(crowd)
    answers = at_once(*[lambda: issue(crowd, one) for _ in range(6)])
    assert sum(isinstance(answer, str) for answer in answers) == 1
    assert all(isinstance(answer, (str, Conflict)) for answer in answers)
    assert Signature.objects.count() == 1
    assert stored(one).running == 1
    assert Register.objects.get().last == 1
