import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=60, unique=True)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=60)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('name_folded', models.CharField(max_length=120)),
                ('pinyin', models.CharField(blank=True, max_length=400)),
                ('initials', models.CharField(blank=True, max_length=130)),
                ('gender', models.CharField(blank=True, choices=[('female', '女'), ('male', '男'), ('', '未填')], max_length=10)),
                ('born_on', models.DateField(null=True)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('registered_at', models.DateTimeField()),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='network.division')),
            ],
            options={
                'indexes': [models.Index(fields=['phone'], name='person_phone'), models.Index(fields=['name_folded'], name='person_name'), models.Index(fields=['initials'], name='person_initials')],
            },
        ),
        migrations.CreateModel(
            name='Guardianship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('parent', '父亲或母亲'), ('grandparent', '祖父母或外祖父母'), ('relative', '其他亲属'), ('other', '其他监护人')], max_length=12)),
                ('consent_text', models.CharField(max_length=40)),
                ('consented_at', models.DateTimeField()),
                ('channel', models.CharField(choices=[('in_person', '监护人当面同意'), ('paper', '带来了签字的同意书'), ('phone', '打电话向监护人核实')], max_length=10)),
                ('ended_at', models.DateTimeField(null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guardianships', to='people.person')),
                ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wards', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('child', models.F('guardian')), _negated=True), name='nobody_is_their_own_guardian'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('child', 'guardian'), name='one_live_bond_a_guardian_and_child')],
            },
        ),
        migrations.AddField(
            model_name='account',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='account', to='people.person'),
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('director', '馆长'), ('librarian', '图书馆馆员'), ('culture_cadre', '文化馆干部'), ('culture_officer', '文旅专干'), ('operator', '话务员'), ('department', '部门联络员'), ('inspector', '检查验收员'), ('agency', '第三方测评员')], max_length=20)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
                ('node', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='network.node')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('account', 'kind', 'node'), name='one_open_role_a_kind_and_node')],
            },
        ),
        migrations.CreateModel(
            name='SignInCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('last_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['last_at'], name='sign_in_count_age')],
            },
        ),
        migrations.CreateModel(
            name='SignInName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_in_names', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
