from django.db import migrations, models

from yanzhen.culture.booking import guards


def install(apps, editor):
    guards.install()


def remove(apps, editor):
    guards.remove()


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0001_initial'),
        ('booking', '0005_sheet_scans'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(remove, install),
        migrations.RemoveConstraint(
            model_name='booking',
            name='only_who_stands_at_the_door_needs_no_name',
        ),
        migrations.RemoveConstraint(
            model_name='booking',
            name='one_live_booking_a_name_and_telephone',
        ),
        migrations.AddField(
            model_name='booking',
            name='forgotten_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('beneficiary__isnull', True), ('forgotten_at__isnull', True), models.Q(('name', ''), ('phone', ''), _negated=True)), fields=['session'], name='booking_names_kept'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('organisation', ''), _negated=True), ('channel', 'walk_in'), ('forgotten_at__isnull', False), _connector='OR'), name='only_who_stands_at_the_door_needs_no_name'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(condition=models.Q(('beneficiary__isnull', True), ('forgotten_at__isnull', True), ('organisation', ''), ('state__in', ['held', 'confirmed', 'checked_in']), models.Q(('channel', 'walk_in'), _negated=True)), fields=('session', 'name_folded', 'phone'), name='one_live_booking_a_name_and_telephone'),
        ),
        migrations.RunPython(install, remove),
    ]
