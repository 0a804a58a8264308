"""The round a use-case works on: held against others until the transaction ends."""

from django.utils.translation import gettext as _

from yanzhen.culture.contests.models import Round
from yanzhen.groundwork.refusals import Refused


def held(round_id: int) -> Round:
    """The round with what its use-cases look at; whoever else changes it waits. Raises Refused."""
    found = (
        Round.objects.select_for_update(of=["self"], no_key=True)
        .select_related("contest", "node__site", "cluster", "rubric", "session")
        .filter(pk=round_id).first()
    )  # fmt: skip
    if found is None:
        raise missing("round-not-found", _("没有找到这一轮。"))
    return found


def missing(code: str, message: str) -> Refused:
    return Refused(code, message, _("请重新打开这一页。"), status=404)
