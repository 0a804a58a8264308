from django.db import migrations

from yanzhen.culture.booking import guards


class Migration(migrations.Migration):
    dependencies = [("booking", "0001_places_and_bookings")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: guards.install(), lambda apps, editor: guards.remove()
        )
    ]
