"""One question to every target that is on."""

import datetime as dt
from typing import Any

from django.db import transaction

from yanzhen.groundwork.refusals import refuse_first
from yanzhen.groundwork.text import isbn
from yanzhen.library.catalogue.access import require_proposing
from yanzhen.library.cataloguing import passwords, rules
from yanzhen.library.cataloguing.answers import Address, Answer, Question, plain
from yanzhen.library.cataloguing.asking import ask_all
from yanzhen.library.cataloguing.merging import Found, merged
from yanzhen.library.cataloguing.models import CopySearch, FoundRecord, Target
from yanzhen.network.models import Node
from yanzhen.people.roles import Actor

KEPT = dt.timedelta(days=1)


def search(field: str, term: str, *, node: Node, by: Actor, at: dt.datetime) -> CopySearch:
    """Ask all at once and keep what they answer. Raises Refused.

    No transaction is open while the others are waited for.
    """
    require_proposing(by, node)
    question = question_of(field, term)
    targets = list(Target.objects.filter(active=True))
    refuse_first(rules.somebody_can_be_asked(len(targets)))
    answers = ask_all([address_of(target) for target in targets], question)
    with transaction.atomic():
        CopySearch.objects.filter(at__lt=at - KEPT).delete()
        asked = CopySearch.objects.create(
            field=field, term=plain(term)[: rules.LONGEST_TERM], by_id=by.account_id, node=node,
            at=at, answers=[told(answer) for answer in answers],
        )  # fmt: skip
        _store(asked, targets, answers)
    return asked


def question_of(field: str, term: str) -> Question:
    """The question in the forms in which others may have it. Raises Refused."""
    words = plain(term)[: rules.LONGEST_TERM]
    refuse_first(rules.a_question_has_words(words))
    if field != CopySearch.Field.ISBN:
        return Question(field, (words,))
    number = isbn.normalise(words)
    refuse_first(rules.an_isbn_is_looked_for_by_its_number(number))
    return Question(field, _numbers(number)) if number else Question(field, (words,))


def address_of(target: Target) -> Address:
    return Address(
        target_id=target.pk, name=target.name, kind=target.kind, address=target.address,
        port=target.port, database=target.database, syntax=target.syntax, schema=target.schema,
        version=target.version, charset=target.charset, account=target.account,
        password=passwords.kept(target.pk) if target.account else "", seconds=target.seconds,
        indexes={
            "isbn": target.isbn_index, "title": target.title_index, "author": target.author_index
        },
    )  # fmt: skip


def told(answer: Answer) -> dict[str, Any]:
    """An answer as it is kept (see CopySearch)."""
    trouble = answer.trouble
    return {
        "name": answer.address.name, "hits": answer.hits, "records": len(answer.records),
        "garbled": answer.garbled, "damaged": answer.damaged,
        "waited": answer.address.seconds, "seconds": round(answer.seconds, 1),
        "code": trouble.code if trouble else "", "said": trouble.said if trouble else "",
    }  # fmt: skip


def _numbers(number: isbn.Isbn) -> tuple[str, ...]:
    """With 13 digits, and with the 10 that stand in records from before 2007."""
    if not (number.valid and number.digits.startswith("978")):
        return (number.digits,)
    nine = number.digits[3:12]
    rest = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), nine, strict=True))
    last = (11 - rest % 11) % 11
    return (number.digits, nine + ("X" if last == 10 else str(last)))


def _store(asked: CopySearch, targets: list[Target], answers: list[Answer]) -> None:
    found = [
        Found(place, record) for place, answer in enumerate(answers) for record in answer.records
    ]
    FoundRecord.objects.bulk_create(
        FoundRecord(
            search=asked, target=targets[each.target], target_name=targets[each.target].name,
            group=group, rank=rank, why=why, marc=each.record.dumps(),
        )
        for group, ranked in enumerate(merged(found))
        for rank, (each, why) in enumerate(ranked)
    )  # fmt: skip
