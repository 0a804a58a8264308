"""The book of the stock is opened: every copy there is gets the events that explain it."""

from django.db import migrations
from django.utils import timezone

from yanzhen.library.holdings import stock

AT_ONCE = 2000


def open_the_book(apps, editor):
    copies = apps.get_model("holdings", "Copy").objects.only(
        "accessioned_on", "state", "owning_node", "kind"
    )
    event = apps.get_model("holdings", "StockEvent")
    rows = []
    for row in stock.opening_events(
        copies.order_by("pk").iterator(AT_ONCE), at=timezone.now(), by_name="系统"
    ):
        rows.append(event(**{name: getattr(row, name) for name in COLUMNS}))
        if len(rows) >= AT_ONCE:
            event.objects.bulk_create(rows)
            rows = []
    event.objects.bulk_create(rows)


COLUMNS = (
    "copy_id", "kind", "change", "node_id", "item_kind_id", "at", "by_name", "document", "note",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("holdings", "0004_stock_events")]
    operations = [migrations.RunPython(open_the_book, migrations.RunPython.noop)]
