"""What other rooms may use of analytics."""

from zhiben.analytics.columns import Held, Member, Population, population
from zhiben.analytics.determining import Determined, Judged, determine, ones, unpacked

__all__ = ["Determined", "Held", "Judged", "Member", "Population", "determine", "ones", "population", "unpacked"]
