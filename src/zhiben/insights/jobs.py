"""What the worker runs for insights: the consumers that keep tallies and postings up with the journal."""

from zhiben.clocks.public import Sweep, register_sweep
from zhiben.insights import postings, tallies
from zhiben.insights.domain.reading import CODES
from zhiben.insights.services.counting import NAME, count_entries
from zhiben.insights.services.scheduling import SWEEP, sweep_bulletins
from zhiben.journal.public import Consumer, register_consumer

CONSUMER = Consumer(NAME, CODES | {"danger:stepped"}, count_entries, tallies.empty)
register_consumer(CONSUMER)
register_consumer(Consumer(postings.CONSUMER, postings.ENTRIES, postings.post_entries, postings.empty_postings))
register_sweep(Sweep(SWEEP, sweep_bulletins))
