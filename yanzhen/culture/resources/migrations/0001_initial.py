from yanzhen.culture.resources import walls
import django.db.models.deletion
import yanzhen.network.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('sort', models.CharField(choices=[('facility', '场地'), ('teacher', '师资'), ('equipment', '器材'), ('vehicle', '车辆'), ('troupe', '团队')], default='facility', max_length=10)),
                ('units', models.PositiveSmallIntegerField(default=1)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('retired_on', models.DateField(null=True)),
                ('verification', models.CharField(choices=[('verified', '已核实'), ('reported', '待核实'), ('demo', '演示')], default='reported', max_length=10)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='network.site')),
            ],
            options={
                'ordering': ['site__code', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('units__gte', 1), ('units__lte', 500)), name='a_resource_has_1_to_500_units')],
            },
            bases=(yanzhen.network.models.Labelled, models.Model),
        ),
        migrations.CreateModel(
            name='Equipment',
            fields=[
                ('resource_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='resources.resource')),
                ('kept_at', models.CharField(blank=True, max_length=80)),
            ],
            bases=('resources.resource',),
        ),
        migrations.CreateModel(
            name='Facility',
            fields=[
                ('resource_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='resources.resource')),
                ('kind', models.CharField(choices=[('hall', '礼堂、剧场'), ('classroom', '教室、排练厅'), ('reading_room', '阅览室、报告厅'), ('exhibition_room', '展厅'), ('square', '文化广场'), ('village_stage', '乡村戏台'), ('history_room', '镇村史馆'), ('heritage_workshop', '非遗传习所')], max_length=20)),
                ('seats', models.PositiveIntegerField()),
                ('keeper', models.CharField(blank=True, max_length=40)),
                ('condition', models.CharField(choices=[('good', '完好'), ('worn', '能用，待修'), ('closed', '停用维修')], default='good', max_length=10)),
                ('condition_note', models.CharField(blank=True, max_length=120)),
                ('part_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='resources.facility')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('part_of', models.F('resource_ptr')), _negated=True), name='a_facility_is_no_part_of_itself')],
            },
            bases=('resources.resource',),
        ),
        migrations.CreateModel(
            name='Vehicle',
            fields=[
                ('resource_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='resources.resource')),
                ('kind', models.CharField(choices=[('van', '流动服务车'), ('stage_car', '流动舞台车')], max_length=10)),
                ('plate', models.CharField(blank=True, max_length=20)),
                ('seats', models.PositiveSmallIntegerField(null=True)),
            ],
            bases=('resources.resource',),
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60)),
                ('purpose', models.CharField(max_length=80)),
                ('use', models.CharField(choices=[('activity', '活动、演出'), ('class', '上课'), ('rehearsal', '排练'), ('exhibition', '展览'), ('tour', '下乡巡演'), ('meeting', '会议'), ('upkeep', '维护检修')], max_length=12)),
                ('units', models.PositiveSmallIntegerField(default=1)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('set_up', models.PositiveSmallIntegerField(default=0)),
                ('tear_down', models.PositiveSmallIntegerField(default=0)),
                ('heads', models.PositiveIntegerField(default=0)),
                ('for_minors', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('draft', '暂留'), ('live', '已占用'), ('released', '已释放'), ('expired', '暂留过期')], max_length=10)),
                ('expires_at', models.DateTimeField(null=True)),
                ('claimed_at', models.DateTimeField()),
                ('claimed_by', models.CharField(max_length=60)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=60)),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.site')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='resources.resource')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['resource', 'starts_at'], name='claim_resource_time'), models.Index(fields=['starts_at'], name='claim_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_claim_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('expires_at__isnull', False), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('expires_at__isnull', True)), _connector='OR'), name='every_draft_has_an_expiry'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['draft', 'live'])), models.Q(('ended_at__isnull', False), ('state__in', ['released', 'expired'])), _connector='OR'), name='a_claim_that_ended_says_when'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'live'])), fields=('reference', 'resource'), name='a_use_claims_a_resource_once')],
            },
        ),
        migrations.CreateModel(
            name='Occupancy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.PositiveSmallIntegerField()),
                ('first', models.PositiveIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occupancies', to='resources.claim')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occupancies', to='resources.resource')),
            ],
            options={
                'indexes': [models.Index(fields=['resource', 'first'], name='occupancy_resource_first')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last__gt', models.F('first'))), name='an_occupancy_has_length')],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.PositiveSmallIntegerField()),
                ('quarter', models.PositiveIntegerField()),
                ('occupancy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='resources.occupancy')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.resource')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('resource', 'unit', 'quarter'), name='a_unit_is_in_one_place_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='TravelTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveSmallIntegerField()),
                ('verification', models.CharField(choices=[('verified', '已核实'), ('reported', '待核实'), ('demo', '演示')], max_length=10)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.division')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.division')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='one_travel_time_a_pair'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='a_pair_of_towns_is_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='FacilityPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=120, upload_to='facilities')),
                ('caption', models.CharField(max_length=80)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.CharField(max_length=60)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='resources.facility')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FacilityHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='resources.facility')),
            ],
            options={
                'ordering': ['weekday', 'opens'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='a_facility_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(('weekday__gte', 0), ('weekday__lte', 6)), name='facility_weekday_is_0_to_6')],
            },
        ),
        migrations.CreateModel(
            name='FacilityAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('step_free', '无台阶入口'), ('ramp', '坡道'), ('lift', '电梯'), ('toilet', '无障碍卫生间'), ('parking', '无障碍车位'), ('tactile_path', '盲道'), ('hearing_loop', '助听设备'), ('reading_aid', '助视设备'), ('guide_dog', '导盲犬可入')], max_length=20)),
                ('state', models.CharField(choices=[('present', '有'), ('absent', '没有'), ('broken', '有，正在维修'), ('unknown', '还没核实')], max_length=10)),
                ('checked_on', models.DateField()),
                ('note', models.CharField(blank=True, max_length=120)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access', to='resources.facility')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('facility', 'kind'), name='one_fact_a_facility_and_feature')],
            },
        ),
        migrations.CreateModel(
            name='Teacher',
            fields=[
                ('resource_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='resources.resource')),
                ('subjects', models.CharField(max_length=120)),
                ('weekly_cap', models.PositiveSmallIntegerField(null=True)),
                ('home_town', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='teachers', to='network.division')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='teacher', to='people.person')),
            ],
            bases=('resources.resource',),
        ),
        migrations.CreateModel(
            name='RecordCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checked_on', models.DateField()),
                ('result', models.CharField(choices=[('clear', '没有不良记录'), ('found', '有记录，不能接触未成年人')], max_length=10)),
                ('document', models.CharField(max_length=80)),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.CharField(max_length=60)),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='resources.teacher')),
            ],
            options={
                'ordering': ['-checked_on', '-pk'],
            },
        ),
        migrations.RunPython(lambda apps, editor: walls.raise_wall(), migrations.RunPython.noop),
    ]
