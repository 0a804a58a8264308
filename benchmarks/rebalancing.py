"""A rebalancing proposal for 22 branches: read the stock, solve the flow, choose, store.

    python -m benchmarks.rebalancing [--sizes 30000 300000]

DATABASE_URL chooses the database (empty); without it SQLite in a temporary folder. Copies and
three loans for every four of them go in by bulk beforehand; the seconds are those of `propose`.
"""

import argparse
import datetime as dt
import os
import random
import tempfile
import time

NODES, A_MINUTE = 23, 60  # the main library and 22 branches
CLASSES = [f"{letter}{digit}" for letter in "BDFGHIJKNORSTXZ" for digit in range(1, 7)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[30_000, 300_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yanzhen-bench-") as folder:
        os.environ.update(YANZHEN_DATA=folder, DJANGO_SETTINGS_MODULE="yanzhen.config.settings")
        import django

        django.setup()
        run(options.sizes)


def run(sizes: list[int]) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from yanzhen.library.rotation.proposing import propose
    from yanzhen.people.roles import Actor, Grant

    call_command("migrate", verbosity=0)
    by = Actor(None, None, "演示", (Grant("director", "", ""),))
    at, nodes, stored, seconds = timezone.now(), branches(), 0, []
    for size in sizes:
        fill(nodes, stored, size, at)
        stored = size
        began = time.perf_counter()
        proposal = propose(at_most=2000, by=by, at=at)
        seconds.append(time.perf_counter() - began)
        lines = proposal.lines.count()
        print(f"  {size:>9,} copies {seconds[-1]:6.1f} s, {lines} lines (goal < {A_MINUTE} s)")
        assert lines, "nothing was proposed"
    growth, more = seconds[-1] / seconds[0], sizes[-1] / sizes[0]
    print(f"  growth x {growth:.1f} for x {more:.0f} copies (goal <= {more:.0f})")


def branches() -> list:
    from yanzhen.network.models import Division, Node, Site

    district = Division.objects.create(code="512002", name="演示区", kind="county")
    hub, nodes = None, []
    for number in range(NODES):
        code = f"branch-{number}"
        site = Site.objects.create(
            code=code, name=f"演示{number}馆", kind="library", division=district,
            verification="demo",
        )  # fmt: skip
        node = Node.objects.create(
            code=code, name=site.name, short_name=f"演示{number}", site=site, tree="library",
            level="branch" if hub else "hub", parent=hub, status="open",
            path=f"{hub.path}{code}." if hub else f"{code}.",
        )  # fmt: skip
        hub = hub or node
        nodes.append(node)
    return nodes


def fill(nodes: list, first: int, until: int, at: dt.datetime) -> None:
    """Copies numbered from `first` to `until`; each branch reads some classes more than others."""
    from yanzhen.library.catalogue.models import BibRecord
    from yanzhen.library.circulation.models import Loan, LoanRule
    from yanzhen.library.holdings.models import Copy, ItemKind

    kind, _ = ItemKind.objects.get_or_create(code="book", name="图书", name_en="Book")
    rule, _ = LoanRule.objects.get_or_create(
        loan_days=30, max_loans=10, max_renewals=1, valid_from=dt.date(2020, 1, 1)
    )
    r, day = random.Random(first), at.date()
    for start in range(first, until, 10_000):
        bibs = BibRecord.objects.bulk_create(
            [
                BibRecord(
                    flavour="cnmarc", marc="", match_key=f"k{start + n}", title=f"题名{start + n}",
                    format="book", language="zh", clc=r.choice(CLASSES), created_at=at,
                    changed_at=at,
                )
                for n in range(4000)
            ],
            batch_size=500,
        )  # fmt: skip
        copies = []
        for n in range(start, min(start + 10_000, until)):
            node = nodes[int(NODES * r.random() ** 2)]
            copies.append(
                Copy(
                    barcode=f"BM{n:09d}", bib=r.choice(bibs), kind=kind, owning_node=node,
                    home_node=node, current_node=node,
                    accessioned_on=day - dt.timedelta(days=r.randint(100, 3000)),
                )
            )  # fmt: skip
        Copy.objects.bulk_create(copies, batch_size=500)
        loans = []
        for _each in range(len(copies) * 3 // 4):
            copy = r.choice(copies)
            if (ord(copy.bib.clc[0]) + copy.home_node_id) % 5 > 2 * r.random() * 5:
                continue
            lent = at - dt.timedelta(days=r.randint(31, 360))
            loans.append(
                Loan(
                    copy=copy, category_code="adult", age_band="18-34", lent_node=copy.home_node,
                    lent_at=lent, lent_by="演示", due_on=lent.date(), governing_node=copy.home_node,
                    rule=rule, max_renewals=1, loan_days=30, returned_at=lent,
                    returned_node=copy.home_node, returned_by="演示",
                )
            )  # fmt: skip
        Loan.objects.bulk_create(loans, batch_size=500)


if __name__ == "__main__":
    main()
