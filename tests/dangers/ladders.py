"""Makers for the ladder: a region's rules, late dangers, the worker's rounds."""

from datetime import timedelta

from dangers.stories import fresh, rectifying
from make import DAY, NOW

from zhiben.dangers.domain.standing_rules import RulesKind
from zhiben.dangers.models import OverdueSpan
from zhiben.dangers.services.regional import draft_rules, switch_on
from zhiben.dangers.services.sweeping import sweep_dangers
from zhiben.journal.public import run_consumers
from zhiben.kernel.actor import SYSTEM
from zhiben.law.ladders import ladder_template

LIMIT = DAY + timedelta(10)
LATE = LIMIT + timedelta(1)  # the first day past the limit
BODY = dict(ladder_template("default").body)


def at(day, hour=1):
    """A moment of a day in China: nine in the morning."""
    return NOW + timedelta(days=(day - DAY).days, hours=hour - 1)


def derived(now):
    """Let the worker derive what the journal holds."""
    while run_consumers(now=now):
        pass


def late(cast, **facts):
    """A danger past its limit, as the sweep found it on the day after."""
    danger = rectifying(cast, due_on=LIMIT, **facts)
    sweep_dangers(at(LATE))
    derived(at(LATE))
    return fresh(danger.pk)


def span_of(danger):
    return OverdueSpan.objects.get(danger=danger)


def drafted(cast, by=None, body=BODY, unit=None, now=NOW):
    actor = by.actor if by else cast.zhao.actor
    where = unit or cast.tree.county
    return draft_rules(RulesKind.LADDER, where, body, template="default", basis="", actor=actor, now=now)


def switched_on(cast, since=DAY, *, unit=None, by=None, now=NOW, body=BODY):
    actor = by.actor if by else SYSTEM if unit else cast.zhao.actor
    rules = draft_rules(
        RulesKind.LADDER, unit or cast.tree.county, body, template="default", basis="", actor=actor, now=now
    )
    return switch_on(rules.pk, since, version=rules.version, actor=actor, now=now)
