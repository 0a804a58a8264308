import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('places', models.PositiveSmallIntegerField()),
                ('taken', models.PositiveSmallIntegerField(default=0)),
                ('enrol_from', models.DateTimeField()),
                ('enrol_until', models.DateTimeField()),
                ('completion_share', models.PositiveSmallIntegerField(default=80)),
                ('certified', models.BooleanField(default=False)),
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='course', to='activities.activity')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('taken__lte', models.F('places'))), name='a_course_takes_no_more_than_its_places'), models.CheckConstraint(condition=models.Q(('completion_share__gte', 1), ('completion_share__lte', 100)), name='a_completion_share_is_1_to_100_percent'), models.CheckConstraint(condition=models.Q(('enrol_until__gt', models.F('enrol_from'))), name='enrolment_closes_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('online', '网上'), ('counter', '柜台'), ('telephone', '电话')], max_length=10)),
                ('enrolled_at', models.DateTimeField()),
                ('enrolled_by', models.CharField(max_length=80)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancelled_by', models.CharField(blank=True, max_length=80)),
                ('applicant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='courses.course')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='people.person')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True)), fields=('course', 'person'), name='one_live_enrolment_a_person_and_course')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=14, unique=True)),
                ('kind', models.CharField(choices=[('completion', '结业证书'), ('social_practice', '社会实践证明')], max_length=16)),
                ('minutes', models.PositiveIntegerField()),
                ('issued_at', models.DateTimeField()),
                ('issued_by', models.CharField(max_length=80)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawal_reason', models.CharField(blank=True, max_length=200)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='courses.enrolment')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawal_reason', ''), _negated=True), _connector='OR'), name='a_certificate_is_withdrawn_with_a_reason'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('enrolment',), name='one_certificate_in_force_an_enrolment')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('present', '到课'), ('absent', '缺课'), ('excused', '请假'), ('made_up', '已补课')], max_length=8)),
                ('marked_at', models.DateTimeField()),
                ('marked_by', models.CharField(max_length=80)),
                ('made_up_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.session')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='activities.session')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='courses.enrolment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'enrolment'), name='a_lesson_is_marked_once_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('made_up_in__isnull', False), ('state', 'made_up')), models.Q(models.Q(('state', 'made_up'), _negated=True), ('made_up_in__isnull', True)), _connector='OR'), name='a_made_up_lesson_names_its_stand_in')],
            },
        ),
        migrations.CreateModel(
            name='GroupPlaces',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.CharField(max_length=80)),
                ('contact', models.CharField(max_length=60)),
                ('phone', models.CharField(max_length=30)),
                ('places', models.PositiveSmallIntegerField()),
                ('named', models.PositiveSmallIntegerField(default=0)),
                ('names_until', models.DateField()),
                ('kept_at', models.DateTimeField()),
                ('kept_by', models.CharField(max_length=80)),
                ('given_back_at', models.DateTimeField(null=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='courses.course')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('named__lte', models.F('places'))), name='names_stay_within_a_groups_places'), models.UniqueConstraint(condition=models.Q(('given_back_at__isnull', True)), fields=('course', 'organisation'), name='an_organisation_keeps_places_once_a_course')],
            },
        ),
        migrations.AddField(
            model_name='enrolment',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='courses.groupplaces'),
        ),
    ]
