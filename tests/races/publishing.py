"""Two directors publish two drafts of the same row for the same day at the same moment.

Run as `python -m tests.races.publishing ROUNDS` with a DATABASE_URL of its own; prints JSON.
"""

import datetime as dt
import json
import multiprocessing
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
django.setup()

from django.db import connections  # noqa: E402

from tests import county as makers  # noqa: E402
from yanzhen.groundwork.clock import local_day  # noqa: E402
from yanzhen.groundwork.refusals import Refused  # noqa: E402
from yanzhen.library.circulation import drafting, invariants  # noqa: E402
from yanzhen.library.circulation.models import LoanRule  # noqa: E402
from yanzhen.library.circulation.setting import Wanted  # noqa: E402

AT = makers.MONDAY
FULL = {"max_loans": 10, "max_renewals": 1, "lendable": True}


def director(who, drafts, by, barrier, answers):
    """Publish one draft a round, each round for a later day."""
    said = []
    for number, pair in enumerate(drafts, start=1):
        barrier.wait(60)
        day = local_day(AT) + dt.timedelta(days=number)
        try:
            drafting.publish_draft(pair[who], valid_from=day, document="馆务会", by=by, at=AT)
            said.append("published")
        except Refused as refusal:
            said.append(refusal.code)
        except Exception as trouble:
            said.append(f"broken: {type(trouble).__name__}")
    answers.put(said)


def main(rounds: int) -> dict:
    place = makers.county()
    by = makers.staff(place.hub, "director")
    drafts = []
    for number in range(rounds):
        pair = []
        for days in (20, 40):
            draft = drafting.begin_draft(f"{number}·{days}", by=by, at=AT)
            drafting.put_row(draft.pk, Wanted(values=FULL | {"loan_days": days}), by=by, at=AT)
            pair.append(draft.pk)
        drafts.append(pair)
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(2), fork.SimpleQueue()
    both = [
        fork.Process(target=director, args=(who, drafts, by, barrier, answers)) for who in (0, 1)
    ]
    for each in both:
        each.start()
    said = [answers.get() for _ in both]
    for each in both:
        each.join()
    return {
        "answers": [sorted(pair) for pair in zip(*said, strict=True)],
        "rows": LoanRule.objects.count(),
        "broken": [
            line
            for invariant in (
                invariants.the_default_loan_rule_leaves_no_gap,
                invariants.two_loan_rules_with_the_same_keys_do_not_overlap,
            )
            for line in invariant()
        ],
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
