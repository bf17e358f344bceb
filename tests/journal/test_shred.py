"""Shredding: the values are gone, the chain still holds, and it is told."""

import pytest
from journal.lamps import LI, NOW, line, write

from zhiben.journal import public as journal
from zhiben.journal.models import Personal
from zhiben.kernel.actor import Actor


@pytest.mark.django_db
def test_the_personal_values_of_a_subject_are_destroyed_on_every_chain():
    write(line(1, note="王伟"), line(1, note="王伟", chain="system"), line(2, note="张敏"))
    assert journal.shred("lamp/1", actor=LI, now=NOW) == 4
    kept = journal.history("lamp/1")
    assert [e.body.get("note") for e in kept[:2]] == [None, None]
    assert kept[0].shredded == {"note", "actor_label"}
    assert [(e.code, e.chain, e.body) for e in kept[2:]] == [
        ("personal:shredded", "enterprise:1", {"count": 2}),
        ("personal:shredded", "system", {"count": 2}),
    ]
    assert journal.history("lamp/2")[0].body["note"] == "张敏"


@pytest.mark.django_db
def test_the_name_of_an_account_is_destroyed_under_everything_it_did():
    write(line(1, note="x"))
    write(line(2), actor=Actor(id=8, label="张敏"))
    assert journal.shred("account/7", actor=Actor(id=8, label="张敏"), now=NOW) == 1
    (mine,), (theirs,) = journal.history("lamp/1"), journal.history("lamp/2")
    assert (mine.actor, mine.actor_label, mine.body["note"]) == (7, None, "x")
    assert theirs.actor_label == "张敏"


@pytest.mark.django_db
def test_nothing_to_destroy_is_not_told():
    assert journal.shred("lamp/1", actor=LI, now=NOW) == 0
    assert journal.history("lamp/1") == []
    assert not Personal.objects.exists()
