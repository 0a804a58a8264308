"""Doing one thing from a form of these pages and saying what came of it on the page after."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect

from yanzhen.doors.desk.saying import Said, refused
from yanzhen.doors.desk.work import KEPT
from yanzhen.doors.gate import Request
from yanzhen.groundwork.refusals import Refused

TYPED, LONGEST_TYPED = "desk-typed", 300


def tell(request: Request, act: Callable[[], Said], *address) -> HttpResponse:
    """Act, keep the banner for the next page, go there. A refusal is said, never raised, and what
    was typed is kept with it."""
    request.session.pop(TYPED, None)
    try:
        said = act()
    except Refused as refusal:
        said = refused(refusal)
        typed = {name: value[:LONGEST_TYPED] for name, value in request.POST.items()}
        typed.pop("csrfmiddlewaretoken", None)
        request.session[TYPED] = {"form": request.path, **typed}
    request.session[KEPT] = said.as_dict()
    return redirect(*address)


def kept_typed(request: Request, form: str = "") -> dict[str, str]:
    """What was typed into the form that was refused, once; `form` is the address it was sent to,
    and what another form was sent to is not for this page."""
    typed = request.session.pop(TYPED) if TYPED in request.session else {}
    return typed if typed.get("form", "").startswith(form) else {}


def number(text: str, longest: int = 9) -> int | None:
    """A whole number somebody typed, or None."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None
