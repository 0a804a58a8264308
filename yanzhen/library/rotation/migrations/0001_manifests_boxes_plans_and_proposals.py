import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('holdings', '0002_moves_disputes_and_floating'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RebalancingProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=80)),
                ('months', models.PositiveSmallIntegerField()),
                ('figures', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='BookBox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=80)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='book_boxes', to='network.node')),
            ],
            options={
                'verbose_name_plural': 'book boxes',
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_box_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='BoxCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.CharField(max_length=80)),
                ('removed_at', models.DateTimeField(null=True)),
                ('removed_by', models.CharField(blank=True, max_length=80)),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contents', to='rotation.bookbox')),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='box_spells', to='holdings.copy')),
            ],
            options={
                'verbose_name_plural': 'box copies',
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('copy',), name='a_copy_is_in_at_most_one_box')],
            },
        ),
        migrations.CreateModel(
            name='Manifest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=80)),
                ('handed_over_at', models.DateTimeField(null=True)),
                ('handed_over_by', models.CharField(blank=True, max_length=80)),
                ('sent', models.PositiveIntegerField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.CharField(blank=True, max_length=80)),
                ('come', models.PositiveIntegerField(null=True)),
                ('disputed', models.PositiveIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.movedocument')),
                ('from_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='manifests_out', to='network.node')),
                ('to_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='manifests_in', to='network.node')),
            ],
            options={
                'indexes': [models.Index(fields=['to_node', 'closed_at'], name='manifest_in'), models.Index(fields=['from_node', 'closed_at'], name='manifest_out')],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_node', models.F('to_node')), _negated=True), name='a_manifest_goes_somewhere_else'), models.CheckConstraint(condition=models.Q(models.Q(('handed_over_at__isnull', True), ('sent__isnull', True)), models.Q(('handed_over_at__isnull', False), ('sent__isnull', False)), _connector='OR'), name='what_is_handed_over_has_been_counted'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('come__isnull', False), ('disputed__isnull', False), ('handed_over_at__isnull', False), ('sent', django.db.models.expressions.CombinedExpression(models.F('come'), '+', models.F('disputed')))), _connector='OR'), name='what_was_sent_has_come_or_is_in_dispute')],
            },
        ),
        migrations.CreateModel(
            name='Crate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('manifest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='crates', to='rotation.manifest')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('manifest', 'position'), name='crates_are_numbered_on_their_manifest')],
            },
        ),
        migrations.CreateModel(
            name='ManifestLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('packed_at', models.DateTimeField()),
                ('packed_by', models.CharField(max_length=80)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.copy')),
                ('crate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='rotation.crate')),
                ('dispute', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='manifest_line', to='holdings.dispute')),
                ('manifest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='rotation.manifest')),
                ('transit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='manifest_lines', to='holdings.transit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('manifest', 'copy'), name='a_copy_is_listed_once'), models.UniqueConstraint(condition=models.Q(('dispute__isnull', True)), fields=('transit',), name='a_journey_is_on_one_manifest')],
            },
        ),
        migrations.CreateModel(
            name='RebalancingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clc', models.CharField(blank=True, max_length=4)),
                ('reasons', models.JSONField(default=dict)),
                ('decision', models.CharField(blank=True, choices=[('', '等您决定'), ('accepted', '已采纳'), ('refused', '不采纳')], default='', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.movedocument')),
                ('from_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('to_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='rotation.rebalancingproposal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('proposal', 'clc', 'from_node', 'to_node'), name='a_move_is_proposed_once'), models.CheckConstraint(condition=models.Q(('from_node', models.F('to_node')), _negated=True), name='a_proposal_goes_somewhere_else'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_decision_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'accepted'), ('document__isnull', False)), models.Q(models.Q(('decision', 'accepted'), _negated=True), ('document__isnull', True)), _connector='OR'), name='only_what_was_accepted_moves')],
            },
        ),
        migrations.CreateModel(
            name='RebalancingPick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent', models.BooleanField(default=False)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.copy')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='picks', to='rotation.rebalancingline')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('line', 'copy'), name='a_copy_is_picked_once')],
            },
        ),
        migrations.CreateModel(
            name='RotationPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=80)),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='rotation.bookbox')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_plan_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='RotationStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('from_day', models.DateField()),
                ('until_day', models.DateField()),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='rotation.rotationplan')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'position'), name='stages_are_numbered_in_their_plan'), models.CheckConstraint(condition=models.Q(('until_day__gt', models.F('from_day'))), name='a_stage_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='BoxStay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='rotation.bookbox')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='box_stays', to='network.node')),
                ('back', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='box_back', to='rotation.manifest')),
                ('manifest', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='box_stay', to='rotation.manifest')),
                ('stage', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stay', to='rotation.rotationstage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('box',), name='a_box_stands_in_one_place'), models.CheckConstraint(condition=models.Q(models.Q(('back__isnull', True), ('ended_at__isnull', True)), models.Q(('back__isnull', False), ('ended_at__isnull', False)), _connector='OR'), name='a_box_leaves_on_a_manifest')],
            },
        ),
        migrations.CreateModel(
            name='ShelfRoom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('copies', models.PositiveIntegerField()),
                ('node', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='shelf_room', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='Surplus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('barcode', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=80)),
                ('outcome', models.CharField(max_length=20)),
                ('copy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.copy')),
                ('manifest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surplus', to='rotation.manifest')),
            ],
            options={
                'verbose_name_plural': 'surplus',
                'constraints': [models.UniqueConstraint(fields=('manifest', 'barcode'), name='what_is_surplus_is_noted_once')],
            },
        ),
    ]
