"""My borrowing record: how long it is kept is the reader's own choice (L07)."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yanzhen.doors.gate import Request, signed_in
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.forgetting import choose_history
from yanzhen.library.circulation.queries import history_days_of
from yanzhen.people.models import Person

LONGEST_ID = 18
KEEP = "keep"
CHOICES: tuple[tuple[str, Promise], ...] = (
    (KEEP, gettext_lazy("一直留着，自己看得到借过什么")),
    ("0", gettext_lazy("还书后就不留")),
    ("30", gettext_lazy("还书后留一个月")),
    ("180", gettext_lazy("还书后留半年")),
    ("365", gettext_lazy("还书后留一年")),
)


@dataclass(frozen=True)
class HistoryBox:
    """One person of the family and what is chosen for them."""

    person: Person
    chosen: str

    @property
    def word(self) -> str:
        return str(dict(CHOICES).get(self.chosen, self.chosen))


def history_boxes(family: list[Person]) -> list[HistoryBox]:
    """The reader first, then the children."""
    days = history_days_of([person.pk for person in family])
    return [
        HistoryBox(person, KEEP if days.get(person.pk) is None else str(days[person.pk]))
        for person in family
    ]


@signed_in
@require_POST
def choose(request: Request) -> HttpResponse:
    """Keep, forget at return, or forget after so many days; for oneself or one's child."""
    asked, wanted = request.POST.get("person", ""), request.POST.get("keep", "")
    known = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_ID
    if wanted not in dict(CHOICES):
        messages.error(request, _("请选一种：留多久。"))
        return redirect("portal:me")
    try:
        choose_history(
            person_id=int(asked) if known else request.user.person_id,
            days=None if wanted == KEEP else int(wanted), by=request.actor, at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        if refused.status == 403:
            raise
        messages.error(request, refused.in_full)
    else:
        messages.success(request, _("记下了：%(choice)s。") % {"choice": dict(CHOICES)[wanted]})
    return redirect("portal:me")
