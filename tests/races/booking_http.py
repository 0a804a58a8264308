"""The same race through the real web server: two server processes, many clients, all channels.

    python -m tests.races.booking_http CLIENTS

Readers book online with a token each, the telephone desk books by telephone, counter and group.
Every fourth request is sent twice with one Idempotency-Key. Afterwards the door lets in whoever
just comes. Prints one JSON object.
"""

import datetime as dt
import http.client
import json
import multiprocessing
import os
import sys
import tempfile

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
_FOLDER = tempfile.TemporaryDirectory(prefix="yanzhen-race-")
os.environ["YANZHEN_DATA"] = _FOLDER.name
django.setup()

from django.db import connections  # noqa: E402

from benchmarks.web import served  # noqa: E402
from tests import county  # noqa: E402
from tests.races.booking import BY_HAND, SPLIT, orders, told  # noqa: E402
from yanzhen.culture.booking.tests import makers  # noqa: E402
from yanzhen.groundwork import clock  # noqa: E402
from yanzhen.people.models import Account  # noqa: E402
from yanzhen.people.roles import actor_of  # noqa: E402
from yanzhen.people.tokens import make_token  # noqa: E402

DOOR = SPLIT["walk_in"]


def token(account: Account) -> str:
    return make_token(account, "race", by=actor_of(account, on=clock.today()), at=clock.now())


def client(number: int, clients: int, port: int, session_id: int, keys, barrier, answers) -> None:
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    said = []
    barrier.wait()
    for at, (channel, caller) in enumerate(orders(number, clients)):
        body = {"channel": channel}
        bearer = keys["desk"]
        if channel == "online":
            bearer = keys["readers"][caller]
        else:
            serial = 100 * BY_HAND.index(channel) + caller
            body |= {"name": f"演示{serial}", "phone": f"0000{serial:07d}"}
        once = {"Idempotency-Key": f"{channel}-{caller}"} if at % 4 == 0 else {}
        for again in range(2 if once else 1):
            status, answer = post(wire, session_id, bearer, body, once)
            if not again:
                said.append((channel, word(status, answer)))
    answers.put(said)


def post(wire, session_id: int, bearer: str, body: dict, headers: dict) -> tuple[int, dict]:
    sent = {"Authorization": f"Bearer {bearer}", "Content-Type": "application/json", **headers}
    wire.request("POST", f"/api/v1/sessions/{session_id}/bookings", json.dumps(body), sent)
    answer = wire.getresponse()
    return answer.status, json.loads(answer.read())


def word(status: int, answer: dict) -> str:
    return "booked" if status == 201 else f"{answer['code']}" if status == 409 else str(status)


def main(clients: int) -> dict:
    place = county.county()
    now = clock.now()
    hour = dt.timedelta(hours=1)
    session = makers.opened(place, SPLIT, starts_at=now + 2 * hour, at=now - hour)
    keys = {
        "desk": token(county.account("operator", place.hub, "operator")),
        "door": token(county.account("zhonghe", place.zhonghe)),
        "readers": [
            token(Account.objects.create(username=f"r{n}", person=county.person(f"演示{n}")))
            for n in range(SPLIT["online"] * 3 // 2)
        ],
    }
    connections.close_all()
    with served({}) as port:
        said = _race(clients, port, session.pk, keys)
        result = told(session.pk, said)
        wire = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        walk_in = {"channel": "walk_in", "heads": DOOR}
        let_in = post(wire, session.pk, keys["door"], walk_in, {})[0]
        one_more = post(wire, session.pk, keys["door"], {"channel": "walk_in"}, {})[0]
    connections.close_all()
    return result | {"let_in": let_in, "one_more": one_more}


def _race(clients: int, port: int, session_id: int, keys) -> list[tuple[str, str]]:
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(clients), fork.SimpleQueue()
    runners = [
        fork.Process(target=client, args=(n, clients, port, session_id, keys, barrier, answers))
        for n in range(clients)
    ]
    for each in runners:
        each.start()
    said = [pair for _ in runners for pair in answers.get()]
    for each in runners:
        each.join()
    return said


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1])), ensure_ascii=False))
    _FOLDER.cleanup()
