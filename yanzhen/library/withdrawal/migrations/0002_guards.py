from django.db import migrations

from yanzhen.library.withdrawal import guards


class Migration(migrations.Migration):
    dependencies = [("withdrawal", "0001_withdrawal_lists"), ("holdings", "0007_flag_changes")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: guards.install(), lambda apps, editor: guards.remove()
        )
    ]
