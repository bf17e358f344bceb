"""Two workers, one look-back, one sample: each is told, seeded and drawn once."""

from datetime import timedelta

from make import NOW
from stories import codes, signed_off
from test_lookback import HOLDS, look
from test_two_at_once import at_once, crowd  # noqa: F401 -- a fixture

from zhiben.dangers.models import Lookback, Sample
from zhiben.dangers.services.lookbacks import sweep_lookbacks
from zhiben.dangers.services.sampling import sweep_samples
from zhiben.journal.public import run_consumers
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict
from zhiben.notices.models import Message


def test_two_workers_tell_of_a_missed_look_back_once(crowd):  # noqa: F811
    danger = signed_off(crowd)
    late = NOW + timedelta(days=31)
    at_once(*[lambda: sweep_lookbacks(late)] * 4)
    assert codes(danger).count("lookback:overdue") == 1
    told = Message.objects.filter(kind="lookback:overdue", person=crowd.li.person)
    assert told.count() == 1


def test_of_two_who_record_a_look_back_one_does(crowd):  # noqa: F811
    danger = signed_off(crowd)
    row = Lookback.unscoped.earliest("due_on")
    answers = at_once(*[lambda: look(crowd, row, HOLDS)] * 3)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 2
    assert codes(danger).count("lookback:done") == 1


def test_two_workers_seed_and_draw_a_month_once(crowd):  # noqa: F811
    signed_off(crowd, "general")
    run_consumers(now=NOW)
    april = NOW + timedelta(days=31)
    at_once(*[lambda: sweep_samples(april)] * 3)
    at_once(*[lambda: sweep_samples(april + timedelta(minutes=2))] * 3)
    sample = Sample.unscoped.get()
    assert [entry.code for entry in history(f"sample/{sample.pk}")] == ["sample:seeded", "sample:drawn"]
    assert Lookback.unscoped.filter(sample=sample).count() == 1
