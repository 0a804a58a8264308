from django.db import migrations

from yanzhen.culture.contests import guards


class Migration(migrations.Migration):
    dependencies = [("contests", "0001_contests")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: guards.install(), lambda apps, editor: guards.remove()
        )
    ]
