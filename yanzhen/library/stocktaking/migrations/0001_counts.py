import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('holdings', '0006_guards'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shelf', models.CharField(blank=True, max_length=60)),
                ('call_from', models.CharField(blank=True, max_length=80)),
                ('call_to', models.CharField(blank=True, max_length=80)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=80)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.CharField(blank=True, max_length=80)),
                ('kind', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='holdings.itemkind')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.node')),
            ],
            options={
                'ordering': ['-opened_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by', '')), models.Q(('closed_at__isnull', False), models.Q(('closed_by', ''), _negated=True)), _connector='OR'), name='a_closed_count_says_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='CountLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('barcode', models.CharField(max_length=60)),
                ('finding', models.CharField(choices=[('found', '在架'), ('out_of_order', '顺序不对'), ('elsewhere', '不在这个架'), ('foreign', '别馆的书'), ('on_loan', '记着借出'), ('in_transit', '记着在途'), ('lost', '报过遗失'), ('withdrawn', '已经剔旧'), ('unknown', '不认识的条码'), ('missing', '缺')], max_length=12)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('copy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='count_lines', to='holdings.copy')),
                ('count', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='stocktaking.count')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('count', 'barcode'), name='a_barcode_is_counted_once_in_a_count'), models.CheckConstraint(condition=models.Q(models.Q(('copy__isnull', True), ('finding', 'unknown')), models.Q(models.Q(('finding', 'unknown'), _negated=True), ('copy__isnull', False)), _connector='OR'), name='only_an_unknown_barcode_has_no_copy')],
            },
        ),
    ]
