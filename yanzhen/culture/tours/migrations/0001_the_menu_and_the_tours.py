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
            name='MenuItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('kind', models.CharField(choices=[('show', '演出'), ('exhibition', '展览'), ('teacher', '老师上门'), ('book_box', '图书箱'), ('film', '电影'), ('workshop', '手艺体验')], max_length=12)),
                ('audience', models.CharField(choices=[('everybody', '所有人'), ('children', '少年儿童'), ('families', '亲子家庭'), ('elders', '老年人'), ('disabled', '残疾人'), ('workers', '务工人员')], max_length=12)),
                ('introduction', models.TextField(blank=True, max_length=600)),
                ('introduction_en', models.TextField(blank=True, max_length=1200)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('space', models.CharField(blank=True, max_length=80)),
                ('power', models.CharField(blank=True, max_length=80)),
                ('helpers', models.PositiveSmallIntegerField(default=0)),
                ('season', models.CharField(choices=[('any', '全年'), ('spring', '春（3—5 月）'), ('summer', '夏（6—8 月）'), ('autumn', '秋（9—11 月）'), ('winter', '冬（12—2 月）')], default='any', max_length=8)),
                ('state', models.CharField(choices=[('offered', '可以点'), ('paused', '暂停点单')], default='offered', max_length=8)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='menu_items', to='network.node')),
            ],
            options={
                'ordering': ['kind', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 10), ('minutes__lte', 600)), name='a_menu_item_lasts_10_to_600_minutes'), models.UniqueConstraint(fields=('node', 'name'), name='a_menu_item_is_named_once')],
            },
            bases=(yanzhen.network.models.Labelled, models.Model),
        ),
        migrations.CreateModel(
            name='MenuOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contact', models.CharField(max_length=40)),
                ('phone', models.CharField(max_length=24)),
                ('address', models.CharField(blank=True, max_length=120)),
                ('wished_on', models.DateField()),
                ('wished_time', models.TimeField(null=True)),
                ('other_day', models.DateField(null=True)),
                ('heads', models.PositiveIntegerField()),
                ('safety_note', models.CharField(blank=True, max_length=200)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('channel', models.CharField(choices=[('web', '网上'), ('phone', '电话'), ('counter', '柜台')], max_length=8)),
                ('state', models.CharField(choices=[('asked', '等安排'), ('assigned', '已安排'), ('done', '已送到'), ('declined', '这次办不了'), ('cancelled', '已取消')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=80)),
                ('once', models.CharField(max_length=40, null=True, unique=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='tours.menuitem')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'indexes': [models.Index(fields=['state', 'asked_at'], name='menu_order_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('heads__gte', 1), ('heads__lte', 20000)), name='an_order_expects_people'), models.CheckConstraint(condition=models.Q(models.Q(('contact', ''), _negated=True), models.Q(('phone', ''), _negated=True)), name='an_order_has_somebody_to_call')],
            },
        ),
        migrations.CreateModel(
            name='MenuOrderStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', '等安排'), ('assigned', '已安排'), ('done', '已送到'), ('declined', '这次办不了'), ('cancelled', '已取消')], max_length=10)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='tours.menuorder')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_no_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stars', models.PositiveSmallIntegerField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('rated_at', models.DateTimeField()),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rating', to='tours.menuorder')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('stars__gte', 1), ('stars__lte', 5)), name='stars_are_one_to_five')],
            },
        ),
        migrations.CreateModel(
            name='Requester',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('town', '镇街'), ('village', '村、社区'), ('school', '学校'), ('enterprise', '企业'), ('worksite', '工地')], max_length=12)),
                ('contact', models.CharField(max_length=40)),
                ('phone', models.CharField(max_length=24)),
                ('address', models.CharField(blank=True, max_length=120)),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requesters', to='network.division')),
            ],
            options={
                'ordering': ['town__code', 'name'],
                'constraints': [models.UniqueConstraint(fields=('town', 'name'), name='a_requester_is_entered_once')],
            },
        ),
        migrations.AddField(
            model_name='menuorder',
            name='requester',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='tours.requester'),
        ),
        migrations.CreateModel(
            name='Stop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.SmallIntegerField(null=True)),
                ('day', models.DateField()),
                ('travel_minutes', models.PositiveSmallIntegerField()),
                ('arrives_at', models.DateTimeField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('planned', '在路线上'), ('cancelled', '已撤下')], default='planned', max_length=10)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancelled_by', models.CharField(blank=True, max_length=80)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stops', to='tours.menuorder')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('order',), name='an_order_is_on_one_route'), models.CheckConstraint(condition=models.Q(models.Q(('position__isnull', False), ('state', 'planned')), models.Q(('position__isnull', True), ('state', 'cancelled'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_stop_has_a_place_or_a_reason'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at')), ('starts_at__gte', models.F('arrives_at'))), name='a_stop_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('children', models.PositiveIntegerField()),
                ('adults', models.PositiveIntegerField()),
                ('elders', models.PositiveIntegerField()),
                ('photo', models.FileField(blank=True, max_length=120, upload_to='sign-offs')),
                ('contact', models.CharField(max_length=40)),
                ('channel', models.CharField(choices=[('web', '对方网上签收'), ('paper', '纸单补录')], max_length=8)),
                ('signed_at', models.DateTimeField()),
                ('signed_by', models.CharField(max_length=80)),
                ('stop', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sign_off', to='tours.stop')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('contact', ''), _negated=True), name='a_sign_off_names_who_signs')],
            },
        ),
        migrations.CreateModel(
            name='TourRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('departs', models.TimeField()),
                ('set_up', models.PositiveSmallIntegerField(default=30)),
                ('home_minutes', models.PositiveSmallIntegerField(default=40)),
                ('lead', models.CharField(max_length=40)),
                ('lead_phone', models.CharField(blank=True, max_length=24)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('planned', '已排好'), ('done', '已结束'), ('cancelled', '已取消')], default='planned', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=80)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=80)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tour_runs', to='network.node')),
            ],
            options={
                'ordering': ['-first_day', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='a_run_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_cancelled_run_says_why')],
            },
        ),
        migrations.AddField(
            model_name='stop',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stops', to='tours.tourrun'),
        ),
        migrations.CreateModel(
            name='RunNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('units', models.PositiveSmallIntegerField(default=1)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='run_needs', to='resources.resource')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='tours.tourrun')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('run', 'resource'), name='a_run_needs_a_thing_once'), models.CheckConstraint(condition=models.Q(('units__gte', 1)), name='a_run_needs_at_least_one')],
            },
        ),
        migrations.CreateModel(
            name='Troupe',
            fields=[
                ('resource_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='resources.resource')),
                ('kind', models.CharField(choices=[('resident', '馆办团队'), ('community', '群众团队')], max_length=10)),
                ('art', models.CharField(max_length=40)),
                ('members', models.PositiveSmallIntegerField()),
                ('leader', models.CharField(max_length=40)),
                ('phone', models.CharField(blank=True, max_length=24)),
                ('checked_on', models.DateField(null=True)),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='troupes', to='network.division')),
            ],
            bases=('resources.resource',),
        ),
        migrations.AddConstraint(
            model_name='menuorder',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'assigned'])), fields=('item', 'requester', 'wished_on'), name='the_same_is_ordered_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='stop',
            constraint=models.UniqueConstraint(fields=('run', 'position'), name='a_place_on_a_route_is_one'),
        ),
    ]
