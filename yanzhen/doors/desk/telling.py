"""Doing one thing from a form of the desk and saying what came of it on the page after."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from yanzhen.doors.desk.saying import Said, refused
from yanzhen.doors.desk.typed import forget, keep
from yanzhen.doors.desk.work import KEPT
from yanzhen.doors.gate import Request
from yanzhen.groundwork.refusals import Refused


def tell(request: Request, act: Callable[[], Said], *address) -> HttpResponse:
    """Act, keep the banner for the next page, go there. A refusal is said, never raised, and what
    was typed is kept for the form."""
    forget(request)
    try:
        said = act()
    except Refused as refusal:
        said = refused(refusal)
        keep(request)
    request.session[KEPT] = said.as_dict()
    return redirect(*address)


def say(request: Request, act: Callable[[], str], to: str) -> HttpResponse:
    """Act and go to the address `to`; what came of it, or the refusal, is a message there."""
    try:
        messages.success(request, act())
    except Refused as refused:
        messages.error(request, refused.in_full)
    return redirect(to)


def number(text: str, longest: int = 9) -> int | None:
    """A whole number somebody typed, or None."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None
