"""What the refusals of orgs say to people: what happened, why, what to do now."""

from zhiben.orgs.refusals.access import REFUSALS as OF_ACCESS
from zhiben.orgs.refusals.divisions import REFUSALS as OF_DIVISIONS
from zhiben.orgs.refusals.parties import REFUSALS as OF_PARTIES
from zhiben.orgs.refusals.units import REFUSALS as OF_UNITS

REFUSALS = OF_ACCESS | OF_DIVISIONS | OF_PARTIES | OF_UNITS
