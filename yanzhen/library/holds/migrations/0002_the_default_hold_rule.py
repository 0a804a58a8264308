from django.db import migrations


def make(apps, schema_editor):
    """The row that catches every reader category: five holds, a week on the hold shelf."""
    apps.get_model("holds", "HoldRule").objects.get_or_create(
        category=None, defaults={"max_holds": 5, "pickup_days": 7, "document": "默认规则"}
    )


class Migration(migrations.Migration):
    dependencies = [("holds", "0001_holds_and_their_queue")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
