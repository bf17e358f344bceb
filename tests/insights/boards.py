"""Dangers on a dashboard, made through the services and counted by the worker's consumer."""

from datetime import timedelta

from dangers.stories import awaiting, confirmed, reported, step
from make import DAY, NOW

from zhiben.journal.public import run_consumers


def some_dangers(cast):
    """On the enterprise's site: three general ones, one of them not confirmed, and a major one open; one signed off."""
    found = DAY - timedelta(days=3)
    reported(cast, description="灭火器过期", found_on=found)
    confirmed(cast, description="配电箱未关门", found_on=found)
    confirmed(cast, "major", by=cast.li, description="可燃气体报警器失效", found_on=found, channel="inspection")
    reported(cast, description="安全出口被堵", found_on=DAY)
    step(awaiting(cast, description="疏散标志脱落", found_on=found), "accept", cast.zhou)
    run_consumers(now=NOW)
