"""What the worker does for the shell: forget what the API answered long ago."""

from zhiben.clocks.public import Sweep, register_sweep
from zhiben.shell.idempotency import forget_answers

register_sweep(Sweep("shell:forget-answers", forget_answers))
