import datetime as dt

import django.db.models.functions.comparison
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("holds", "0002_the_default_hold_rule")]
    operations = [
        migrations.RemoveConstraint("holdrule", "a_reader_category_has_one_hold_rule"),
        migrations.AddField(
            "holdrule",
            "valid_from",
            models.DateField(default=dt.date(2000, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField("holdrule", "valid_to", models.DateField(null=True)),
        migrations.AddField("holdrule", "set_at", models.DateTimeField(null=True)),
        migrations.AddField("holdrule", "set_by", models.CharField(blank=True, max_length=80, default=""), preserve_default=False),
        migrations.AddField("holdrule", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddField("holdrule", "withdrawn_by", models.CharField(blank=True, max_length=80, default=""), preserve_default=False),
        migrations.AddConstraint("holdrule", models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="a_hold_rule_ends_after_it_began")),
        migrations.AddConstraint("holdrule", models.UniqueConstraint(django.db.models.functions.comparison.Coalesce(F("category"), 0), condition=Q(valid_to__isnull=True, withdrawn_at__isnull=True), name="a_reader_category_has_one_open_hold_rule")),
        migrations.AddConstraint("holdrule", models.UniqueConstraint(django.db.models.functions.comparison.Coalesce(F("category"), 0), F("valid_from"), condition=Q(withdrawn_at__isnull=True), name="a_hold_rule_of_a_category_begins_once_a_day")),
    ]
