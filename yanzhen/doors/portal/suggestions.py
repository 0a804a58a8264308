"""荐购: a reader says which book the library should buy, and sees what came of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yanzhen.doors.gate import Request, signed_in
from yanzhen.doors.purchasing_words import WORDS, word_of
from yanzhen.doors.title_form import TitleForm
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.acquisitions import queries, wishing
from yanzhen.library.patrons.queries import current_card_of
from yanzhen.people.models import Person


@signed_in
@never_cache
def suggestions(request: Request) -> HttpResponse:
    """Own suggestions with their state; `?title=` comes from a search that found nothing."""
    person = request.user.person
    form = TitleForm(request.POST or None, initial={"title": request.GET.get("title", "")[:300]})
    if request.method == "POST" and form.is_valid():
        try:
            _suggest(request, person, form)
        except Refused as refused:
            form.add_error(None, refused.in_full)
        else:
            messages.success(request, _("收到了，谢谢您。买不买、到没到，都会写在这一页。"))
            return redirect("portal:suggestions")
    rows = [(wish, WORDS[word_of(wish)].badge()) for wish in queries.suggestions_of(person)]
    context = {"form": form, "rows": rows, "section_me": True}
    status = 422 if form.is_bound else 200
    return render(request, "portal/suggestions.html", context, status=status)


def _suggest(request: Request, person: Person, form: TitleForm) -> None:
    card, at = current_card_of(person.pk), clock.now()
    wishing.suggest(
        form.told(at), person=person, node=card.home_node if card else None,
        note=form.cleaned_data["note"], by=request.actor, at=at,
    )  # fmt: skip


@signed_in
@require_POST
def withdraw(request: Request, wish_id: int) -> HttpResponse:
    try:
        wishing.take_back(wish_id, by=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.in_full)
    else:
        messages.success(request, _("这条荐购已撤回。"))
    return redirect("portal:suggestions")
