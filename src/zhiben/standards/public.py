"""What other rooms may use of standards."""

from collections.abc import Sequence
from datetime import datetime

from zhiben.kernel.actor import SYSTEM
from zhiben.standards.domain.freshness import FactSource, Known
from zhiben.standards.following import register_raise
from zhiben.standards.knowledge import LinkState, link_states
from zhiben.standards.looking import Case, Grounds, Looked, grounds_of, look, standing_among, subject_among
from zhiben.standards.missing import Missing, missing_among
from zhiben.standards.permissions import ClausePermission, DeterminationPermission, FactPermission, PackPermission
from zhiben.standards.regional import kind_of as kind_of_pack
from zhiben.standards.regional import pack_for
from zhiben.standards.regional import version_for as pack_version_for
