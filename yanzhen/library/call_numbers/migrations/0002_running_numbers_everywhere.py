"""Running numbers within a class hold everywhere until somebody decides otherwise."""

from django.db import migrations


def begin(apps, _schema):
    scheme, _made = apps.get_model("call_numbers", "CallNumberScheme").objects.get_or_create(
        name="种次号", defaults={"kind": "serial"}
    )
    apps.get_model("call_numbers", "SchemeUse").objects.get_or_create(
        node=None, shelf="", defaults={"scheme": scheme}
    )


class Migration(migrations.Migration):
    dependencies = [("call_numbers", "0001_initial")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
