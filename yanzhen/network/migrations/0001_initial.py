import django.db.models.deletion
import yanzhen.network.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Cluster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('name_en', models.CharField(blank=True, max_length=80)),
                ('verification', models.CharField(choices=[('verified', '已核实'), ('reported', '待核实'), ('demo', '演示')], max_length=10)),
            ],
            options={
                'ordering': ['pk'],
            },
            bases=(yanzhen.network.models.Labelled, models.Model),
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('name', models.CharField(max_length=30)),
                ('kind', models.CharField(choices=[('off', '放假'), ('working', '调休上班')], max_length=10)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('verification', models.CharField(choices=[('verified', '已核实'), ('reported', '待核实'), ('demo', '演示')], max_length=10)),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='Division',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=80)),
                ('kind', models.CharField(choices=[('county', '区县'), ('town', '镇'), ('subdistrict', '街道'), ('village', '村'), ('community', '社区'), ('statistics_only', '统计用区划')], max_length=20)),
                ('urban_rural_class', models.CharField(blank=True, max_length=3)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='network.division')),
            ],
            options={
                'ordering': ['code'],
            },
            bases=(yanzhen.network.models.Labelled, models.Model),
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('kind', models.CharField(choices=[('library', '图书馆'), ('culture_centre', '文化馆'), ('culture_station', '综合文化站'), ('village_room', '村（社区）文化室'), ('self_service_library', '24小时自助馆'), ('city_study', '城市书房'), ('farm_bookroom', '农家书屋')], max_length=30)),
                ('address', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('keeper', models.CharField(blank=True, max_length=40)),
                ('area_m2', models.PositiveIntegerField(null=True)),
                ('seats', models.PositiveIntegerField(null=True)),
                ('introduction', models.TextField(blank=True)),
                ('verification', models.CharField(choices=[('verified', '已核实'), ('reported', '待核实'), ('demo', '演示')], max_length=10)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='network.division')),
            ],
            options={
                'ordering': ['division__code', 'code'],
            },
            bases=(yanzhen.network.models.Labelled, models.Model),
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=48, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('short_name', models.CharField(max_length=30)),
                ('short_name_en', models.CharField(blank=True, max_length=60)),
                ('tree', models.CharField(choices=[('library', '图书馆'), ('culture', '文化馆')], max_length=10)),
                ('level', models.CharField(choices=[('hub', '总馆'), ('branch', '分馆'), ('service_point', '基层服务点'), ('mobile_stop', '流动点')], max_length=20)),
                ('path', models.CharField(max_length=80, unique=True)),
                ('status', models.CharField(choices=[('planned', '已规划'), ('building', '建设中'), ('open', '已开放'), ('closed', '已撤销')], max_length=10)),
                ('opened_on', models.DateField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='network.node')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nodes', to='network.site')),
            ],
            options={
                'ordering': ['path'],
                'constraints': [models.UniqueConstraint(fields=('site', 'tree'), name='a_site_stands_once_in_a_tree'), models.CheckConstraint(condition=models.Q(('parent__isnull', False), ('level', 'hub'), _connector='OR'), name='only_a_hub_has_no_parent')],
            },
            bases=(yanzhen.network.models.Labelled, models.Model),
        ),
        migrations.CreateModel(
            name='AccessFeature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('step_free', '无台阶入口'), ('ramp', '坡道'), ('lift', '电梯'), ('toilet', '无障碍卫生间'), ('parking', '无障碍车位'), ('tactile_path', '盲道'), ('hearing_loop', '助听设备'), ('reading_aid', '助视设备'), ('guide_dog', '导盲犬可入')], max_length=20)),
                ('state', models.CharField(choices=[('present', '有'), ('absent', '没有'), ('broken', '有，正在维修'), ('unknown', '还没核实')], default='unknown', max_length=10)),
                ('checked_on', models.DateField(null=True)),
                ('note', models.CharField(blank=True, max_length=120)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_features', to='network.site')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('site', 'kind'), name='one_fact_a_feature')],
            },
        ),
        migrations.CreateModel(
            name='ClusterMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='network.cluster')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cluster_spells', to='network.division')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('division', 'valid_from'), name='a_cluster_spell_begins_once')],
            },
        ),
        migrations.CreateModel(
            name='CentralTown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('document', models.CharField(max_length=200)),
                ('verification', models.CharField(choices=[('verified', '已核实'), ('reported', '待核实'), ('demo', '演示')], max_length=10)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='central_spells', to='network.division')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('division', 'valid_from'), name='a_central_spell_begins_once')],
            },
        ),
        migrations.CreateModel(
            name='DivisionAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('code', models.CharField(blank=True, max_length=12)),
                ('valid_to', models.DateField(null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aliases', to='network.division')),
            ],
            options={
                'ordering': ['code', 'name'],
                'constraints': [models.UniqueConstraint(fields=('name', 'code'), name='an_old_name_is_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('notice', models.CharField(max_length=200)),
                ('announced_at', models.DateTimeField()),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='network.node')),
            ],
            options={
                'ordering': ['first_day'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='a_closure_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('notice', ''), _negated=True), name='a_closure_has_a_notice')],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_hours', to='network.node')),
            ],
            options={
                'ordering': ['weekday', 'opens'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='hours_end_after_they_begin'), models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='closing_is_after_opening'), models.CheckConstraint(condition=models.Q(('weekday__gte', 0), ('weekday__lte', 6)), name='weekday_is_monday_0_to_sunday_6')],
            },
        ),
        migrations.CreateModel(
            name='ResidentCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('residents', models.PositiveIntegerField()),
                ('verification', models.CharField(choices=[('verified', '已核实'), ('reported', '待核实'), ('demo', '演示')], max_length=10)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resident_counts', to='network.division')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('division', 'year'), name='one_resident_count_a_year')],
            },
        ),
    ]
