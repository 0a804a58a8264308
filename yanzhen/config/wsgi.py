"""The WSGI application the web server loads: the page cache, and Django behind it."""

import os
from collections.abc import Callable

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
application: Callable = get_wsgi_application()

from django.conf import settings  # noqa: E402 - only readable once Django is set up
from django.core.signals import request_finished  # noqa: E402

from yanzhen.config.page_cache import PageCache  # noqa: E402
from yanzhen.config.static_files import say_if_uncollected  # noqa: E402
from yanzhen.groundwork.garbage import never_collect_what_is_loaded  # noqa: E402

say_if_uncollected()


def _after_the_first(**_signal: object) -> None:
    """The first request has loaded every view."""
    request_finished.disconnect(_after_the_first)
    never_collect_what_is_loaded()


request_finished.connect(_after_the_first)

if settings.YANZHEN_PAGE_CACHE_SECONDS:
    application = PageCache(
        application, settings.YANZHEN_PAGE_CACHE_SECONDS, static=settings.STATIC_URL
    )

if settings.YANZHEN_TRUSTED_PROXIES:
    application = wrap_wsgi_with_proxy_headers(application, settings.YANZHEN_TRUSTED_PROXIES)
