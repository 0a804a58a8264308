import django.db.models.deletion
import yanzhen.network.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
        ('resources', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(blank=True, max_length=160)),
                ('kind', models.CharField(choices=[('square_dance', '广场舞'), ('choir', '大家唱'), ('village_gala', '乡村村晚'), ('town_contest', '魅力乡镇竞演'), ('performance', '演出'), ('lecture', '讲座'), ('exhibition', '展览'), ('reading', '阅读推广'), ('class', '艺术普及课'), ('social_practice', '社会实践'), ('vocational', '技能培训'), ('worksite_visit', '进企业、进工地')], max_length=20)),
                ('audience', models.CharField(choices=[('everybody', '所有人'), ('children', '少年儿童'), ('families', '亲子家庭'), ('elders', '老年人'), ('disabled', '残疾人'), ('workers', '务工人员')], max_length=12)),
                ('age_from', models.PositiveSmallIntegerField(null=True)),
                ('age_to', models.PositiveSmallIntegerField(null=True)),
                ('introduction', models.TextField(blank=True)),
                ('introduction_en', models.TextField(blank=True)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('fee', models.PositiveIntegerField(default=0)),
                ('fee_reason', models.CharField(blank=True, max_length=200)),
                ('public_benefit', models.BooleanField(default=False)),
                ('safety_document', models.CharField(blank=True, max_length=80)),
                ('safety_person', models.CharField(blank=True, max_length=40)),
                ('permit_document', models.CharField(blank=True, max_length=80)),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已发布'), ('cancelled', '已取消')], default='draft', max_length=10)),
                ('published_at', models.DateTimeField(null=True)),
                ('published_by', models.CharField(blank=True, max_length=60)),
                ('cluster', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='network.cluster')),
                ('node', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='network.node')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('node__isnull', False), ('cluster__isnull', False), _connector='XOR'), name='an_activity_has_one_owner'), models.CheckConstraint(condition=models.Q(('fee', 0), models.Q(('fee_reason', ''), _negated=True), _connector='OR'), name='a_fee_has_a_reason'), models.CheckConstraint(condition=models.Q(('fee', 0), ('public_benefit', False), _connector='OR'), name='what_costs_a_fee_is_no_public_benefit'), models.CheckConstraint(condition=models.Q(('fee', 0), models.Q(('kind__in', ['lecture', 'exhibition', 'reading', 'class', 'vocational']), _negated=True), _connector='OR'), name='basic_services_are_free'), models.CheckConstraint(condition=models.Q(('age_from', None), ('age_to', None), ('age_to__gte', models.F('age_from')), _connector='OR'), name='ages_are_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('safety_document', ''), ('safety_person', '')), models.Q(models.Q(('safety_document', ''), _negated=True), models.Q(('safety_person', ''), _negated=True)), _connector='OR'), name='a_safety_plan_has_a_document_and_a_person')],
            },
            bases=(yanzhen.network.models.Labelled, models.Model),
        ),
        migrations.CreateModel(
            name='ActivityAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('wheelchair_places', '轮椅席'), ('sign_language', '手语翻译'), ('subtitles', '字幕'), ('large_print', '大字材料'), ('hearing_loop', '助听设备'), ('quiet_hour', '安静时段')], max_length=20)),
                ('state', models.CharField(choices=[('present', '有'), ('absent', '没有'), ('unknown', '还没核实')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=120)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_facts', to='activities.activity')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('activity', 'kind'), name='one_answer_an_access_fact')],
            },
        ),
        migrations.CreateModel(
            name='ActivityCancellation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=60)),
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='cancellation', to='activities.activity')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_cancelled_activity_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=200)),
                ('starts_at', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=60)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='activities.activity')),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('way_in', models.CharField(blank=True, max_length=200)),
                ('capacity', models.PositiveIntegerField()),
                ('allotted', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('scheduled', '如期举行'), ('standby', '备用日期'), ('cancelled', '已取消')], default='scheduled', max_length=10)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(null=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='activities.activity')),
                ('facility', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='resources.facility')),
                ('rain_date_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rain_date', to='activities.session')),
                ('series', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='activities.series')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='network.site')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['starts_at'], name='session_starts_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_session_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('allotted__lte', models.F('capacity'))), name='allotted_places_within_capacity'), models.CheckConstraint(condition=models.Q(('rain_date_of', None), models.Q(('rain_date_of', models.F('id')), _negated=True), _connector='OR'), name='a_rain_date_is_another_session'), models.UniqueConstraint(fields=('activity', 'number'), name='a_session_has_its_number')],
            },
        ),
        migrations.CreateModel(
            name='SessionCancellation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=60)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='cancellation', to='activities.session')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_cancellation_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='SessionMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_starts_at', models.DateTimeField()),
                ('from_ends_at', models.DateTimeField()),
                ('to_starts_at', models.DateTimeField()),
                ('to_ends_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=60)),
                ('from_facility', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.facility')),
                ('from_site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.site')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='activities.session')),
                ('to_facility', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.facility')),
                ('to_site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.site')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_move_has_a_reason')],
            },
        ),
    ]
