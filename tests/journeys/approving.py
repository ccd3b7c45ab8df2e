"""Every recording granted to somebody: how requests are approved has a journey of its own."""

from journeys.served import run_inside

APPROVED = """
import django
django.setup()
from datetime import timedelta
from liuhen.access.models import Grant, Request, RequestItem
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.recordings.models import Admission, Recording
whom, at = Officer.objects.get(login="LOGIN"), now()
until = at + timedelta(days=1)
for film in Recording.objects.all():
    request = Request.objects.create(
        agency=film.agency, number=f"{at.year}-DY-{film.pk:06d}", kind="KIND", state="granted",
        purpose="PURPOSE", wants_copy=MAY_COPY, wanted_until=until.date(), asked_by=whom,
        asked_at=at, handed_in_at=at,
    )
    RequestItem.objects.create(request=request, recording=film)
    Grant.objects.create(
        request=request, recording=film, officer=whom, may_copy=MAY_COPY, from_at=at, until=until
    )
    Admission.objects.create(recording=film, officer=whom, until=until)
"""


def approve_all(house, login: str, *, may_copy: bool = False) -> None:
    said = {
        "LOGIN": login,
        "KIND": "copy" if may_copy else "view",
        "PURPOSE": "移送法院" if may_copy else "工作需要",
        "MAY_COPY": str(may_copy),
    }
    program = APPROVED
    for word, value in said.items():
        program = program.replace(word, value)
    run_inside(house, program)
