"""What the worker does for dangers."""

from zhiben.clocks.public import Sweep, register_sweep
from zhiben.dangers.permissions import LABELS, DangerPermission
from zhiben.dangers.services.sweeping import SWEEP, sweep_dangers
from zhiben.orgs.permissions import register_permissions

register_permissions(DangerPermission, LABELS)
register_sweep(Sweep(SWEEP, sweep_dangers))
