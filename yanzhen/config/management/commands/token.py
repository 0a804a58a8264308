"""`yanzhen token --user NAME --label TEXT`: make an API token and print it, this once."""

import getpass

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people.models import Role
from yanzhen.people.roles import Actor, Grant
from yanzhen.people.signing_in import account_named
from yanzhen.people.tokens import make_token


class Command(BaseCommand):
    help = "Make an API token for an account; it is printed once and cannot be read again."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--user", required=True, help="the user name of the account")
        parser.add_argument("--label", required=True, help="what the token is for")

    def handle(self, *args, user: str, label: str, **options) -> None:
        account = account_named(user)
        if account is None:
            raise CommandError(_("没有叫“%(name)s”的帐号，请核对用户名。") % {"name": user})
        try:
            text = make_token(account, label, by=_operator(), at=clock.now())
        except Refused as refused:
            raise CommandError(refused.in_full) from refused
        self.stderr.write(_("请把它抄好，只显示这一次："))
        self.stdout.write(text)


def _operator() -> Actor:
    """Whoever may run commands on the server may do everything."""
    name = _("命令行 %(user)s") % {"user": getpass.getuser()}
    return Actor(None, None, name, (Grant(Role.Kind.DIRECTOR, "", ""),))
