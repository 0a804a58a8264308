import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circulation', '0006_what_a_machine_could_not_do_any_more'),
        ('holdings', '0006_guards'),
        ('network', '0001_initial'),
        ('patrons', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoryChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField(null=True)),
                ('chosen_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('days__isnull', True), ('days__lte', 366), _connector='OR'), name='a_history_ends_in_a_year')],
            },
        ),
        migrations.AddConstraint(
            model_name='loan',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), ('returned_at__isnull', False), ('undone_at__isnull', False), _connector='OR'), name='only_a_closed_loan_names_nobody'),
        ),
        migrations.AddConstraint(
            model_name='loan',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), ('card__isnull', True), _connector='OR'), name='a_loan_without_its_reader_names_no_card'),
        ),
        migrations.AddField(
            model_name='historychoice',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='history_choice', to='people.person'),
        ),
    ]
