import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0001_initial'),
        ('holdings', '0001_initial'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FloatingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('most_of_a_title', models.PositiveSmallIntegerField(default=2)),
                ('begins_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('kinds', models.ManyToManyField(blank=True, to='holdings.itemkind')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('most_of_a_title__gte', 1)), name='a_group_lets_at_least_one_of_a_title_in')],
            },
        ),
        migrations.CreateModel(
            name='FloatingExclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bib', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.bibrecord')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exclusions', to='holdings.floatinggroup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'bib'), name='a_title_is_left_out_once')],
            },
        ),
        migrations.CreateModel(
            name='FloatingMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.PositiveIntegerField()),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='holdings.floatinggroup')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'node'), name='a_branch_is_in_a_group_once')],
            },
        ),
        migrations.CreateModel(
            name='MoveDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('delivery', '配送'), ('box', '流动图书箱'), ('rotation', '流动轮换'), ('rebalancing', '调拨')], max_length=12)),
                ('note', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='a_move_document_says_why')],
            },
        ),
        migrations.CreateModel(
            name='HomeMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='home_moves', to='holdings.copy')),
                ('from_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='holdings.floatinggroup')),
                ('to_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='holdings.movedocument')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('from_node', models.F('to_node')), _negated=True), name='a_move_goes_somewhere_else'), models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', True), ('group__isnull', False)), models.Q(('document__isnull', False), ('group__isnull', True)), _connector='OR'), name='a_home_changes_by_a_document_or_a_floating_group')],
            },
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=80)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=80)),
                ('ending', models.CharField(blank=True, choices=[('scan', '扫码签收'), ('stopover', '中途到馆，改道'), ('loss', '报告遗失'), ('abort', '中止')], max_length=10)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='holdings.copy')),
                ('ended_node', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('transit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='holdings.transit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('copy',), name='a_copy_is_in_at_most_one_dispute'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ending', '')), models.Q(('ended_at__isnull', False), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='an_ended_dispute_says_how')],
            },
        ),
    ]
