"""Kinds of units and of the roles people hold."""

from enum import StrEnum


class UnitKind(StrEnum):
    """Levels of the one tree, top first."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID = "grid"
    SITE = "site"
    WORKSHOP = "workshop"
    TEAM = "team"
    POST = "post"


REGIONS = (
    UnitKind.NATION,
    UnitKind.PROVINCE,
    UnitKind.CITY,
    UnitKind.COUNTY,
    UnitKind.TOWNSHIP,
    UnitKind.VILLAGE,
    UnitKind.GRID,
)


RANK = {kind: number for number, kind in enumerate(UnitKind)}  # a unit hangs on one of a smaller number


class EngagementRole(StrEnum):
    """What a party does on somebody else's site."""

    CONTRACTOR = "contractor"
    TENANT = "tenant"
    PROJECT = "project"


class PostKind(StrEnum):
    """Posts that the law or the loop asks for by name."""

    PRINCIPAL = "principal"
    CONTROLLER = "controller"
    SAFETY_MANAGER = "safety_manager"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    WORKER = "worker"
    WORKER_DELEGATE = "worker_delegate"  # speaks for the workers' congress
    OTHER = "other"
