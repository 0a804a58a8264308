"""Targets of copy cataloguing for the demo county: itself, and two of the Library of Congress.

The addresses are those the Library of Congress publishes (https://www.loc.gov/z3950/lcserver.html);
nobody here has verified them, so they are off until somebody tries them and switches them on.
"""

import datetime as dt
from dataclasses import replace

from django.conf import settings

from yanzhen.library.cataloguing.configuring import (
    USUAL_SCHEMA,
    Wanted,
    put_target,
    with_usual_indexes,
)
from yanzhen.library.cataloguing.models import Target
from yanzhen.network.models import Verification
from yanzhen.people.models import Role
from yanzhen.people.roles import Actor, Grant


def make_targets(at: dt.datetime) -> None:
    """Put the three on the list; nothing is contacted."""
    by = Actor(None, None, "演示", (Grant(Role.Kind.DIRECTOR, "", ""),))
    for position, wanted in enumerate(_wanted(), 1):
        put_target(with_usual_indexes(replace(wanted, position=position)), by=by, at=at)
    Target.objects.filter(address__startswith="http://127.").update(verification=Verification.DEMO)


def _wanted() -> list[Wanted]:
    return [
        Wanted(
            "本馆自己的 SRU（演示）", "sru", f"http://127.0.0.1:{settings.ENV.text('PORT')}/sru",
            schema=USUAL_SCHEMA, active=True, note="没有外网也能看看套录是怎么一回事",
        ),
        Wanted(
            "美国国会图书馆 SRU", "sru", "http://lx2.loc.gov:210/LCDB", schema=USUAL_SCHEMA,
            version="1.1", note="照对方公布的地址填，未核实",
        ),
        Wanted(
            "美国国会图书馆 Z39.50", "z3950", "lx2.loc.gov", 210, "LCDB", syntax="marc21",
            charset="utf-8", note="照对方公布的地址填，未核实",
        ),
    ]  # fmt: skip
