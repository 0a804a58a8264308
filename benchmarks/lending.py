"""Lending over HTTP with every rule on, against the raw three-statement transaction.

    python -m benchmarks.lending [--copies 10000] [--loans 3000] [--repeats 3]

DATABASE_URL chooses the database (empty; PostgreSQL must be durable); without it SQLite in a
temporary folder. Raw: UPDATE copy, INSERT loan, INSERT audit in BEGIN/COMMIT, prepared, by
processes of their own, as many as there are desks. HTTP: `POST /api/v1/nodes/<code>/loans` with a
token, through granian with two workers. Everything in one run; medians; the load average is
printed. SQLite's writers wait for each other, so it is also set against a single one.
"""

import argparse
import json
import os
import statistics
import tempfile
from dataclasses import dataclass

from benchmarks.web import served
from benchmarks.wire import hammer, in_parallel

CLIENTS = 4


@dataclass(frozen=True)
class Ground:
    """What was prepared: the token, the desk, the readers, how many copies; of each reader the ids
    of person and card, for whoever writes without asking."""

    token: str
    node: str
    cards: list[str]
    holders: list[tuple[int, int]]
    heavy: str
    copies: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, default=10_000)
    parser.add_argument("--loans", type=int, default=3000, help="loans in each measurement")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yanzhen-bench-") as folder:
        os.environ.update(
            YANZHEN_DATA=folder, DEBUG="0", DJANGO_SETTINGS_MODULE="yanzhen.config.settings"
        )
        import django

        django.setup()
        run(options.copies, options.loans, options.repeats)


def run(copies: int, loans: int, repeats: int) -> None:
    from django.db import connection, connections

    from benchmarks.lending_ground import HEAVY, prepare

    need = loans * (3 * repeats + 2) + 1000
    ground = prepare(max(copies, need), loans // 4)
    vendor = connection.vendor
    connections.close_all()
    raw, single, http = [], [], []
    shelf = iter(range(ground.copies))
    with served({}) as port:
        _over_http(port, ground, _take(shelf, 300), ground.cards)
        for _ in range(repeats):
            raw.append(_raw(ground, _take(shelf, loans), CLIENTS))
            if vendor == "sqlite":
                single.append(_raw(ground, _take(shelf, loans), 1))
            http.append(_over_http(port, ground, _take(shelf, loans), ground.cards))
        light = _over_http(port, ground, _take(shelf, loans // 4), ground.cards[:1], clients=1)
        heavy = _over_http(port, ground, _take(shelf, loans // 4), [ground.heavy], clients=1)
        behind = range(ground.copies + HEAVY, ground.copies + HEAVY + loans // 4)
        awaited = _over_http(port, ground, list(behind), ground.cards[:1], clients=1)
    print(f"{vendor}, {ground.copies:,} copies, load {os.getloadavg()[0]:.1f}")
    print(f"  raw   {statistics.median(raw):8,.0f} loans/s   {_spread(raw)}")
    print(f"  HTTP  {statistics.median(http):8,.0f} loans/s   {_spread(http)}")
    print(f"  share {_share(http, raw):8.0%}   (goal >= 30%)")
    if single:
        alone = statistics.median(single)
        print(f"  share {_share(http, single):8.0%}   of {alone:,.0f} by a single writer")
    print(f"  reader with 400 loans against an empty one: {heavy / light:.0%}")
    print(f"  title with 500 holds against one without: {awaited / light:.0%}")


def _take(shelf, count: int) -> list[int]:
    return [next(shelf) for _ in range(count)]


def _spread(figures: list[float]) -> str:
    return " ".join(f"{figure:,.0f}" for figure in figures)


def _share(http: list[float], ceiling: list[float]) -> float:
    return statistics.median(h / c for h, c in zip(http, ceiling, strict=True))


def _raw(ground: Ground, numbers: list[int], clients: int) -> float:
    from benchmarks.lending_ground import raw_loans

    loans = [(number, *ground.holders[number % len(ground.holders)]) for number in numbers]
    return len(numbers) / in_parallel(raw_loans, [loans[n::clients] for n in range(clients)])


def _over_http(
    port: int, ground: Ground, numbers: list[int], cards: list[str], clients: int = CLIENTS
) -> float:
    requests = [_request(ground, number, cards[number % len(cards)]) for number in numbers]
    return hammer(port, requests, clients=clients, expect=b"201")


def _request(ground: Ground, number: int, card: str) -> bytes:
    body = json.dumps({"barcode": f"BM{number:09d}", "card_number": card})
    return (
        f"POST /api/v1/nodes/{ground.node}/loans HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: Bearer {ground.token}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


if __name__ == "__main__":
    main()
