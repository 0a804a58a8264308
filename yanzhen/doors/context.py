"""What every page knows: the county's telephone, and who is looking."""

from django.conf import settings
from django.http import HttpRequest


def county(request: HttpRequest) -> dict:
    return {
        "phone": settings.YANZHEN_PHONE,
        "actor": getattr(request, "actor", None),
        "debug_pages": settings.DEBUG,
    }
