"""Asking all targets at once: nobody waits for the slowest longer than that one may take."""

import logging
import queue
import threading
from collections.abc import Sequence
from time import monotonic

from yanzhen.library.cataloguing import sru, z3950
from yanzhen.library.cataloguing.answers import Address, Answer, Question, Trouble

_GRACE = 1.0  # seconds beyond a target's own time, to end in order
_SPEAKING = {"sru": sru.ask, "z3950": z3950.ask}

log = logging.getLogger(__name__)


def ask_all(addresses: Sequence[Address], question: Question) -> list[Answer]:
    """One answer for each address, in their order; a silent one has a trouble instead.

    The threads are daemons: one that hangs (a name server that never answers) holds up neither
    the page nor the end of the server.
    """
    arrived: queue.SimpleQueue[tuple[int, Answer]] = queue.SimpleQueue()
    began = monotonic()
    for number, address in enumerate(addresses):
        threading.Thread(
            target=lambda n, a: arrived.put((n, ask_one(a, question))),
            args=(number, address), daemon=True,
        ).start()  # fmt: skip
    answers: dict[int, Answer] = {}
    while waiting := [each.seconds for n, each in enumerate(addresses) if n not in answers]:
        try:
            latest = began + max(waiting) + _GRACE
            number, answer = arrived.get(timeout=max(0.0, latest - monotonic()))
        except queue.Empty:
            break
        answers[number] = answer
    return [answers.get(n) or _silent(each) for n, each in enumerate(addresses)]


def ask_one(address: Address, question: Question) -> Answer:
    """The answer of one target; whatever goes wrong becomes its trouble."""
    began = monotonic()
    try:
        if not address.indexes.get(question.by):
            raise Trouble("no-index")
        answer = _SPEAKING[address.kind](address, question)
    except Trouble as trouble:
        answer = Answer(address, trouble=trouble)
    except Exception:  # a target's answer must never take the others with it
        log.exception("asking %s failed", address.name)
        answer = Answer(address, trouble=Trouble("unforeseen"))
    answer.seconds = monotonic() - began
    return answer


def _silent(address: Address) -> Answer:
    return Answer(address, trouble=Trouble("timeout"), seconds=address.seconds)
