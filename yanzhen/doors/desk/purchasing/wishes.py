"""采购意向: what a branch would like to have."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.desk.purchasing.asking import done
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.title_form import WishForm
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions import queries, wishing
from yanzhen.people.roles import WISH


@staff(WISH)
def listing(request: Request, code: str) -> HttpResponse:
    """The branch's wishes with what came of them; a new one is made on the same page."""
    node = desk_node(code, request.actor, WISH)
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        try:
            made = wishing.wish(
                form.told(at), node=node, quantity=form.cleaned_data["quantity"],
                note=form.cleaned_data["note"], by=request.actor, at=at,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.in_full)
        else:
            messages.success(request, _("《%(title)s》已报给总馆。") % {"title": made.title})
            return redirect("desk:wishes", code)
    context = {
        "node": node, "desk_areas": True, "form": form, "wishes": queries.wishes_of(node)[:200]
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "desk/purchasing/wishes.html", context, status=status)


@staff(WISH)
@require_POST
def withdraw(request: Request, code: str, wish_id: int) -> HttpResponse:
    desk_node(code, request.actor, WISH)
    return done(
        request,
        lambda: wishing.take_back(wish_id, by=request.actor, at=clock.now()),
        _("这条意向已撤回。"), "desk:wishes", code,
    )  # fmt: skip
