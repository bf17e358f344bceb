"""Verification: whatever is changed behind the triggers is found, and nothing is found where nothing was."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from flush import unguarded
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from journal.lamps import LI, NOW, line, write

from zhiben.config import command
from zhiben.journal import public as journal
from zhiben.journal.domain.chain import Facts, genesis, seal
from zhiben.journal.domain.signed import read_roots
from zhiben.journal.models import Chain, Entry
from zhiben.journal.selectors.verifying import verify
from zhiben.journal.services.signing import sign_day, sign_yesterday
from zhiben.kernel.errors import Invalid

TOMORROW = NOW + timedelta(days=1)
TODAY = date(2026, 5, 6)


@pytest.fixture
def _lines(db):
    for lamp in range(1, 6):
        write(line(lamp, note=f"灯 {lamp}"), line(lamp, chain="enterprise:2"))


def tamper(*statements):
    with unguarded(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def found(against=()):
    return [(b.chain, b.seq, b.problem) for b in verify(against).broken]


IN_1 = "chain_id = (SELECT id FROM journal_chain WHERE name = 'enterprise:1')"


@pytest.mark.usefixtures("_lines")
def test_an_untouched_journal_is_whole():
    report = verify()
    assert (report.entries, report.chains, report.broken) == (10, 2, [])


@pytest.mark.django_db
def test_an_empty_journal_is_whole():
    assert verify().entries == 0
    assert not found()


@pytest.mark.usefixtures("_lines")
@pytest.mark.parametrize(
    "change",
    [
        "code = 'lamp:out'",
        "at = at + 1",
        "on_day = '2026-05-07'",
        "version = 2",
        "subject = 'lamp/9'",
        "actor = 8",
        "actor = NULL",
        "body = replace(body, '3', '4')",
        "alg = 'SM3'",
    ],
)
def test_a_change_of_any_column_is_found_at_its_entry(change):
    tamper(f"UPDATE journal_entry SET {change} WHERE {IN_1} AND seq = 3")
    assert ("enterprise:1", 3, "altered") in found()
    assert {(c, s) for c, s, _ in found()} == {("enterprise:1", 3)}


@pytest.mark.usefixtures("_lines")
def test_a_new_hash_does_not_hide_a_change():
    entry = Entry.objects.get(chain__name="enterprise:1", seq=3)
    before = Entry.objects.get(chain__name="enterprise:1", seq=2)
    facts = Facts(entry.at, entry.on_day, "lamp:out", entry.version, entry.subject, entry.actor, entry.body)
    new = seal(bytes(before.hash), "enterprise:1", 3, facts.text())
    tamper(f"UPDATE journal_entry SET code = 'lamp:out' WHERE id = {entry.pk}")
    with unguarded():
        Entry.objects.filter(pk=entry.pk).update(hash=new)
    assert found() == [("enterprise:1", 4, "altered")]


@pytest.mark.usefixtures("_lines")
def test_a_missing_entry_is_a_gap():
    tamper(f"DELETE FROM journal_entry WHERE {IN_1} AND seq = 2", f"DELETE FROM journal_personal WHERE {IN_1}")
    assert found() == [("enterprise:1", 2, "gap")]


@pytest.mark.usefixtures("_lines")
def test_closing_the_gap_does_not_hide_it():
    tamper(
        f"DELETE FROM journal_personal WHERE {IN_1}",
        f"DELETE FROM journal_entry WHERE {IN_1} AND seq = 2",
        *[f"UPDATE journal_entry SET seq = {n - 1} WHERE {IN_1} AND seq = {n}" for n in (3, 4, 5)],
        "UPDATE journal_chain SET seq = 4 WHERE name = 'enterprise:1'",
    )
    assert found()[0] == ("enterprise:1", 2, "altered")


@pytest.mark.usefixtures("_lines")
def test_two_entries_that_changed_places_are_found():
    tamper(
        f"DELETE FROM journal_personal WHERE {IN_1}",
        f"UPDATE journal_entry SET seq = 99 WHERE {IN_1} AND seq = 2",
        f"UPDATE journal_entry SET seq = 2 WHERE {IN_1} AND seq = 3",
        f"UPDATE journal_entry SET seq = 3 WHERE {IN_1} AND seq = 99",
    )
    assert {("enterprise:1", 2, "altered"), ("enterprise:1", 3, "altered")} <= set(found())


@pytest.mark.usefixtures("_lines")
def test_a_chain_cut_short_of_its_head_is_found():
    tamper(
        f"DELETE FROM journal_personal WHERE {IN_1} AND seq > 3", f"DELETE FROM journal_entry WHERE {IN_1} AND seq > 3"
    )
    assert found() == [("enterprise:1", 4, "cut-short")]


@pytest.mark.usefixtures("_lines")
def test_a_chain_without_any_of_its_entries_is_found():
    tamper("DELETE FROM journal_personal", f"DELETE FROM journal_entry WHERE {IN_1}")
    assert found() == [("enterprise:1", 1, "cut-short")]


@pytest.mark.usefixtures("_lines")
def test_a_wrong_head_is_found():
    tamper("UPDATE journal_chain SET seq = 4 WHERE name = 'enterprise:2'")
    assert found() == [("enterprise:2", 5, "head")]


@pytest.mark.usefixtures("_lines")
def test_another_personal_value_is_found():
    tamper(f"UPDATE journal_personal SET value = '\"王伟\"' WHERE {IN_1} AND seq = 4 AND field = 'note'")
    assert found() == [("enterprise:1", 4, "value")]


@pytest.mark.usefixtures("_lines")
def test_a_value_of_no_entry_is_found():
    tamper("UPDATE journal_personal SET seq = 77 WHERE seq = 5 AND field = 'note'")
    assert [(seq, problem) for _, seq, problem in found()] == [(77, "value")]


@pytest.mark.usefixtures("_lines")
def test_shredded_values_break_nothing():
    journal.shred("lamp/3", actor=LI, now=NOW)
    assert not found()


def rechain(name, keep):
    """Write a chain anew, so that it verifies by itself: every entry up to `keep` with another day."""
    tamper(
        f"DELETE FROM journal_personal WHERE {IN_1}",
        f"DELETE FROM journal_entry WHERE {IN_1} AND seq > {keep}",
    )
    head = genesis(name)
    with unguarded():
        for entry in Entry.objects.filter(chain__name=name).order_by("seq"):
            body = json.dumps({"lamp": 1}, separators=(",", ":"))
            facts = Facts(entry.at, "2020-01-01", entry.code, 1, entry.subject, entry.actor, body)
            head = seal(head, name, entry.seq, facts.text())
            Entry.objects.filter(pk=entry.pk).update(hash=head, on_day="2020-01-01", body=body)
        Chain.objects.filter(name=name).update(seq=keep, head=head)


@pytest.mark.usefixtures("_lines")
def test_a_chain_written_anew_is_found_only_against_a_root():
    root = sign_day(TODAY, now=NOW)  # the running day: nothing is kept in the database
    rechain("enterprise:1", 5)
    assert found() == []
    assert found([root]) == [("enterprise:1", 5, "re-chained")]


@pytest.mark.usefixtures("_lines")
def test_a_chain_cut_short_with_its_head_is_found_only_against_a_root():
    root = sign_day(TODAY, now=TOMORROW)
    tamper("DELETE FROM journal_leaf", "DELETE FROM journal_root")
    rechain("enterprise:1", 3)
    assert found() == []
    assert found([root]) == [("enterprise:1", 4, "cut-short")]


@pytest.mark.usefixtures("_lines")
def test_a_kept_root_finds_it_too_where_it_was_forgotten():
    sign_day(TODAY, now=TOMORROW)
    rechain("enterprise:1", 5)
    assert found() == [("enterprise:1", 5, "re-chained")]


@pytest.mark.usefixtures("_lines")
def test_entries_written_after_a_root_are_no_break():
    root = sign_day(TODAY, now=TOMORROW)
    write(line(9), line(9, chain="system"), now=TOMORROW)
    assert not found([root])


@pytest.mark.usefixtures("_lines")
def test_a_day_is_signed_once_and_the_next_names_it():
    first = sign_day(TODAY, now=TOMORROW)
    write(line(9), now=TOMORROW)
    again = sign_day(TODAY, now=TOMORROW + timedelta(days=3))
    assert (again.payload, again.signature, again.stands) == (first.payload, first.signature, first.stands)
    assert sign_yesterday(TOMORROW + timedelta(days=1)) == 1
    assert sign_yesterday(TOMORROW + timedelta(days=1)) == 0
    second = sign_day(date(2026, 5, 7), now=TOMORROW + timedelta(days=1))
    assert second.signed["before"] == {"day": "2026-05-06", "root": first.signed["root"]}
    assert [(s.chain, s.seq) for s in second.stands] == [("enterprise:1", 6), ("enterprise:2", 5)]
    assert not found([first, second])


@pytest.mark.usefixtures("_lines")
def test_a_root_dated_today_leaves_out_the_running_day():
    write(line(9, chain="enterprise:3"), now=TOMORROW)
    root = sign_day(date(2026, 5, 7), now=TOMORROW)
    assert [(s.chain, s.seq) for s in root.stands] == [("enterprise:1", 5), ("enterprise:2", 5)]
    assert [(s.chain, s.seq) for s in root.running] == [("enterprise:3", 1)]
    assert root.signed["until"] == "2026-05-07T00:00:00+08:00"
    later = sign_day(date(2026, 5, 7), now=TOMORROW + timedelta(days=1))
    assert len(later.stands) == 3


@pytest.mark.usefixtures("_lines")
def test_a_chain_may_change_its_hash_on_the_way(settings):
    settings.JOURNAL_HASH = "SM3"
    write(line(9, note="x"), line(9, chain="enterprise:3"), now=NOW)
    root = sign_day(TODAY, now=TOMORROW)
    assert root.signed["alg"] == "SM3"
    assert not found([root])
    tamper(f"UPDATE journal_entry SET actor = 8 WHERE {IN_1} AND seq = 6")
    assert found([root]) == [("enterprise:1", 6, "altered")]


@pytest.mark.usefixtures("_lines")
def test_a_forged_root_is_found():
    sign_day(TODAY, now=TOMORROW)
    tamper("UPDATE journal_root SET payload = replace(payload, '\"n\":2', '\"n\":3')")
    assert found() == [("root/2026-05-06", None, "signature")]


@pytest.mark.usefixtures("_lines")
def test_the_commands_write_a_root_and_check_against_it(tmp_path, capsys, settings):
    out = tmp_path / "root.json"
    call_command("journal", "roots", "--day", "2026-05-06", "--out", out)
    call_command("journal", "verify", "--against", out, "--json")
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    with pytest.raises(CommandError, match="No such file") as unwritten:
        call_command("journal", "roots", "--day", "2026-05-06", "--out", tmp_path / "no" / "where")
    assert unwritten.value.returncode == 2
    assert told == {"entries": 10, "chains": 2, "broken": []}
    assert settings.JOURNAL_KEY_FILE.stat().st_mode & 0o777 == 0o600
    tamper("UPDATE journal_entry SET actor = 8 WHERE seq = 1")
    with pytest.raises(SystemExit) as end:
        call_command("journal", "verify", "--json")
    assert end.value.code == 1
    assert json.loads(capsys.readouterr().out)["broken"] == [
        {"chain": "enterprise:1", "seq": 1, "problem": "altered"},
        {"chain": "enterprise:2", "seq": 1, "problem": "altered"},
    ]


@pytest.mark.django_db
def test_no_root_is_signed_for_a_day_that_has_not_begun():
    with pytest.raises(Invalid, match="root:day-not-begun"):
        sign_day(TODAY + timedelta(days=1), now=TOMORROW - timedelta(days=1))


@pytest.mark.usefixtures("_lines")
def test_a_root_file_with_a_changed_leaf_is_not_believed(tmp_path):
    written = sign_day(TODAY, now=TOMORROW).as_json()
    written["leaves"][0]["seq"] = 4
    written["leaves"][0]["head"] = bytes(Entry.objects.get(chain__name="enterprise:1", seq=4).hash).hex()
    assert found(read_roots(json.dumps(written))) == [("root/2026-05-06", None, "root")]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": "zhiben-root/1"}', '{"format": "other"}'])
def test_a_file_that_is_no_root_is_refused(text, tmp_path):
    with pytest.raises(Invalid):
        read_roots(text)
    file = tmp_path / "f"
    file.write_text(text)
    with pytest.raises(Invalid, match="root:unreadable"):
        call_command("journal", "verify", "--against", file)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\x93\xff\x00\x01", "root:unreadable"), (b"[" * 100_000, "root:unreadable"), (None, "command:no-file")],
)
def test_a_root_file_that_cannot_be_read_ends_with_2_for_1_means_a_broken_journal(content, code, tmp_path, capsys):
    file = tmp_path / "f"
    if content:
        file.write_bytes(content)
    assert command.run(["zhiben", "journal", "verify", "--against", str(file), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["code"] == code


@pytest.mark.usefixtures("_lines")
@pytest.mark.parametrize(("language", "word"), [("en_US.UTF-8", "entries on 2 chains"), ("zh_CN.UTF-8", "2 条链上")])
def test_the_command_answers_in_the_language_of_the_terminal(language, word, monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", language)
    assert command.run(["zhiben", "journal", "verify"]) == 0
    assert word in capsys.readouterr().out


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
BATCH = st.lists(st.tuples(st.integers(-(2**53) + 1, 2**53 - 1), TEXTS, st.sampled_from("123")), max_size=6)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BATCH, max_size=4))
def test_whatever_is_recorded_verifies_and_is_read_back(batches):
    for batch in batches:
        write(*[line(abs(lamp), note, f"enterprise:{chain}") for lamp, note, chain in batch])
    assert not found()
    for lamp, note, _ in batches[-1] if batches else ():
        assert note in [entry.body["note"] for entry in journal.history(f"lamp/{abs(lamp)}")]
