from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, editor):
    """Until now no session that was booked had taken its moments along when it moved."""
    terms = apps.get_model("booking", "BookingTerms")
    session = apps.get_model("activities", "Session").objects.filter(pk=OuterRef("session"))
    terms.objects.update(reckoned_from=Subquery(session.values("starts_at")[:1]))


class Migration(migrations.Migration):
    dependencies = [("booking", "0002_guards")]
    operations = [
        migrations.AddField("bookingterms", "reckoned_from", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
