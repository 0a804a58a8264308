"""Places for an organisation before it has names: how many, who answers for it, until when."""

import datetime as dt

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.culture.booking import queries
from yanzhen.culture.booking.holding import hold_for_organisation
from yanzhen.culture.booking.models import Booking
from yanzhen.culture.booking.party import Party
from yanzhen.culture.booking.rules import MOST_HEADS
from yanzhen.doors import booking_words as words
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import BOOK_FOR_OTHERS

FIELD_OF = {
    "heads-unfit": "heads",
    "full": "heads",
    "phone-missing": "phone",
    "name-missing": "contact",
}


class HoldForm(forms.Form):
    """Four fields and a last day for the names."""

    organisation = forms.CharField(label=gettext_lazy("单位"), max_length=80)
    contact = forms.CharField(label=gettext_lazy("联系人"), max_length=60)
    phone = forms.CharField(
        label=gettext_lazy("电话"), max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )  # fmt: skip
    heads = forms.IntegerField(
        label=gettext_lazy("留几个位置"), min_value=1, max_value=MOST_HEADS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        help_text=gettext_lazy("交名单时按实有人数缩小，多的还回来。"),
        error_messages={"invalid": gettext_lazy("请填数字。")},
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("名单最晚哪天交"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("过了这一天还没有名单，位置自动还回来。"),
        error_messages={"invalid": gettext_lazy("请写成 2027-03-05 的样子。")},
    )  # fmt: skip

    def clean_until(self) -> dt.date:
        day = self.cleaned_data["until"]
        if day < clock.today():
            raise forms.ValidationError(_("这一天已经过去了。"))
        return day

    def take(self, refused: Refused) -> None:
        self.add_error(FIELD_OF.get(refused.code), refused.in_full)

    def party(self) -> Party:
        told = self.cleaned_data
        return Party(
            name=told["contact"], phone=told["phone"], organisation=told["organisation"],
            relation=Booking.Relation.OTHER, heads=told["heads"],
        )  # fmt: skip

    def ends(self) -> dt.datetime:
        """The end of that day in the county."""
        following = self.cleaned_data["until"] + dt.timedelta(days=1)
        return timezone.make_aware(dt.datetime.combine(following, dt.time()))


@staff(BOOK_FOR_OTHERS)
def hold(request: Request, code: str, session_id: int) -> HttpResponse:
    """The form of one session; leads to the hold, where the names are brought later."""
    node = desk_node(code, request.actor, BOOK_FOR_OTHERS)
    session = queries.session_to_book(session_id)
    places = queries.places_of(session_id)
    if session is None or places is None:
        raise Http404(_("没有这一场活动。"))
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = hold_for_organisation(
                session_id=session_id, party=form.party(), until=form.ends(), by=request.actor,
                at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            if refused.status == 403:
                raise
            form.take(refused)
        else:
            return redirect("desk:desk-booking", node.code, made.pk)
    context = {
        "node": node,
        "desk_bookings": True,
        "session": session,
        "when": words.when(session),
        "free": places.free["group"],
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/bookings/hold.html", context, status=status)
