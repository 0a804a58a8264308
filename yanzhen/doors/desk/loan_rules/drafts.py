"""Drafts of rules: change on paper, try on last month, publish or drop."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.loan_rules.forms import DatedForm, RowForm
from yanzhen.doors.desk.loan_rules.pages import crumbs, page
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.rule_words import EFFECT_WORDS, Names, values_line
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import access, drafting
from yanzhen.library.circulation.drafts_tried import is_stale, try_draft
from yanzhen.library.circulation.models import RuleDraft
from yanzhen.library.circulation.ruling import row_of, values_of
from yanzhen.network.models import Node
from yanzhen.people.roles import SEE_STOCK, SET_RULES


@staff(SET_RULES)
def listing(request: Request, code: str) -> HttpResponse:
    """All drafts, open ones first; a POST begins one."""
    node = _node(request, code)
    if request.method == "POST":
        try:
            name = request.POST.get("name", "")
            begun = drafting.begin_draft(name, by=request.actor, at=clock.now())
            return redirect("desk:rule-draft", node.code, begun.pk)
        except Refused as refused:
            messages.error(request, refused.in_full)
    rows = sorted(RuleDraft.objects.order_by("-made_at"), key=lambda each: not each.is_open)
    return page(request, node, "drafts", {"rows": rows, "crumbs": crumbs(node, _("草案"))})


@staff(SET_RULES)
def draft(request: Request, code: str, draft_id: int) -> HttpResponse:
    """One draft: its rows, what they would have changed last month, and what to do with it."""
    node = _node(request, code)
    found = _draft(draft_id)
    return _show(request, node, found, RowForm(), DatedForm(initial={"valid_from": _tomorrow()}))


@staff(SET_RULES)
@require_POST
def put(request: Request, code: str, draft_id: int) -> HttpResponse:
    """Put a changed row into the draft."""
    node, found = _node(request, code), _draft(draft_id)
    form = RowForm(request.POST)
    if form.is_valid():
        try:
            ends = request.POST.get("ends") == "1"
            drafting.put_row(found.pk, form.wanted(), ends=ends, by=request.actor, at=clock.now())
            return redirect("desk:rule-draft", node.code, found.pk)
        except Refused as refused:
            form.take(refused)
    return _show(request, node, found, form, DatedForm(initial={"valid_from": _tomorrow()}))


@staff(SET_RULES)
@require_POST
def take_out(request: Request, code: str, draft_id: int, row_id: int) -> HttpResponse:
    def act() -> None:
        drafting.take_row_out(draft_id, row_id, by=request.actor, at=clock.now())

    return _do(request, code, draft_id, act, _("这一行拿掉了。"))


@staff(SET_RULES)
@require_POST
def try_on(request: Request, code: str, draft_id: int) -> HttpResponse:
    """Replay last month under the draft; the page keeps what came of it."""

    def act() -> None:
        try_draft(draft_id, by=request.actor, at=clock.now())

    return _do(request, code, draft_id, act, _("算好了，结果在下面。"))


@staff(SET_RULES)
@require_POST
def publish(request: Request, code: str, draft_id: int) -> HttpResponse:
    """Let the draft act from a day on."""
    node, found = _node(request, code), _draft(draft_id)
    form = DatedForm(request.POST)
    if form.is_valid():
        try:
            drafting.publish_draft(found.pk, **form.cleaned_data, by=request.actor, at=clock.now())
            messages.success(
                request, _("公布了，从 %(day)s 起执行。") % {"day": form.cleaned_data["valid_from"]}
            )
            return redirect("desk:loan-rules", node.code)
        except Refused as refused:
            form.take(refused)
    return _show(request, node, found, RowForm(), form)


@staff(SET_RULES)
@require_POST
def drop(request: Request, code: str, draft_id: int) -> HttpResponse:
    def act() -> None:
        drafting.drop_draft(draft_id, by=request.actor, at=clock.now())

    return _do(request, code, draft_id, act, _("草案放弃了，规则没有变。"))


def _node(request: Request, code: str) -> Node:
    access.require_setting(request.actor)
    return desk_node(code, request.actor, SEE_STOCK)


def _draft(draft_id: int) -> RuleDraft:
    found = RuleDraft.objects.filter(pk=draft_id).first()
    if found is None:
        raise Http404(_("没有这份草案。"))
    return found


def _tomorrow() -> dt.date:
    return clock.today() + dt.timedelta(days=1)


def _show(
    request: Request, node: Node, found: RuleDraft, row_form: RowForm, dated: DatedForm
) -> HttpResponse:
    names = Names()
    rows = [
        (row, names.keys(row_of(row)), values_line(values_of(row)))
        for row in found.rows.select_related("category", "kind", "node")
    ]
    tried = found.tried if rows else None
    context = {
        "draft": found,
        "rows": rows,
        "form": row_form,
        "dated": dated,
        "tried": tried,
        "stale": is_stale(found),
        "crumbs": crumbs(node, found.name),
        **(_told(tried, names) if tried else {}),
    }
    return page(request, node, "draft", context)


def _told(tried: dict[str, Any], names: Names) -> dict[str, Any]:
    """The figures in words."""
    return {
        "since": dt.date.fromisoformat(tried["since"]),
        "until": dt.date.fromisoformat(tried["until"]),
        "effects": [(EFFECT_WORDS[name], n) for name, n in tried["effects"].items()],
        "tables": [
            (_("读者类型"), [(names.categories.get(c, c), n) for c, n in tried["by_category"]]),
            (_("图书类型"), [(names.kinds.get(k, k), n) for k, n in tried["by_kind"]]),
            (_("借出分馆"), [(names.nodes.get(p, p), n) for p, n in tried["by_node"]]),
        ],
        "examples": [
            {
                **each,
                "node": names.nodes.get(each["node"]),
                "category": names.categories.get(each["category"], each["category"]),
                "kind": names.kinds.get(each["kind"], each["kind"]),
                "effects": "、".join(str(EFFECT_WORDS[name]) for name in each["effects"]),
            }
            for each in tried["examples"]
        ],
    }


def _do(
    request: Request, code: str, draft_id: int, act: Callable[[], None], said: str
) -> HttpResponse:
    node = _node(request, code)
    try:
        act()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, refused.in_full)
    return redirect("desk:rule-draft", node.code, draft_id)
