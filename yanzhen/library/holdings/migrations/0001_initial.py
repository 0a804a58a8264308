import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=30)),
                ('name_en', models.CharField(max_length=40)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('barcode', models.CharField(max_length=30, unique=True)),
                ('state', models.CharField(choices=[('available', '在架'), ('on_loan', '借出'), ('in_transit', '在途'), ('lost', '遗失'), ('withdrawn', '已剔旧')], default='available', max_length=12)),
                ('damaged', models.BooleanField(default=False)),
                ('missing', models.BooleanField(default=False)),
                ('in_dispute', models.BooleanField(default=False)),
                ('withdrawal_proposed', models.BooleanField(default=False)),
                ('for_loan', models.BooleanField(default=True)),
                ('adult_only', models.BooleanField(default=False)),
                ('call_number', models.CharField(blank=True, max_length=80)),
                ('call_number_key', models.CharField(blank=True, max_length=160)),
                ('shelf', models.CharField(blank=True, max_length=60)),
                ('price', models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                ('accessioned_on', models.DateField()),
                ('revision', models.PositiveIntegerField(default=0)),
                ('bib', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='catalogue.bibrecord')),
                ('current_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='present_copies', to='network.node')),
                ('home_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='home_copies', to='network.node')),
                ('owning_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owned_copies', to='network.node')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='holdings.itemkind')),
            ],
            options={
                'verbose_name_plural': 'copies',
                'indexes': [models.Index(fields=['current_node', 'state'], name='copy_at_node')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['available', 'on_loan', 'in_transit', 'lost', 'withdrawn'])), name='a_copy_is_in_a_known_state')],
            },
        ),
        migrations.CreateModel(
            name='Transit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('home', '送回所属馆'), ('hold', '预约取书'), ('rotation', '流动轮换'), ('delivery', '配送'), ('repair', '修补')], max_length=10)),
                ('sent_at', models.DateTimeField()),
                ('sent_by', models.CharField(max_length=80)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=80)),
                ('ending', models.CharField(blank=True, choices=[('scan', '扫码签收'), ('stopover', '中途到馆，改道'), ('loss', '报告遗失'), ('abort', '中止')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transits', to='holdings.copy')),
                ('ended_node', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('from_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transits_out', to='network.node')),
                ('to_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transits_in', to='network.node')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['to_node'], name='transit_in'), models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['from_node'], name='transit_out')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('copy',), name='a_copy_is_on_at_most_one_journey'), models.CheckConstraint(condition=models.Q(('from_node', models.F('to_node')), _negated=True), name='a_journey_goes_somewhere_else'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ending', '')), models.Q(('ended_at__isnull', False), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='an_ended_journey_says_how'), models.CheckConstraint(condition=models.Q(models.Q(('ending', 'abort'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='an_aborted_journey_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='BarcodeAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('barcode', models.CharField(max_length=30)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.node')),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='holdings.copy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('node', 'barcode'), name='an_alias_is_unique_at_its_branch')],
            },
        ),
    ]
