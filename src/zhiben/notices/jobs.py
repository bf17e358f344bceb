"""What the worker does for notices: empty the outbox."""

from zhiben.clocks.public import Sweep, register_sweep
from zhiben.notices.services import deliver_due

register_sweep(Sweep("notice:deliver", deliver_due))
