"""What a person still answers for."""

from zhiben.dangers.domain.kinds import OPEN
from zhiben.dangers.models import Danger
from zhiben.kernel.errors import Conflict
from zhiben.orgs.scope import Scope, scoped


def check_owns_nothing(person_id: int) -> None:
    """Refuse while somebody owns open dangers: without a name nobody could be asked for them."""
    with scoped(Scope(everything=True)):
        owned = Danger.objects.filter(owner_person=person_id, state__in=sorted(map(str, OPEN))).count()
    if owned:
        raise Conflict("person:owns-open-dangers", dangers=owned)
