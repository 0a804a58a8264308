"""What a family has to be told of its sessions, on my page until somebody says they know."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.culture.telling import hearing
from yanzhen.culture.telling.queries import unseen_by
from yanzhen.doors import telling_words
from yanzhen.doors.gate import Request, signed_in
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.models import Person


def family_notices(family: list[Person]) -> dict[str, Any]:
    """For my page; the first of the family is who looks, the others are the children."""
    rows = unseen_by([each.pk for each in family], clock.now())
    return {
        "notices": [
            (
                each,
                telling_words.title(each),
                telling_words.note(each),
                each.person.name if each.person and each.person_id != family[0].pk else "",
            )
            for each in rows
        ]
    }


@signed_in
@require_POST
def acknowledge(request: Request, notice_id: int) -> HttpResponse:
    try:
        hearing.acknowledge(notice_id=notice_id, by=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.in_full)
    else:
        messages.success(request, _("好的，记下了。"))
    return redirect("portal:me")
