"""Use-cases that go abreast: what several of them ask of the database travels together.

An errand is a use-case written as a generator: it yields what it asks and what it writes, and is
sent the answers. Alone it does what a function would do. Several abreast share their round trips
to PostgreSQL and, on both databases, their commit. See docs/decisions/0039-abreast.md.

An errand writes once, at its end: until then it may be given up and begun again.
"""

import logging
from collections.abc import Callable, Generator, Mapping, Sequence
from enum import Enum
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from yanzhen.groundwork import chain, statements

log = logging.getLogger(__name__)
Result = TypeVar("Result")
Given = ParamSpec("Given")


class Ask(NamedTuple):
    """A question, as `statements.rows` takes it. Sent: the rows."""

    sql: str
    params: Sequence[Any]


class Write(NamedTuple):
    """A chain of writes. Sent: what `chain.run` returns. Abreast it may not be committed yet: the
    errand only puts its answer together then."""

    steps: Sequence[chain.Step]


class Otherwise(Enum):
    """What comes next cannot be shared. Sent: None, and only to an errand that goes alone."""

    ALONE = "alone"


ALONE = Otherwise.ALONE
Shared = Ask | Write
Errand = Generator[Shared | Otherwise, Any, Result]


def alone(errand: Errand[Result]) -> Result:
    """Run the errand to its end; what the database raises is raised where it was asked."""
    try:
        step = next(errand)
        while True:
            try:
                said = _said(step)
            except Exception as trouble:
                step = errand.throw(trouble)
            else:
                step = errand.send(said)
    except StopIteration as end:
        return end.value


def as_function(errand: Callable[Given, Errand[Result]]) -> Callable[Given, Result]:
    """The use-case for everybody who has nobody to go abreast with."""

    @wraps(errand)
    def function(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        return alone(errand(*args, **kwargs))

    return function


def _said(step: Shared | Otherwise) -> Any:
    if isinstance(step, Ask):
        return statements.rows(*step)
    return chain.run(step.steps) if isinstance(step, Write) else None


def abreast(errands: Sequence[Errand[Result]]) -> list[Result | Exception | Otherwise]:
    """What each returns or raises; ALONE for one that must be begun again and go alone.

    Everybody's questions come before anybody's writes, so that these share a transaction. When it
    fails, nothing has happened, and all who had a part in it must go alone.
    """
    outcomes: list[Result | Exception | Otherwise] = [ALONE] * len(errands)
    waiting: dict[int, Shared] = {}

    def go_on(number: int, said: Any) -> None:
        try:
            step = errands[number].send(said)
        except StopIteration as end:
            outcomes[number] = end.value
        except Exception as trouble:
            outcomes[number] = trouble
        else:
            if not isinstance(step, Otherwise):
                waiting[number] = step

    for number in range(len(errands)):
        go_on(number, None)
    while waiting:
        now = _turn(waiting)
        waiting = {number: step for number, step in waiting.items() if number not in now}
        if not _all_said(now, go_on):
            for number in now:
                outcomes[number] = ALONE
                waiting.pop(number, None)
    for errand in errands:
        errand.close()
    return outcomes


def _turn(waiting: Mapping[int, Shared]) -> Mapping[int, Shared]:
    """Who is answered next: whoever asks, then whoever writes."""
    asking = {number: step for number, step in waiting.items() if isinstance(step, Ask)}
    return asking or waiting


def _all_said(now: Mapping[int, Shared], go_on: Callable[[int, Any], None]) -> bool:
    """Each hears its answer and goes on. Whether that holds: when something failed, it does not."""
    numbers = list(now)
    asks = [step for step in now.values() if isinstance(step, Ask)]
    writes = [step.steps for step in now.values() if isinstance(step, Write)]

    def tell(place: int, said: Any) -> None:
        go_on(numbers[place], said)

    try:
        if asks:
            statements.many(asks, tell)
        else:
            chain.run_all(writes, tell)
    except Exception as trouble:
        log.warning("abreast failed, one by one: %r", trouble)
        return False
    return True
