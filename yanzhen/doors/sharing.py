"""Pages that look the same to every stranger, and may be kept by the page cache."""

import functools
from collections.abc import Callable

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from yanzhen.doors.gate import Request
from yanzhen.people.roles import NOBODY


def shared(view: Callable) -> Callable:
    """Mark a view's answer as public when nobody has signed in; else it stays private.

    The page cache (config/page_cache.py) keeps what is marked so, and nothing else.
    """

    @functools.wraps(view)
    def marked(request: Request, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.streaming and request.actor == NOBODY:
            patch_cache_control(response, public=True, max_age=0)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return marked
