"""The gallery: every component in every state, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yanzhen.design.icons import ICONS
from yanzhen.design.samples import gallery_context
from yanzhen.design.states import STATES


def gallery(request: HttpRequest) -> HttpResponse:
    """Show everything once."""
    found = gallery_context(timezone.localtime())
    return render(
        request, "design/gallery.html", {**found, "icons": list(ICONS), "states": list(STATES)}
    )
