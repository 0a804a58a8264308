from django.db import migrations

from yanzhen.library.holdings import guards


class Migration(migrations.Migration):
    dependencies = [("holdings", "0005_opening_stock")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: guards.install(), lambda apps, editor: guards.remove()
        )
    ]
