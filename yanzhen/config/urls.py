"""Every address, door by door. Screens exist twice: plain (简体中文) and under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from yanzhen.config import health
from yanzhen.design.views import gallery
from yanzhen.doors.gate import public
from yanzhen.doors.oai.views import oai
from yanzhen.doors.portal import errors
from yanzhen.doors.portal.activities.feeds import feed
from yanzhen.doors.sharing import shared
from yanzhen.doors.sru.views import sru

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    path("api/v1/", include("yanzhen.doors.api.urls")),
    path("oai", oai, name="oai"),
    path("sru", sru, name="sru"),
    path("calendar/<slug:scope>.ics", shared(feed), name="calendar-feed"),
    *i18n_patterns(
        path("desk/", include("yanzhen.doors.desk.urls")),
        path("", include("yanzhen.doors.portal.urls")),
        prefix_default_language=False,
    ),
]

if settings.TRIAL:
    urlpatterns.insert(0, path("design/", public(gallery), name="gallery"))

handler400 = errors.unreadable
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
