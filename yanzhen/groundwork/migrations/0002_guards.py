from django.db import migrations

from yanzhen.groundwork import audit


class Migration(migrations.Migration):
    dependencies = [("groundwork", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: audit.install_guards(),
            lambda apps, editor: audit.remove_guards(),
        )
    ]
