"""What the worker runs for insights: the consumer that keeps the tallies up with the journal."""

from zhiben.insights import tallies
from zhiben.insights.domain.reading import CODES
from zhiben.insights.services import NAME, count_entries
from zhiben.journal.public import Consumer, register_consumer

CONSUMER = Consumer(NAME, CODES | {"danger:stepped"}, count_entries, tallies.empty)
register_consumer(CONSUMER)
