from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("discovery", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="indexchange",
            name="added_until",
            field=models.BigIntegerField(null=True),
        ),
    ]
