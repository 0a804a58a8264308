import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('holdings', '0007_flag_changes'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='WithdrawalList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=200)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=80)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('submitted_by', models.CharField(blank=True, max_length=80)),
                ('submitted_by_id', models.BigIntegerField(null=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('submitted_by', '')), models.Q(('submitted_at__isnull', False), models.Q(('submitted_by', ''), _negated=True)), _connector='OR'), name='a_submitted_list_says_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='WithdrawalLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('damaged', '破损'), ('unused', '多年没人借'), ('superseded', '有了新版'), ('outdated', '内容过时'), ('duplicate', '复本太多')], max_length=10)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.CharField(max_length=80)),
                ('decision', models.CharField(blank=True, choices=[('approved', '批准'), ('refused', '不批准')], max_length=8)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('answer', models.CharField(blank=True, max_length=200)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.CharField(blank=True, max_length=80)),
                ('undone_note', models.CharField(blank=True, max_length=200)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal_lines', to='holdings.copy')),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='withdrawal.withdrawallist')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('copy',), name='a_copy_is_proposed_once_at_a_time'), models.UniqueConstraint(fields=('list', 'copy'), name='a_list_names_a_copy_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by', ''), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), models.Q(('decided_by', ''), _negated=True)), _connector='OR'), name='a_decision_says_by_whom_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'refused'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='a_refused_withdrawal_says_why'), models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), models.Q(('decision', 'approved'), models.Q(('undone_by', ''), _negated=True), models.Q(('undone_note', ''), _negated=True)), _connector='OR'), name='only_an_approval_is_undone_with_a_reason')],
            },
        ),
    ]
