"""The rules as a table: what holds for whom, where it comes from, what it was before."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanzhen.doors.desk.loan_rules.forms import RuleForm
from yanzhen.doors.desk.loan_rules.pages import crumbs, page
from yanzhen.doors.desk.places import desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.doors.rule_words import Names, values_line
from yanzhen.groundwork import clock, generations
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation import access, ruling, setting
from yanzhen.library.circulation.models import LoanRule
from yanzhen.library.circulation.ruling import GENERATION, RuleRow, row_of, values_of
from yanzhen.people.roles import SEE_STOCK, SET_RULES


@staff(SEE_STOCK)
def table(request: Request, code: str) -> HttpResponse:
    """The matrix of today for the county, and beneath it every row that stands."""
    node = desk_node(code, request.actor, SEE_STOCK)
    names, today = Names(), clock.today()
    rows = ruling.in_force(generations.current(GENERATION))
    rules = LoanRule.objects.unended(today).select_related("category", "kind", "node")
    context = {
        "categories": names.categories.items(),
        "matrix": _matrix(rows, names, today),
        "rows": _lines(rules.order_by("node__path", "kind", "category", "valid_from"), names),
        "today": today,
        "crumbs": crumbs(node, _("借阅规则")),
    }
    return page(request, node, "table", context)


@staff(SEE_STOCK)
def history(request: Request, code: str) -> HttpResponse:
    """Every version there ever was, newest first: who set it, when, by which document."""
    node = desk_node(code, request.actor, SEE_STOCK)
    rules = LoanRule.objects.select_related("category", "kind", "node")
    rows = _lines(rules.order_by("-valid_from", "-pk"), Names())
    context = {"rows": rows, "today": clock.today(), "crumbs": crumbs(node, _("历次版本"))}
    return page(request, node, "history", context)


@staff(SET_RULES)
def row(request: Request, code: str) -> HttpResponse:
    """Set a new version of a row; the keys and today's values of the row come filled in."""
    node = desk_node(code, request.actor, SEE_STOCK)
    access.require_setting(request.actor)
    form = RuleForm(request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            setting.set_rule(
                form.wanted(), valid_from=told["valid_from"], document=told["document"],
                by=request.actor, at=clock.now(),
            )  # fmt: skip
            messages.success(
                request, _("记下了，从 %(day)s 起执行。") % {"day": told["valid_from"]}
            )
            return redirect("desk:loan-rules", node.code)
        except Refused as refused:
            form.take(refused)
    context = {"form": form, "crumbs": crumbs(node, _("新版本"))}
    return page(request, node, "row", context)


@staff(SET_RULES)
@require_POST
def end(request: Request, code: str, rule_id: int) -> HttpResponse:
    """Today is the last day of this row."""
    return _change(
        request,
        code,
        lambda: setting.end_rule(rule_id, last_day=clock.today(), by=request.actor, at=clock.now()),
        _("今天过后这一行停用，空出来的值从上一级来。"),
    )


@staff(SET_RULES)
@require_POST
def withdraw(request: Request, code: str, rule_id: int) -> HttpResponse:
    return _change(
        request,
        code,
        lambda: setting.withdraw_rule(rule_id, by=request.actor, at=clock.now()),
        _("撤回了，原来的版本照旧执行。"),
    )


def _change(request: Request, code: str, act: Callable[[], Any], said: str) -> HttpResponse:
    node = desk_node(code, request.actor, SEE_STOCK)
    try:
        act()
        messages.success(request, said)
    except Refused as refused:
        if refused.status == 403:
            raise
        messages.error(request, refused.in_full)
    return redirect("desk:loan-rules", node.code)


def _matrix(rows: list[RuleRow], names: Names, day: dt.date) -> list[dict[str, Any]]:
    """A line for each kind of material; the first cell is for all readers."""
    lines = []
    for kind, word in names.kinds.items():
        cells = [_cell(rows, names, category, kind, day) for category in names.categories]
        lines.append({"kind": kind, "word": word, "cells": cells})
    return lines


def _cell(
    rows: list[RuleRow], names: Names, category: str, kind: str, day: dt.date
) -> dict[str, Any]:
    ruled = ruling.choose(rows, category=category, kind=kind, path="", day=day)
    source = ruled.sources["loan_days" if ruled.lendable else "lendable"]
    own = source.keys == (category, kind, "")
    return {
        "ruled": ruled,
        "own": own,
        "word": names.categories[category],
        "source": names.keys(source),
        "query": f"category={category}&kind={kind}",
    }


def _lines(rules: Any, names: Names) -> list[dict[str, Any]]:
    return [
        {
            "rule": rule,
            "keys": names.keys(row_of(rule)),
            "values": values_line(values_of(rule)),
            "is_default": setting.is_default(rule),
        }
        for rule in rules
    ]


def _initial(request: Request) -> dict[str, Any]:
    """The keys in the address, and the values of the row that has them today."""
    asked = {name: request.GET.get(name, "") for name in ("category", "kind", "place")}
    day = clock.today()
    same = LoanRule.objects.unended(day).filter(
        category__code=asked["category"] or None,
        kind__code=asked["kind"] or None,
        node__code=asked["place"] or None,
    )
    rule = same.filter(valid_from__lte=day).first()
    values = values_of(rule) if rule else {}
    if "lendable" in values:
        values["lendable"] = "1" if values["lendable"] else "0"
    return {**asked, **values, "valid_from": day + dt.timedelta(days=1)}
