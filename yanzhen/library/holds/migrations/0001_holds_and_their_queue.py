import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('holdings', '0003_a_copy_may_stand_on_the_hold_shelf'),
        ('network', '0001_initial'),
        ('patrons', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HoldRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('max_holds', models.PositiveSmallIntegerField()),
                ('pickup_days', models.PositiveSmallIntegerField()),
                ('on_shelf_at_pickup', models.BooleanField(default=True)),
                ('document', models.CharField(blank=True, max_length=120)),
                ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='patrons.readercategory')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.comparison.Coalesce(models.F('category'), 0), name='a_reader_category_has_one_hold_rule')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', '排队中'), ('on_its_way', '送往取书馆'), ('ready', '到馆待取'), ('fulfilled', '已取走'), ('cancelled', '已取消'), ('expired', '过期未等到'), ('pickup_expired', '过期未取')], default='waiting', max_length=14)),
                ('order', models.CharField(choices=[('first_come', '先到先得')], default='first_come', max_length=12)),
                ('place', models.IntegerField(null=True)),
                ('pickup_days', models.PositiveSmallIntegerField()),
                ('placed_at', models.DateTimeField()),
                ('placed_by', models.CharField(max_length=80)),
                ('wanted_until', models.DateField(null=True)),
                ('pickup_until', models.DateField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('targeted_at', models.DateTimeField(null=True)),
                ('bib', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='catalogue.bibrecord')),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='patrons.readercard')),
                ('copy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='holdings.copy')),
                ('passed_copy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.copy')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='people.person')),
                ('pickup_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='network.node')),
                ('target', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='targeted_by', to='holdings.copy')),
                ('wanted_copy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='holdings.copy')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='holds.holdrule')),
            ],
            options={
                'indexes': [models.Index(fields=['pickup_node', 'state'], name='hold_at_node'), models.Index(fields=['person', '-placed_at'], name='hold_of_person')],
                'constraints': [models.UniqueConstraint(fields=('bib', 'place'), name='a_place_in_the_queue_is_one'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'on_its_way', 'ready'])), fields=('person', 'bib'), name='a_reader_has_one_live_hold_on_a_title'), models.UniqueConstraint(condition=models.Q(('state__in', ['on_its_way', 'ready'])), fields=('copy',), name='a_copy_is_captured_by_one_hold'), models.UniqueConstraint(fields=('target',), name='a_copy_is_the_target_of_one_hold'), models.CheckConstraint(condition=models.Q(models.Q(('place__isnull', False), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('place__isnull', True), ('target__isnull', True)), _connector='OR'), name='whoever_waits_has_a_place_in_the_queue'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['on_its_way', 'ready']), _negated=True), ('copy__isnull', False), _connector='OR'), name='a_captured_hold_names_its_copy'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), ('pickup_until__isnull', False), _connector='OR'), name='a_ready_hold_says_until_when')],
            },
        ),
        migrations.CreateModel(
            name='HoldStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', '排队中'), ('on_its_way', '送往取书馆'), ('ready', '到馆待取'), ('fulfilled', '已取走'), ('cancelled', '已取消'), ('expired', '过期未等到'), ('pickup_expired', '过期未取')], max_length=14)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('hold', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='holds.hold')),
            ],
        ),
        migrations.CreateModel(
            name='QueueChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.PositiveIntegerField()),
                ('after', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('reason', models.CharField(max_length=200)),
                ('hold', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='queue_changes', to='holds.hold')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_change_of_the_queue_has_a_reason')],
            },
        ),
    ]
