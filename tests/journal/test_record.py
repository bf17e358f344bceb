"""Recording: what stands in the chain, what does not, and what is refused."""

import json
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from journal.lamps import DAY, LI, NOW, line, write

from zhiben.journal import public as journal
from zhiben.journal.domain.chain import Facts, genesis, seal, veil
from zhiben.journal.events import PersonalShredded
from zhiben.journal.models import Batch, Chain, Entry, Personal
from zhiben.kernel.actor import SYSTEM


@pytest.mark.django_db
def test_an_entry_is_bound_to_the_one_before_it():
    write(line(1), actor=SYSTEM)
    write(line(2), actor=SYSTEM)
    first, second = Entry.objects.order_by("seq")
    start = genesis("enterprise:1")
    at = 1778051289000010
    one = seal(
        start, "enterprise:1", 1, Facts(at, "2026-05-06", "lamp:lit", 1, "lamp/1", None, '{"lamp":1,"note":""}').text()
    )
    two = seal(
        one, "enterprise:1", 2, Facts(at, "2026-05-06", "lamp:lit", 1, "lamp/2", None, '{"lamp":2,"note":""}').text()
    )
    assert (bytes(first.hash), bytes(second.hash)) == (one, two)
    chain = Chain.objects.get()
    assert (chain.name, chain.seq, bytes(chain.head)) == ("enterprise:1", 2, two)


@pytest.mark.django_db
def test_personal_values_and_the_name_of_who_acted_stand_in_the_chain_only_as_salted_hashes():
    write(line(1, note="王伟家的灯"))
    entry = Entry.objects.get()
    assert "王伟" not in entry.body
    assert "李强" not in entry.body
    assert entry.actor == 7
    kept = {p.field: p for p in Personal.objects.all()}
    assert set(kept) == {"note", "actor_label"}
    note = kept["note"]
    assert json.loads(note.value) == "王伟家的灯"
    assert json.loads(entry.body)["~"]["note"] == veil(bytes(note.salt), "note", note.value)
    assert bytes(kept["note"].salt) != bytes(kept["actor_label"].salt)


@pytest.mark.django_db
def test_five_hundred_lines_on_two_chains_are_two_batches():
    write(*[line(n, chain=f"enterprise:{n % 2}") for n in range(500)])
    assert sorted(Batch.objects.values_list("first", "last", "position")) == [(1, 250, None), (1, 250, None)]
    assert Entry.objects.count() == 500


@pytest.mark.django_db
def test_a_second_call_in_one_transaction_is_refused():
    @transaction.atomic
    def record_twice():
        journal.record([line(1)], actor=LI, now=NOW)
        write(line(2))

    with pytest.raises(RuntimeError, match="already called"):
        record_twice()
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_several_services_one_after_the_other_may_each_record():
    for lamp in range(3):
        write(line(lamp))
    assert Entry.objects.count() == 3


@pytest.mark.django_db
def test_what_a_savepoint_rolled_back_may_be_recorded_again():
    @transaction.atomic
    def fail():
        journal.record([line(1)], actor=LI, now=NOW)
        raise ZeroDivisionError

    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            fail()
        journal.record([line(2)], actor=LI, now=NOW)
    assert list(Entry.objects.values_list("subject", "seq")) == [("lamp/2", 1)]


@pytest.mark.django_db
def test_outside_a_transaction_nothing_is_recorded():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        journal.record([line(1)], actor=LI, now=NOW)


@pytest.mark.django_db
def test_an_event_nobody_declared_is_an_error():
    @dataclass(frozen=True)
    class Unknown(journal.Event):
        lamp: int

    with pytest.raises(TypeError, match="not a registered"):
        write(journal.Line(Unknown(1), "lamp/1", "system", DAY))


def test_two_events_may_not_share_a_code():
    with pytest.raises(TypeError, match="share the code"):
        type("Other", (journal.Event,), {"code": "lamp:lit", "__module__": "elsewhere"})


@pytest.mark.parametrize("code", ["Lamp:lit", "lamp", "lamp:|", "lamp:lit:again", ":"])
def test_a_code_is_a_thing_and_what_happened(code):
    with pytest.raises(TypeError, match="thing:past"):
        type("Odd", (journal.Event,), {"code": code})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "chain", "on"),
    [
        ("lamp", "system", DAY),
        ("lamp/1|2", "system", DAY),
        ("lamp/1", "village:1", DAY),
        ("lamp/1", "enterprise:", DAY),
        ("lamp/1", "system|", DAY),
        ("lamp/1", "system", NOW),
    ],
)
def test_names_that_could_be_mistaken_are_refused(subject, chain, on):
    with pytest.raises((ValueError, TypeError)):
        write(journal.Line(PersonalShredded(1), subject, chain, on))


@pytest.mark.django_db
@pytest.mark.parametrize("value", [1.5, b"x", DAY, {"Key": 1}, 2**53, "\ud800"])
def test_values_without_one_canonical_text_are_refused(value):
    with pytest.raises((ValueError, TypeError)):
        write(journal.Line(PersonalShredded(value), "lamp/1", "system", DAY))


@pytest.mark.django_db
def test_entries_may_name_the_chinese_hash(settings):
    settings.JOURNAL_HASH = "SM3"
    write(line(1))
    entry = Entry.objects.get()
    facts = Facts(entry.at, entry.on_day, entry.code, 1, entry.subject, 7, entry.body)
    assert entry.alg == "SM3"
    assert bytes(entry.hash) == seal(genesis("enterprise:1", "SM3"), "enterprise:1", 1, facts.text(), "SM3")


@pytest.mark.django_db
def test_writing_takes_the_same_number_of_statements_for_one_line_and_for_many(django_assert_max_num_queries):
    write(line(1))
    limit = 8  # savepoint, heads (two or three), entries, personal, chain, batch, release
    with django_assert_max_num_queries(limit):
        write(line(2))
    if connection.vendor == "postgresql":
        with django_assert_max_num_queries(limit):
            write(*[line(n) for n in range(100)])
