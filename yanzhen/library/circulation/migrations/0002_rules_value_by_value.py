import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circulation', '0001_initial'),
        ('holdings', '0001_initial'),
        ('network', '0001_initial'),
        ('patrons', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('loan_days', models.PositiveSmallIntegerField(null=True)),
                ('max_loans', models.PositiveSmallIntegerField(null=True)),
                ('max_renewals', models.PositiveSmallIntegerField(null=True)),
                ('lendable', models.BooleanField(default=True, null=True)),
                ('max_loans_kind', models.PositiveSmallIntegerField(null=True)),
                ('max_loans_owned', models.PositiveSmallIntegerField(null=True)),
                ('ends', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='RuleDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=80)),
                ('published_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('closed_by', models.CharField(blank=True, max_length=80)),
                ('valid_from', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='a_draft_is_published_or_dropped')],
            },
        ),
        migrations.AddField(
            model_name='loanrule',
            name='max_loans_kind',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='loanrule',
            name='max_loans_owned',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='loanrule',
            name='set_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='loanrule',
            name='set_by',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='loanrule',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='loanrule',
            name='withdrawn_by',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AlterField(
            model_name='loanrule',
            name='category',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.readercategory'),
        ),
        migrations.AlterField(
            model_name='loanrule',
            name='kind',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.itemkind'),
        ),
        migrations.AlterField(
            model_name='loanrule',
            name='lendable',
            field=models.BooleanField(default=True, null=True),
        ),
        migrations.AlterField(
            model_name='loanrule',
            name='loan_days',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='loanrule',
            name='max_loans',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='loanrule',
            name='max_renewals',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='loanrule',
            name='node',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddConstraint(
            model_name='loanrule',
            constraint=models.CheckConstraint(condition=models.Q(('category__isnull', False), ('kind__isnull', False), ('node__isnull', False), models.Q(('lendable__isnull', False), ('loan_days__isnull', False), ('max_loans__isnull', False), ('max_renewals__isnull', False)), _connector='OR'), name='the_default_rule_sets_every_value'),
        ),
        migrations.AddConstraint(
            model_name='loanrule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='a_rule_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='loanrule',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Coalesce(models.F('category_id'), 0), django.db.models.functions.comparison.Coalesce(models.F('kind_id'), 0), django.db.models.functions.comparison.Coalesce(models.F('node_id'), 0), condition=models.Q(('valid_to__isnull', True), ('withdrawn_at__isnull', True)), name='one_open_rule_for_the_same_keys'),
        ),
        migrations.AddConstraint(
            model_name='loanrule',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Coalesce(models.F('category_id'), 0), django.db.models.functions.comparison.Coalesce(models.F('kind_id'), 0), django.db.models.functions.comparison.Coalesce(models.F('node_id'), 0), models.F('valid_from'), condition=models.Q(('withdrawn_at__isnull', True)), name='a_rule_of_the_same_keys_begins_once_a_day'),
        ),
        migrations.AddField(
            model_name='draftrow',
            name='category',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.readercategory'),
        ),
        migrations.AddField(
            model_name='draftrow',
            name='kind',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.itemkind'),
        ),
        migrations.AddField(
            model_name='draftrow',
            name='node',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddField(
            model_name='draftrow',
            name='draft',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='circulation.ruledraft'),
        ),
        migrations.AddConstraint(
            model_name='draftrow',
            constraint=models.UniqueConstraint(models.F('draft'), django.db.models.functions.comparison.Coalesce(models.F('category_id'), 0), django.db.models.functions.comparison.Coalesce(models.F('kind_id'), 0), django.db.models.functions.comparison.Coalesce(models.F('node_id'), 0), name='a_draft_changes_the_same_keys_once'),
        ),
    ]
