"""What the journal holds about enterprises, sites, engagements, departments and jurisdictions."""

from dataclasses import dataclass
from typing import Any

from zhiben.journal.public import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class EnterpriseRegistered(Event):
    """An enterprise was entered with its registered site."""

    code = "enterprise:registered"
    label = Bilingual("企业登记", "Enterprise registered")

    name: str
    credit_code: str
    site: int
    unit: int
    industries: list[str]
    is_example: bool


@dataclass(frozen=True)
class EnterpriseEdited(Event):
    """Facts about an enterprise changed: each with what it was and what it is."""

    code = "enterprise:edited"
    label = Bilingual("企业信息变更", "Enterprise edited")

    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class SiteAdded(Event):
    """An enterprise has one more site."""

    code = "enterprise:site-added"
    label = Bilingual("新增场所", "Site added")

    site: int
    name: str
    unit: int


@dataclass(frozen=True)
class SiteEdited(Event):
    """Name or address of a site changed."""

    code = "enterprise:site-edited"
    label = Bilingual("场所信息变更", "Site edited")

    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class EngagementMade(Event):
    """A party works on somebody else's site."""

    code = "engagement:made"
    label = Bilingual("建立承包承租关系", "Engagement made")

    party: int
    site: int
    role: str
    since: str
    until: str | None


@dataclass(frozen=True)
class EngagementEnded(Event):
    """A party no longer works on somebody else's site from a day on."""

    code = "engagement:ended"
    label = Bilingual("承包承租关系结束", "Engagement ended")

    party: int
    site: int
    until: str


@dataclass(frozen=True)
class DepartmentAdded(Event):
    """A supervising department was entered."""

    code = "department:added"
    label = Bilingual("新增部门", "Department added")

    name: str
    unit: int
    matters: list[str]


@dataclass(frozen=True)
class DepartmentEdited(Event):
    """Name, matters, superior or end of a department changed."""

    code = "department:edited"
    label = Bilingual("部门信息变更", "Department edited")

    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class JurisdictionSet(Event):
    """A named set of subtrees was laid down."""

    code = "jurisdiction:set"
    label = Bilingual("设定功能区管辖", "Jurisdiction set")

    name: str
    unit: int
    units: list[int]


@dataclass(frozen=True)
class JurisdictionEdited(Event):
    """A jurisdiction is called otherwise, holds other units or ends on another day."""

    code = "jurisdiction:edited"
    label = Bilingual("调整功能区管辖", "Jurisdiction edited")

    name: str
    before: list[int]
    after: list[int]
    until: str | None
