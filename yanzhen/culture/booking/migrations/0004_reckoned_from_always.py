from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("booking", "0003_reckoned_from")]
    operations = [
        migrations.AlterField("bookingterms", "reckoned_from", models.DateTimeField()),
    ]
