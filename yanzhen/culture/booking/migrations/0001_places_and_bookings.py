import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Allotment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('online', '网上'), ('counter', '柜台'), ('telephone', '电话'), ('group', '团体'), ('walk_in', '现场'), ('reserve', '机动')], max_length=10)),
                ('places', models.PositiveIntegerField()),
                ('taken', models.PositiveIntegerField(default=0)),
                ('issued', models.PositiveIntegerField(default=0)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allotments', to='activities.session')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('taken__lte', models.F('places'))), name='taken_places_within_the_allotment'), models.UniqueConstraint(fields=('session', 'channel'), name='a_channel_has_one_allotment_in_a_session')],
            },
        ),
        migrations.CreateModel(
            name='AllotmentTransfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('places', models.PositiveIntegerField()),
                ('source_left', models.PositiveIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('reason', models.CharField(max_length=200)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='activities.session')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given', to='booking.allotment')),
                ('target', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='received', to='booking.allotment')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('places__gte', 1), models.Q(('reason', ''), _negated=True)), name='a_transfer_moves_and_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('online', '网上'), ('counter', '柜台'), ('telephone', '电话'), ('group', '团体'), ('walk_in', '现场'), ('reserve', '机动')], max_length=10)),
                ('state', models.CharField(choices=[('held', '暂留'), ('confirmed', '已约好'), ('checked_in', '已签到'), ('cancelled', '已取消'), ('cancelled_by_host', '活动取消'), ('expired', '过期未确认'), ('no_show', '没有来'), ('excused', '没有来，不计'), ('moved', '已改场次')], max_length=18)),
                ('heads', models.PositiveIntegerField(default=1)),
                ('companions', models.PositiveSmallIntegerField(default=0)),
                ('under_18', models.PositiveIntegerField(default=0)),
                ('aged_60', models.PositiveIntegerField(default=0)),
                ('relation', models.CharField(choices=[('self', '本人'), ('child', '孩子'), ('parent', '父母'), ('relative', '亲属'), ('friend', '邻居或朋友'), ('other', '其他')], default='self', max_length=10)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('name_folded', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('organisation', models.CharField(blank=True, max_length=80)),
                ('operator_name', models.CharField(blank=True, max_length=80)),
                ('code', models.CharField(max_length=8)),
                ('key', models.CharField(blank=True, max_length=120)),
                ('held_until', models.DateTimeField(null=True)),
                ('placed_at', models.DateTimeField()),
                ('checked_in_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('allotment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='booking.allotment')),
                ('applicant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='people.person')),
                ('beneficiary', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='people.person')),
                ('moved_to', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moved_from', to='booking.booking')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='activities.session')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['session', 'state'], name='booking_of_session'), models.Index(fields=['beneficiary', '-placed_at'], name='booking_of_beneficiary'), models.Index(fields=['applicant', '-placed_at'], name='booking_of_applicant'), models.Index(condition=models.Q(('state', 'held')), fields=['held_until'], name='booking_held_until')],
                'constraints': [models.CheckConstraint(condition=models.Q(('heads__gte', 1), models.Q(('state__in', ['held', 'confirmed', 'checked_in']), _negated=True), _connector='OR'), name='a_live_booking_has_heads'), models.CheckConstraint(condition=models.Q(('heads__gte', django.db.models.expressions.CombinedExpression(models.F('under_18'), '+', models.F('aged_60')))), name='age_bands_within_the_heads'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), ('held_until__isnull', False), _connector='OR'), name='a_held_place_has_an_end'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('organisation', ''), _negated=True), ('channel', 'walk_in'), _connector='OR'), name='only_who_stands_at_the_door_needs_no_name'), models.UniqueConstraint(fields=('session', 'code'), name='a_spoken_code_is_said_once'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key',), name='the_same_key_is_the_same_booking'), models.UniqueConstraint(condition=models.Q(('state__in', ['held', 'confirmed', 'checked_in'])), fields=('session', 'beneficiary'), name='one_live_booking_a_beneficiary_and_session'), models.UniqueConstraint(condition=models.Q(('beneficiary__isnull', True), ('organisation', ''), ('state__in', ['held', 'confirmed', 'checked_in']), models.Q(('channel', 'walk_in'), _negated=True)), fields=('session', 'name_folded', 'phone'), name='one_live_booking_a_name_and_telephone')],
            },
        ),
        migrations.CreateModel(
            name='BookingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('held', '暂留'), ('confirmed', '已约好'), ('checked_in', '已签到'), ('cancelled', '已取消'), ('cancelled_by_host', '活动取消'), ('expired', '过期未确认'), ('no_show', '没有来'), ('excused', '没有来，不计'), ('moved', '已改场次')], max_length=18)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='booking.booking')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='BookingTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.CharField(choices=[('first_come', '先到先得'), ('groups_first', '团体优先'), ('residents_first', '本地居民优先'), ('draw', '公开摇号')], default='first_come', max_length=16)),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('most_heads', models.PositiveSmallIntegerField(default=5)),
                ('most_for_others', models.PositiveSmallIntegerField(default=3)),
                ('offer_minutes', models.PositiveIntegerField(default=1440)),
                ('grace_minutes', models.PositiveSmallIntegerField(default=15)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=80)),
                ('released_at', models.DateTimeField(null=True)),
                ('offline_at', models.DateTimeField(null=True)),
                ('offline_by', models.CharField(blank=True, max_length=80)),
                ('list_digest', models.CharField(blank=True, max_length=64)),
                ('sealed_at', models.DateTimeField(null=True)),
                ('seed', models.CharField(blank=True, max_length=80)),
                ('drawn_at', models.DateTimeField(null=True)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='activities.session')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='booking_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(('drawn_at__isnull', True), models.Q(('sealed_at__isnull', False), models.Q(('seed', ''), _negated=True)), _connector='OR'), name='a_draw_has_a_sealed_list_and_a_seed')],
            },
        ),
        migrations.CreateModel(
            name='NoShow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('standing', '记着'), ('appealed', '已申诉'), ('excused', '不计')], default='standing', max_length=10)),
                ('at', models.DateTimeField()),
                ('appeal', models.CharField(blank=True, max_length=200)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='no_show', to='booking.booking')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='no_shows', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='NoShowRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('strikes', models.PositiveSmallIntegerField(default=3)),
                ('window_days', models.PositiveSmallIntegerField(default=90)),
                ('pause_days', models.PositiveSmallIntegerField(default=7)),
                ('set_at', models.DateTimeField()),
                ('set_by', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('strikes__gte', 1)), name='a_pause_needs_somebody_not_coming')],
            },
        ),
        migrations.CreateModel(
            name='RosterName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roster', to='booking.booking')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SignInSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('lines', models.PositiveSmallIntegerField()),
                ('printed_at', models.DateTimeField()),
                ('printed_by', models.CharField(max_length=80)),
                ('returned_at', models.DateTimeField(null=True)),
                ('returned_by', models.CharField(blank=True, max_length=80)),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sheet', to='booking.booking')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='activities.session')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('session', 'number'), name='a_sheet_has_its_number')],
            },
        ),
        migrations.CreateModel(
            name='SheetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveSmallIntegerField()),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sheet_line', to='booking.booking')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='typed', to='booking.signinsheet')),
            ],
            options={
                'ordering': ['line'],
                'constraints': [models.UniqueConstraint(fields=('sheet', 'line'), name='a_line_is_typed_in_once')],
            },
        ),
        migrations.CreateModel(
            name='WaitingEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', '候补中'), ('offered', '等您确认'), ('accepted', '补上了'), ('declined', '不要了'), ('lapsed', '过期没有确认'), ('withdrawn', '退出候补'), ('closed', '候补结束')], default='waiting', max_length=10)),
                ('heads', models.PositiveIntegerField(default=1)),
                ('relation', models.CharField(choices=[('self', '本人'), ('child', '孩子'), ('parent', '父母'), ('relative', '亲属'), ('friend', '邻居或朋友'), ('other', '其他')], max_length=10)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('name_folded', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('organisation', models.CharField(blank=True, max_length=80)),
                ('priority', models.PositiveSmallIntegerField(default=0)),
                ('rank', models.PositiveIntegerField(default=0)),
                ('joined_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('allotment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waiting', to='booking.allotment')),
                ('applicant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('beneficiary', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='waiting', to='people.person')),
                ('booking', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offered_to', to='booking.booking')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waiting', to='activities.session')),
            ],
            options={
                'ordering': ['priority', 'rank', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['allotment', 'priority', 'rank', 'id'], name='waiting_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('heads__gte', 1)), name='a_waiting_entry_has_heads'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), ('booking__isnull', False), _connector='OR'), name='an_offer_holds_its_places'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'offered'])), fields=('session', 'beneficiary'), name='a_beneficiary_waits_once_in_a_session'), models.UniqueConstraint(condition=models.Q(('beneficiary__isnull', True), ('state__in', ['waiting', 'offered'])), fields=('session', 'name_folded', 'phone', 'organisation'), name='a_name_and_telephone_waits_once_in_a_session')],
            },
        ),
    ]
