"""What every page of the loan rules has: its tabs, its crumbs, and who may change."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yanzhen.doors.gate import Request
from yanzhen.library.circulation import access
from yanzhen.network.models import Node
from yanzhen.people.roles import CIRCULATE


def crumbs(node: Node, word: str) -> list[dict[str, str]]:
    """From the house work to this page."""
    return [{"url": reverse("desk:areas", args=[node.code]), "word": _("馆务")}, {"word": word}]


def page(request: Request, node: Node, name: str, context: dict[str, Any]) -> HttpResponse:
    may_set = access.may_set(request.actor)
    wanted = [
        ("table", "loan-rules", _("现行规则")),
        ("history", "loan-rule-history", _("历次版本")),
        ("holds", "hold-rules", _("预约规则")),
    ]
    if request.actor.may(CIRCULATE, node.path):
        wanted.append(("trial", "loan-trial", _("试一试")))
    if may_set:
        wanted.append(("drafts", "rule-drafts", _("草案")))
    tabs = [
        {"url": reverse(f"desk:{url}", args=[node.code]), "word": word, "current": own == name}
        for own, url, word in wanted
    ]
    told = {"node": node, "desk_areas": True, "may_set": may_set, "tabs": tabs, **context}
    return render(request, f"desk/loan_rules/{name}.html", told)
