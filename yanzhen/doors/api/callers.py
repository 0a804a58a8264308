"""Who calls: a token in the Authorization header, or somebody signed in at the web pages."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.roles import Actor
from yanzhen.people.tokens import actor_for_token


class Call(HttpRequest):
    """A request whose caller is known: what every view behind a sign-in is given."""

    actor: Actor


class Token(HttpBearer):
    """`Authorization: Bearer yz_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """Raises Refused for a token nobody has: a session must not speak in its place."""
        actor = actor_for_token(token, clock.today())
        if actor is None:
            raise Refused(
                "token-unknown",
                _("这个令牌不存在，或者已经停用。"),
                _("请换上有效的令牌；没有的话，请总馆再发一个。"),
                status=401,
            )
        cast(Call, request).actor = actor
        return actor


class BrowserSession(APIKeyCookie):
    """The session of the web pages; writes carry the page's X-CSRFToken."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Actor | None:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise Refused(
                "csrf-failed",
                _("这个请求没有带上页面的校验码，为安全起见没有执行。"),
                _("请刷新页面再试；程序请改用令牌。"),
                status=403,
            )
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor:
        return cast(Call, request).actor


SIGNED_IN = [Token(), BrowserSession()]
