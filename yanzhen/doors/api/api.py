"""The API itself: its parts, and who may call them."""

from yanzhen.doors.api import (
    acquisitions,
    activities,
    circulation,
    holds,
    lookups,
    me,
    menu,
    network,
    records,
    resources,
)
from yanzhen.doors.api.callers import SIGNED_IN
from yanzhen.doors.api.openapi import DescribedAPI, DocsPage
from yanzhen.doors.api.problems import answer_with_problems

_DESCRIPTION = """
The county's network, union catalogue, readers and circulation. Public reads need no sign-in;
everything else takes a token (`Authorization: Bearer …`) or the session of the web pages.
Names and words come in the language of `Accept-Language` (zh-Hans or en); codes never change.
Whatever goes wrong is answered as `application/problem+json` (RFC 9457) with a `code` for programs,
a `title` for people and a `remedy`: what to do now.
"""
api = DescribedAPI(
    title="Yanzhen API · 雁阵接口",
    version="1",
    description=_DESCRIPTION,
    docs=DocsPage(),
    urls_namespace="api",
)
api.add_router("", network.router)
api.add_router("", activities.router)
api.add_router("", records.router)
api.add_router("", resources.facilities_router)
api.add_router("", menu.router)
api.add_router("", me.router, auth=SIGNED_IN)
api.add_router("", holds.router, auth=SIGNED_IN)
api.add_router("", circulation.router, auth=SIGNED_IN)
api.add_router("", lookups.router, auth=SIGNED_IN)
api.add_router("", acquisitions.router, auth=SIGNED_IN)
api.add_router("", resources.router, auth=SIGNED_IN)
answer_with_problems(api)
