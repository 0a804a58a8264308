"""The public vote: one a person and round, and nothing that tells who voted for whom."""

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from yanzhen.culture.contests import rules
from yanzhen.culture.contests.models import Ballot, Entry, PaperVotes, Round
from yanzhen.culture.contests.opened import held, missing
from yanzhen.groundwork import audit
from yanzhen.groundwork.refusals import Refused, refuse_first
from yanzhen.people.access import require
from yanzhen.people.roles import PLAN_ACTIVITIES, Actor, Unnamed


def voter_of(round_id: int, person_id: int) -> str:
    """A keyed digest of the person for one round; without the secret it leads back to nobody."""
    return salted_hmac(
        f"contests.ballot.{round_id}", str(person_id), algorithm="sha256"
    ).hexdigest()


@transaction.atomic
def vote(entry_id: int, *, has_card: bool, by: Actor, at: dt.datetime) -> Entry:
    """Give the one vote of this round. Raises Refused.

    The ballot knows the voter and the entry only counts, so that no row says who chose what; for
    the same reason the audit line names neither.
    """
    entry = Entry.objects.select_related("team", "round__node").filter(pk=entry_id).first()
    if entry is None or by.person_id is None:
        raise missing("entry-not-found", _("没有找到这个节目。"))
    round_ = entry.round
    voter = voter_of(round_.pk, by.person_id)
    refuse_first(
        rules.votes_are_given_while_the_vote_is_open(round_.votes_are_open(at)),
        rules.only_a_card_holder_votes(has_card),
        rules.one_vote_a_person_and_round(round_.ballots.filter(voter=voter).exists()),
    )
    _cast(round_, entry, voter)
    audit.write(
        by=Unnamed("投票人"), at=at, action="contest.voted", subject=f"round:{round_.pk}",
        place=round_.node.code,
    )  # fmt: skip
    return entry


def _cast(round_: Round, entry: Entry, voter: str) -> None:
    """The unique constraint decides between two at once."""
    try:
        with transaction.atomic():
            Ballot.objects.create(round=round_, voter=voter)
    except IntegrityError as twice:
        refusal = rules.one_vote_a_person_and_round(True)
        assert refusal
        raise refusal from twice
    Entry.objects.filter(pk=entry.pk).update(votes=F("votes") + 1)


@transaction.atomic
def enter_paper_votes(
    round_id: int,
    votes: Mapping[int, int],
    *,
    counted_by: str,
    second_by: str,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Enter what two people counted: entry id -> votes. Counting again replaces. Raises Refused."""
    round_ = held(round_id)
    require(by, PLAN_ACTIVITIES, round_.node)
    entries = {each.pk: each for each in round_.entries.all()}
    if set(votes) - set(entries) or min(votes.values(), default=0) < 0:
        raise missing("entry-not-found", _("没有找到这个节目。"))
    refuse_first(
        rules.paper_votes_are_counted_by_two(counted_by, second_by),
        _before_the_result(round_.state),
    )
    for entry_id, number in sorted(votes.items()):
        PaperVotes.objects.update_or_create(
            entry=entries[entry_id],
            defaults={
                "votes": number, "counted_by": counted_by.strip(), "second_by": second_by.strip(),
                "entered_at": at,
            },
        )  # fmt: skip
    audit.write(
        by=by, at=at, action="contest.paper-votes", subject=f"round:{round_.pk}",
        place=round_.node.code, votes=sum(votes.values()), counted_by=counted_by.strip(),
        second_by=second_by.strip(),
    )  # fmt: skip


def _before_the_result(state: str) -> Refused | None:
    is_open = state in (Round.State.OPEN, Round.State.JUDGING)
    return rules.votes_are_given_while_the_vote_is_open(is_open)
