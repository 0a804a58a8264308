"""Booking over HTTP with every rule on, against the raw guarded transaction.

    python -m benchmarks.booking [--places 400] [--repeats 3]

DATABASE_URL chooses the database (empty; PostgreSQL must be durable); without it SQLite in a
temporary folder. Raw: the conditional UPDATE of the allotment, INSERT booking, step and audit in
BEGIN/COMMIT, prepared, one process on SQLite and four on PostgreSQL. HTTP: one
`POST /api/v1/sessions/<id>/bookings` with a token for each booking, a name and a telephone number,
until a session of `--places` is full, through granian with four workers; 1, 4 and 16 clients.
"""

import argparse
import json
import os
import statistics
import tempfile

from benchmarks.web import Timing, served
from benchmarks.wire import in_parallel, timed

CLIENTS = (1, 4, 16)
WORKERS = 4  # as the ticket shop had
GOAL = {1: 65, 4: 131, 16: 115}  # ten times what a widely used ticket shop did elsewhere


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--places", type=int, default=400)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yanzhen-bench-") as folder:
        os.environ.update(
            YANZHEN_DATA=folder, DEBUG="0", DJANGO_SETTINGS_MODULE="yanzhen.config.settings"
        )
        import django

        django.setup()
        run(options.places, options.repeats)


def run(places: int, repeats: int) -> None:
    from django.db import connection, connections

    from benchmarks.booking_ground import prepare, raw_bookings, sold

    ground = prepare(places, sessions=1 + 2 * repeats * len(CLIENTS))
    vendor = connection.vendor
    connections.close_all()
    print(f"{vendor}, sessions of {places} places, load {os.getloadavg()[0]:.1f}")
    sessions = iter(ground.sessions)
    raw_clients = 4 if vendor == "postgresql" else 1
    with served({}, workers=WORKERS) as port:
        _fill(port, ground.token, next(sessions), places, 2)
        for clients in CLIENTS:
            raw, web = [], []
            for _ in range(repeats):
                shares = [
                    (next_id, places // raw_clients) for next_id in _one(sessions, raw_clients)
                ]
                raw.append(sum(n for _id, n in shares) / in_parallel(raw_bookings, shares))
                session_id = next(sessions)
                web.append(_fill(port, ground.token, session_id, places, clients))
                assert sold(session_id) == (places, places)
            _tell(clients, raw, web)


def _one(sessions, clients: int) -> list[int]:
    """The same session for every raw client."""
    return [next(sessions)] * clients


def _fill(port: int, token: str, session_id: int, places: int, clients: int) -> Timing:
    requests = [_request(token, session_id, number) for number in range(places)]
    return Timing.of(*timed(port, requests, clients=clients, expect=b"201"))


def _tell(clients: int, raw: list[float], web: list[Timing]) -> None:
    rate = statistics.median(each.a_second for each in web)
    share = statistics.median(w.a_second / r for w, r in zip(web, raw, strict=True))
    p50 = statistics.median(each.p50 for each in web)
    p95 = statistics.median(each.p95 for each in web)
    print(
        f"  {clients:2} clients {rate:7,.0f} bookings/s   (goal >= {GOAL[clients]})   "
        f"p50 {p50:,.1f} ms   p95 {p95:,.1f} ms   raw {statistics.median(raw):,.0f}   {share:.0%}"
    )


def _request(token: str, session_id: int, number: int) -> bytes:
    order = {"channel": "telephone", "name": f"D{number}", "phone": f"0000{number:07d}"}
    body = json.dumps(order)
    return (
        f"POST /api/v1/sessions/{session_id}/bookings HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


if __name__ == "__main__":
    main()
