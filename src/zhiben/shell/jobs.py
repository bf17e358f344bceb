"""What the worker does for the shell: forget what the API answered long ago, and what was counted for a while."""

from zhiben.clocks.public import Sweep, register_sweep
from zhiben.shell.idempotency import forget_answers
from zhiben.shell.pace import forget_allowances, forget_counts

register_sweep(Sweep("shell:forget-answers", forget_answers))
register_sweep(Sweep("shell:forget-allowances", forget_allowances))
register_sweep(Sweep("shell:forget-counts", forget_counts))
