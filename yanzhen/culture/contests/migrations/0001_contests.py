import django.db.models.deletion
import yanzhen.network.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0001_initial'),
        ('network', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('change_over', models.PositiveSmallIntegerField(default=2)),
                ('music', models.CharField(blank=True, max_length=80)),
                ('props', models.CharField(blank=True, max_length=120)),
                ('position', models.PositiveIntegerField()),
                ('votes', models.PositiveIntegerField(default=0)),
                ('lot', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 30), ('position__gte', 1)), name='an_entry_has_a_place_and_a_length')],
            },
            bases=(yanzhen.network.models.Labelled, models.Model),
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_new_result_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Contest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(blank=True, max_length=160)),
                ('year', models.PositiveSmallIntegerField()),
                ('clusters', models.ManyToManyField(related_name='contests', to='network.cluster')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='network.node')),
            ],
            options={
                'ordering': ['-year', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('year', 'name'), name='a_contest_is_opened_once_a_year')],
            },
            bases=(yanzhen.network.models.Labelled, models.Model),
        ),
        migrations.CreateModel(
            name='PaperVotes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('votes', models.PositiveIntegerField()),
                ('counted_by', models.CharField(max_length=40)),
                ('second_by', models.CharField(max_length=40)),
                ('entered_at', models.DateTimeField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='paper_votes', to='contests.entry')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('counted_by', models.F('second_by')), _negated=True), models.Q(('counted_by', ''), _negated=True), models.Q(('second_by', ''), _negated=True)), name='paper_votes_are_counted_by_two')],
            },
        ),
        migrations.CreateModel(
            name='ResultLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField()),
                ('judged', models.PositiveIntegerField()),
                ('votes', models.PositiveIntegerField()),
                ('total', models.PositiveIntegerField()),
                ('tie_rule', models.CharField(blank=True, max_length=10)),
                ('advances', models.BooleanField(default=False)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='result_lines', to='contests.entry')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='contests.result')),
            ],
            options={
                'ordering': ['rank'],
                'constraints': [models.UniqueConstraint(fields=('result', 'rank'), name='a_rank_is_given_once'), models.UniqueConstraint(fields=('result', 'entry'), name='an_entry_is_ranked_once')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', '筹备中'), ('open', '节目单已公布'), ('judging', '评分中'), ('published', '成绩已公布')], default='draft', max_length=10)),
                ('drop_rule', models.CharField(choices=[('none', '不去分'), ('extremes', '去掉一个最高总分和一个最低总分（不少于 5 名评委）')], default='extremes', max_length=10)),
                ('advancing', models.PositiveSmallIntegerField(default=2)),
                ('vote_weight', models.PositiveSmallIntegerField(default=10)),
                ('vote_opens_at', models.DateTimeField(null=True)),
                ('vote_closes_at', models.DateTimeField(null=True)),
                ('order_seed', models.CharField(blank=True, max_length=60)),
                ('order_note', models.CharField(blank=True, max_length=200)),
                ('lots_seed', models.CharField(blank=True, max_length=60)),
                ('cluster', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='heats', to='network.cluster')),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='contests.contest')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='network.node')),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='activities.session')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('cluster_id'), nulls_last=True), 'pk'],
                'constraints': [models.UniqueConstraint(fields=('contest', 'cluster'), name='one_heat_a_cluster_and_contest'), models.UniqueConstraint(condition=models.Q(('cluster', None)), fields=('contest',), name='one_final_a_contest'), models.CheckConstraint(condition=models.Q(('vote_weight__lte', 20)), name='the_public_vote_weighs_at_most_a_fifth'), models.CheckConstraint(condition=models.Q(models.Q(('vote_closes_at', None), ('vote_opens_at', None)), ('vote_closes_at__gt', models.F('vote_opens_at')), _connector='OR'), name='a_vote_closes_after_it_opens')],
            },
        ),
        migrations.AddField(
            model_name='result',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='contests.round'),
        ),
        migrations.CreateModel(
            name='Judge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawal_reason', models.CharField(blank=True, max_length=200)),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='judges', to='network.division')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='judgeships', to='people.person')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judges', to='contests.round')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('round', 'name'), name='a_round_names_a_judge_once'), models.UniqueConstraint(fields=('round', 'person'), name='a_person_judges_a_round_once'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('withdrawal_reason', ''), _negated=True), _connector='OR'), name='a_judge_withdraws_with_a_reason')],
            },
        ),
        migrations.AddField(
            model_name='entry',
            name='came_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sent_on', to='contests.round'),
        ),
        migrations.AddField(
            model_name='entry',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='contests.round'),
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voter', models.CharField(max_length=64)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='contests.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'voter'), name='one_vote_a_person_and_round')],
            },
        ),
        migrations.CreateModel(
            name='Rubric',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('written_at', models.DateTimeField()),
                ('written_by', models.CharField(max_length=80)),
                ('frozen_at', models.DateTimeField(null=True)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rubrics', to='contests.contest')),
            ],
            options={
                'ordering': ['version'],
                'constraints': [models.UniqueConstraint(fields=('contest', 'version'), name='a_rubric_version_is_written_once')],
            },
        ),
        migrations.AddField(
            model_name='round',
            name='rubric',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='contests.rubric'),
        ),
        migrations.CreateModel(
            name='RubricLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('criterion', models.CharField(max_length=40)),
                ('most', models.PositiveSmallIntegerField()),
                ('weight', models.PositiveSmallIntegerField()),
                ('decides_ties', models.BooleanField(default=False)),
                ('rubric', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='contests.rubric')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('rubric', 'position'), name='a_criterion_has_a_place'), models.CheckConstraint(condition=models.Q(('most__gte', 1), ('weight__gte', 1), ('weight__lte', 100)), name='a_criterion_has_points_and_weight'), models.UniqueConstraint(condition=models.Q(('decides_ties', True)), fields=('rubric',), name='one_criterion_decides_ties')],
            },
        ),
        migrations.CreateModel(
            name='ScoreSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('in_force', models.BooleanField(default=True)),
                ('on_paper', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('written_at', models.DateTimeField()),
                ('written_by', models.CharField(max_length=80)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='contests.entry')),
                ('judge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='contests.judge')),
            ],
            options={
                'ordering': ['entry__position', 'judge_id', 'version'],
                'constraints': [models.UniqueConstraint(fields=('judge', 'entry', 'version'), name='a_sheet_version_is_written_once'), models.UniqueConstraint(condition=models.Q(('in_force', True)), fields=('judge', 'entry'), name='one_sheet_in_force_a_judge_and_entry'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_changed_sheet_says_why')],
            },
        ),
        migrations.CreateModel(
            name='ScoreLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tenths', models.PositiveSmallIntegerField()),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contests.rubricline')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='contests.scoresheet')),
            ],
            options={
                'ordering': ['criterion__position'],
                'constraints': [models.UniqueConstraint(fields=('sheet', 'criterion'), name='a_criterion_is_given_once')],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('leader', models.CharField(max_length=40)),
                ('members', models.PositiveSmallIntegerField()),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='network.division')),
            ],
            options={
                'ordering': ['division__code', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('division', 'name'), name='a_town_names_a_team_once'), models.CheckConstraint(condition=models.Q(('members__gte', 1)), name='a_team_has_members')],
            },
            bases=(yanzhen.network.models.Labelled, models.Model),
        ),
        migrations.AddField(
            model_name='entry',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='contests.team'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.UniqueConstraint(fields=('round', 'version'), name='a_result_version_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('round', 'team'), name='a_team_enters_a_round_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('round', 'position'), name='a_place_in_the_order_is_given_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('round', 'lot'), name='a_lot_is_drawn_once'),
        ),
    ]
