"""Trying one target, and saying honestly what came of it."""

import datetime as dt

from django.db import transaction

from yanzhen.groundwork import audit
from yanzhen.library.catalogue.access import require_cataloguing
from yanzhen.library.catalogue.titles import title_of
from yanzhen.library.cataloguing.answers import plain
from yanzhen.library.cataloguing.asking import ask_one
from yanzhen.library.cataloguing.models import Target
from yanzhen.library.cataloguing.searching import address_of, question_of, told
from yanzhen.network.models import Verification
from yanzhen.people.roles import Actor

SAMPLE_ISBN = "9787020002207"  # 红楼梦，人民文学出版社：most Chinese catalogues have it


def try_target(target_id: int, field: str, term: str, *, by: Actor, at: dt.datetime) -> Target:
    """Ask this target alone, on or off, and keep what came of it as `tried`.

    `tried` is as in CopySearch.answers, and the question (`field`, `term`), and `title` and
    `flavour` of the first record; a target that gave one counts as verified. Raises Refused,
    DoesNotExist.
    """
    require_cataloguing(by)
    target = Target.objects.get(pk=target_id)
    answer = ask_one(address_of(target), question_of(field, term))
    tried = told(answer) | {"field": field, "term": plain(term)[:200]}
    if answer.records:
        title, _derived = title_of(answer.records[0])
        tried |= {"title": plain(title.title)[:200], "flavour": title.flavour}
    if answer.records and not tried["code"]:
        target.verification = Verification.VERIFIED
    target.tried_at, target.tried = at, tried
    with transaction.atomic():
        target.save(update_fields=["tried_at", "tried", "verification"])
        audit.write(
            by=by, at=at, action="target.tried", subject=f"target:{target_id}",
            trouble=tried["code"], records=tried["records"],
        )  # fmt: skip
    return target
