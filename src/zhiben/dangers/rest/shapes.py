"""How dangers look on the wire."""

from datetime import date
from uuid import UUID

from ninja import Schema

from zhiben.dangers.domain.kinds import Channel, Level, SetBy, State


class DangerRow(Schema):
    """A danger in a list; `unit`, `enterprise`, `party`, `department` and `owner` are numbers."""

    id: int
    uid: UUID
    number: str
    found_on: date
    description: str
    place_text: str
    state: State
    level: Level
    channel: Channel
    industry: str
    matter: str
    unit: int
    unit_name: str
    enterprise: int | None
    enterprise_name: str | None
    party: int | None
    department: int | None
    owner: int | None
    owner_name: str
    due_on: date | None
    due_set_by: SetBy | str
    closed_on: date | None
    is_overdue: bool
    is_extended: bool
    is_stop_ordered: bool
    is_self_accepted: bool
    is_imported: bool
    version: int
