import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('holdings', '0001_initial'),
        ('network', '0001_initial'),
        ('patrons', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LoanRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('loan_days', models.PositiveSmallIntegerField()),
                ('max_loans', models.PositiveSmallIntegerField()),
                ('max_renewals', models.PositiveSmallIntegerField()),
                ('lendable', models.BooleanField(default=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('document', models.CharField(blank=True, max_length=120)),
                ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='patrons.readercategory')),
                ('kind', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='holdings.itemkind')),
                ('node', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='Loan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category_code', models.CharField(max_length=20)),
                ('age_band', models.CharField(max_length=10)),
                ('lent_at', models.DateTimeField()),
                ('lent_by', models.CharField(max_length=80)),
                ('due_on', models.DateField()),
                ('max_renewals', models.PositiveSmallIntegerField()),
                ('loan_days', models.PositiveSmallIntegerField()),
                ('renewals', models.PositiveSmallIntegerField(default=0)),
                ('returned_at', models.DateTimeField(null=True)),
                ('returned_by', models.CharField(blank=True, max_length=80)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.CharField(blank=True, max_length=80)),
                ('card', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='patrons.readercard')),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='holdings.copy')),
                ('governing_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('lent_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans_out', to='network.node')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='people.person')),
                ('returned_node', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='loans_in', to='network.node')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='circulation.loanrule')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-lent_at'], name='loan_of_person'), models.Index(condition=models.Q(('returned_at__isnull', True), ('undone_at__isnull', True)), fields=['person'], name='loan_open_of_person'), models.Index(fields=['lent_node', 'lent_at'], name='loan_out_of_node'), models.Index(fields=['returned_node', 'returned_at'], name='loan_in_at_node')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('returned_at__isnull', True), ('undone_at__isnull', True)), fields=('copy',), name='a_copy_has_at_most_one_open_loan'), models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', True), ('returned_node__isnull', True)), models.Q(('returned_at__isnull', False), ('returned_node__isnull', False)), _connector='OR'), name='a_return_says_where'), models.CheckConstraint(condition=models.Q(('renewals__lte', models.F('max_renewals'))), name='renewals_stay_within_the_rule')],
            },
        ),
        migrations.CreateModel(
            name='Renewal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('due_before', models.DateField()),
                ('due_after', models.DateField()),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renewal_rows', to='circulation.loan')),
            ],
        ),
        migrations.CreateModel(
            name='ReturnException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('barcode', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('unknown', '条码不在馆藏里'), ('not_on_loan', '没有借出记录'), ('lost_found', '报失的图书找到了'), ('withdrawn', '已剔旧的图书')], max_length=12)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('settled_at', models.DateTimeField(null=True)),
                ('settled_by', models.CharField(blank=True, max_length=80)),
                ('outcome', models.CharField(blank=True, max_length=200)),
                ('copy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='holdings.copy')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.node')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('node', 'barcode', 'kind'), name='what_is_unexplained_is_listed_once')],
            },
        ),
    ]
