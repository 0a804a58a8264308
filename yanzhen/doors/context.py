"""What every page knows: the county's telephone, and who is looking."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yanzhen.people.roles import PLAN_ACTIVITIES, SEE_READERS


def county(request: HttpRequest) -> dict:
    actor = getattr(request, "actor", None)
    return {
        "site_name": _("雁阵"),
        "site_line": _("雁江区图书馆 · 文化馆"),
        "home_url": _home(get_language()),
        "phone": settings.YANZHEN_PHONE,
        "actor": actor,
        "has_desk": lambda: (
            actor is not None and (actor.may(SEE_READERS) or actor.may(PLAN_ACTIVITIES))
        ),
    }


@cache
def _home(_language: str | None) -> str:
    return reverse("portal:home")
