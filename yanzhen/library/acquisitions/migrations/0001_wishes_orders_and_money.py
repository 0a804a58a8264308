import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('holdings', '0001_initial'),
        ('network', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60, unique=True)),
                ('discount', models.PositiveIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
            ],
            options={
                'ordering': ['-valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('discount__gte', 1), ('discount__lte', 10000)), name='a_contract_never_asks_more_than_the_list_price'), models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='a_contract_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Supplier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('contact', models.CharField(blank=True, max_length=120)),
                ('columns', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('source', models.CharField(choices=[('central', '中央'), ('province', '省级'), ('city', '市级'), ('district', '区级'), ('society', '社会')], max_length=10)),
                ('year', models.PositiveSmallIntegerField()),
                ('purpose', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['-year', 'name'],
                'constraints': [models.UniqueConstraint(fields=('year', 'name'), name='a_fund_is_named_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('day', models.DateField()),
                ('voucher', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='acquisitions.invoice')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='acquisitions.supplier')),
            ],
            options={
                'ordering': ['day', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reverses', None)), fields=('supplier', 'number'), name='an_invoice_is_booked_once'), models.CheckConstraint(condition=models.Q(('voucher', ''), _negated=True), name='an_invoice_has_a_voucher')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=80)),
                ('due_on', models.DateField(null=True)),
                ('placed_at', models.DateTimeField(null=True)),
                ('placed_by', models.CharField(blank=True, max_length=80)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancelled_by', models.CharField(blank=True, max_length=80)),
                ('cancel_reason', models.CharField(blank=True, max_length=200)),
                ('contract', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='acquisitions.contract')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='acquisitions.supplier')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('cancelled_at', None), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='a_cancelled_order_says_why')],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('author', models.CharField(blank=True, max_length=200)),
                ('publisher', models.CharField(blank=True, max_length=120)),
                ('year', models.SmallIntegerField(null=True)),
                ('isbn13', models.CharField(blank=True, max_length=13)),
                ('same_key', models.CharField(db_index=True, max_length=64)),
                ('quantity', models.PositiveIntegerField()),
                ('list_fen', models.BigIntegerField()),
                ('discount', models.BigIntegerField(default=10000)),
                ('unit_fen', models.BigIntegerField()),
                ('given_up_for', models.CharField(blank=True, choices=[('out_of_print', '绝版缺货'), ('cancelled', '不再要了')], max_length=12)),
                ('bib', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.bibrecord')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='acquisitions.fund')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='acquisitions.order')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('order', 'same_key'), name='a_title_stands_once_in_an_order'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1)), name='a_line_orders_at_least_one'), models.CheckConstraint(condition=models.Q(('discount__gte', 1), ('discount__lte', 10000), ('list_fen__gte', 0), ('unit_fen', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('list_fen'), '*', models.F('discount')), '+', models.Value(5000)), '/', models.Value(10000)))), name='a_line_costs_its_list_price_less_discount')],
            },
        ),
        migrations.CreateModel(
            name='InvoiceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.IntegerField()),
                ('fen', models.BigIntegerField()),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='acquisitions.invoice')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoice_lines', to='acquisitions.orderline')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('invoice', 'line'), name='a_line_stands_once_in_an_invoice'), models.CheckConstraint(condition=models.Q(models.Q(('fen__gte', 0), ('quantity__gte', 1)), models.Q(('fen__lte', 0), ('quantity__lte', -1)), _connector='OR'), name='money_goes_the_way_of_the_copies')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='acquisitions.orderline')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Allocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField()),
                ('received', models.PositiveIntegerField(default=0)),
                ('given_up', models.PositiveIntegerField(default=0)),
                ('extra', models.BooleanField(default=False)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='network.node')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='allocations', to='acquisitions.orderline')),
            ],
            options={
                'ordering': ['node__path'],
                'constraints': [models.UniqueConstraint(fields=('line', 'node'), name='a_branch_stands_once_in_a_line'), models.CheckConstraint(condition=models.Q(('quantity__gte', django.db.models.expressions.CombinedExpression(models.F('received'), '+', models.F('given_up')))), name='received_stays_within_ordered')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accepted', models.PositiveIntegerField()),
                ('damaged', models.PositiveIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('allocation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='acquisitions.allocation')),
                ('at_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted__gte', 1), ('damaged__gte', 1), _connector='OR'), name='a_receipt_holds_something')],
            },
        ),
        migrations.CreateModel(
            name='Accession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('copy', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='accession', to='holdings.copy')),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accessions', to='acquisitions.receipt')),
            ],
        ),
        migrations.AddField(
            model_name='contract',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='acquisitions.supplier'),
        ),
        migrations.CreateModel(
            name='SupplierList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('rows', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('taken_at', models.DateTimeField(null=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lists', to='acquisitions.order')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lists', to='acquisitions.supplier')),
            ],
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('author', models.CharField(blank=True, max_length=200)),
                ('publisher', models.CharField(blank=True, max_length=120)),
                ('year', models.SmallIntegerField(null=True)),
                ('isbn13', models.CharField(blank=True, max_length=13)),
                ('same_key', models.CharField(db_index=True, max_length=64)),
                ('quantity', models.PositiveSmallIntegerField(default=1)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('answer', models.CharField(blank=True, max_length=200)),
                ('bib', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.bibrecord')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='acquisitions.orderline')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='network.node')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='people.person')),
            ],
            options={
                'ordering': ['made_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('decided_at', None), ('line', None)), models.Q(('decided_at__isnull', False), models.Q(('line__isnull', False), models.Q(('answer', ''), _negated=True), _connector='OR')), _connector='OR'), name='a_decided_wish_is_ordered_or_answered'), models.UniqueConstraint(condition=models.Q(('decided_at', None), ('person', None)), fields=('node', 'same_key'), name='a_branch_wishes_for_a_title_once'), models.UniqueConstraint(condition=models.Q(('decided_at', None), ('person__isnull', False)), fields=('person', 'same_key'), name='a_reader_suggests_a_title_once')],
            },
        ),
        migrations.CreateModel(
            name='Appropriation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fen', models.BigIntegerField()),
                ('voucher', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appropriations', to='acquisitions.fund')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('fen', 0), _negated=True), name='an_appropriation_moves_money'), models.CheckConstraint(condition=models.Q(('voucher', ''), _negated=True), name='an_appropriation_has_a_voucher')],
            },
        ),
    ]
