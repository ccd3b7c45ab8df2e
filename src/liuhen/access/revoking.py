"""Taking back several grants of one request in one step."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from liuhen.access import grants
from liuhen.access.models import Request
from liuhen.access.request_errors import NothingToRevoke
from liuhen.people.models import Officer


@transaction.atomic
def revoke_all(
    request: Request, keys: Sequence[int], *, reason: str, by: Officer, at: datetime
) -> None:
    """Those of the request's grants that `keys` name and that still hold: all of them or none.

    Refuses: NothingToRevoke, and as `grants.revoke`.
    """
    chosen = list(grants.live(at).filter(request=request, pk__in=keys).order_by("pk"))
    if not chosen:
        raise NothingToRevoke()
    for one in chosen:
        grants.revoke(one, reason=reason, by=by, at=at)
