"""One question to all targets, and what they answered."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanzhen.doors.desk.copying.forms import QuestionForm
from yanzhen.doors.desk.copying.pages import crumbs
from yanzhen.doors.desk.copying.words import answer_words, imprint, why_words
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.cataloguing import queries
from yanzhen.library.cataloguing.models import CopySearch, Target
from yanzhen.library.cataloguing.searching import search
from yanzhen.people.roles import CATALOGUE, SEE_STOCK


@staff(SEE_STOCK)
def start(request: Request, code: str) -> HttpResponse:
    """The question; a POST asks it, for only then is anybody contacted."""
    node = desk_node(code, request.actor, SEE_STOCK)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = search(**form.cleaned_data, node=node, by=request.actor, at=clock.now())
            return redirect("desk:copy-search", node.code, asked.pk)
        except Refused as refused:
            form.take(refused)
    shown = {
        "node": node, "desk_areas": True, "form": form, "crumbs": crumbs(node),
        "targets": _("、").join(each.name for each in Target.objects.filter(active=True)),
        "intakes": queries.recent_intakes(),
        "keeps_targets": request.actor.may(CATALOGUE, node.path) and node.parent_id is None,
    }  # fmt: skip
    return render(request, "desk/copying/start.html", shown)


@staff(SEE_STOCK)
@require_safe
def results(request: Request, code: str, search_id: int) -> HttpResponse:
    """What each target said, and the titles they gave, the best record of each first."""
    node = desk_node(code, request.actor, SEE_STOCK)
    own = CopySearch.objects.filter(by_id=request.actor.account_id, node=node)
    asked = get_object_or_404(own, pk=search_id)
    shown = {
        "node": node, "desk_areas": True, "asked": asked, "crumbs": crumbs(node, asked.term),
        "form": QuestionForm(initial={"field": asked.field, "term": asked.term}),
        "answers": [(each, *answer_words(each)) for each in asked.answers],
        "silent": sum(1 for each in asked.answers if each["code"] and not each["records"]),
        "titles": [
            (best, derived, imprint(derived), ours, others, why_words(best.why))
            for best, derived, ours, others in queries.titles_found(asked)
        ],
    }  # fmt: skip
    return render(request, "desk/copying/results.html", shown)
