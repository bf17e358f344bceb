import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import zhiben.orgs.fields
from django.conf import settings
from django.db import migrations, models
from zhiben.orgs.tables import FirstTables


class Migration(FirstTables):

    replaces = [('orgs', '0001_initial'), ('orgs', '0003_worker_delegate'), ('orgs', '0004_forgotten'), ('orgs', '0005_reorganising')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('nation', 'nation'), ('province', 'province'), ('city', 'city'), ('county', 'county'), ('township', 'township'), ('village', 'village'), ('grid', 'grid'), ('site', 'site'), ('workshop', 'workshop'), ('team', 'team'), ('post', 'post')], max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('path', zhiben.orgs.fields.PathField(max_length=200, unique=True)),
                ('old_path', zhiben.orgs.fields.PathField(blank=True, default='', max_length=200)),
                ('depth', models.PositiveSmallIntegerField()),
                ('division_code', models.CharField(blank=True, db_index=True, default='', max_length=12)),
                ('province_id', models.BigIntegerField(null=True)),
                ('city_id', models.BigIntegerField(null=True)),
                ('county_id', models.BigIntegerField(null=True)),
                ('township_id', models.BigIntegerField(null=True)),
                ('address', models.CharField(blank=True, default='', max_length=300)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='orgs.enterprise')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='orgs.unit')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='orgs.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('enterprise__isnull', False)), fields=['enterprise'], name='unit_enterprise'), models.Index(fields=['parent', 'name'], name='unit_children'), models.Index(fields=['kind', 'path'], name='unit_kind_path'), models.Index(condition=models.Q(('old_path', ''), _negated=True), fields=['old_path'], name='unit_old_path')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['nation', 'province', 'city', 'county', 'township', 'village', 'grid', 'site', 'workshop', 'team', 'post'])), name='unit_kind_known'), models.UniqueConstraint(condition=models.Q(models.Q(('division_code', ''), _negated=True), ('until__isnull', True)), fields=('division_code', 'kind'), name='unit_code_once_a_level')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('path', zhiben.orgs.fields.PathField(db_index=True, max_length=200)),
                ('matters', models.JSONField(default=list)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='orgs.department')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='orgs.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('phone', models.CharField(blank=True, default='', max_length=30)),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('is_forgotten', models.BooleanField(default=False)),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='orgs.department')),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='orgs.enterprise')),
            ],
            options={
                'indexes': [models.Index(fields=['enterprise', 'name'], name='person_enterprise_name')],
            },
        ),
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('plain_name', models.CharField(db_index=True, max_length=200)),
                ('credit_code', models.CharField(max_length=18, null=True, unique=True)),
                ('path', zhiben.orgs.fields.PathField(blank=True, db_index=True, default='', max_length=200)),
                ('industry', models.CharField(blank=True, default='', max_length=40)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('employees', models.PositiveIntegerField(null=True)),
                ('is_example', models.BooleanField(default=False)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('controller', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person')),
                ('principal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person')),
                ('registered_site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Jurisdiction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                ('units', models.ManyToManyField(related_name='jurisdictions', to='orgs.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('principal', 'principal'), ('controller', 'controller'), ('safety_manager', 'safety_manager'), ('supervisor', 'supervisor'), ('inspector', 'inspector'), ('worker', 'worker'), ('worker_delegate', 'worker_delegate'), ('other', 'other')], max_length=16)),
                ('name', models.CharField(max_length=100)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='orgs.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name_zh', models.CharField(max_length=100)),
                ('name_en', models.CharField(max_length=100)),
                ('permissions', models.JSONField(default=list)),
                ('is_builtin', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('language', models.CharField(default='zh-hans', max_length=10)),
                ('is_demo', models.BooleanField(default=False)),
                ('must_change_password', models.BooleanField(default=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='account', to='orgs.person')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='orgs.person')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='orgs.post')),
            ],
        ),
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('move', 'move'), ('merge', 'merge'), ('split', 'split')], max_length=10)),
                ('state', models.CharField(choices=[('awaiting', 'awaiting'), ('waiting', 'waiting'), ('running', 'running'), ('stuck', 'stuck'), ('done', 'done'), ('cancelled', 'cancelled')], max_length=10)),
                ('on', models.DateField()),
                ('reason', models.CharField(blank=True, default='', max_length=300)),
                ('plan', models.JSONField()),
                ('made', models.JSONField(default=dict)),
                ('moved', models.JSONField(default=list)),
                ('path', zhiben.orgs.fields.PathField(max_length=200)),
                ('next_at', models.DateTimeField(null=True)),
                ('ticks', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('problem', models.CharField(blank=True, default='', max_length=60)),
                ('problem_facts', models.JSONField(default=dict)),
                ('planned_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('planned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='orgs.reorganisation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='reorganisation_next')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['awaiting', 'waiting', 'running', 'stuck', 'done', 'cancelled'])), name='reorganisation_state_known')],
            },
        ),
        migrations.CreateModel(
            name='HandedOn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=80)),
                ('row', models.CharField(max_length=40)),
                ('from_unit', models.BigIntegerField()),
                ('to_unit', models.BigIntegerField()),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handed_on', to='orgs.reorganisation')),
            ],
            options={
                'indexes': [models.Index(fields=['reorganisation', 'table'], name='handed_on_table')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('industries', models.JSONField(default=list)),
                ('matters', models.JSONField(default=list)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_grants', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('jurisdiction', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.jurisdiction')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='orgs.role')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('enterprise__isnull', True), ('jurisdiction__isnull', True), ('unit__isnull', False)), models.Q(('enterprise__isnull', False), ('jurisdiction__isnull', True), ('unit__isnull', True)), models.Q(('enterprise__isnull', True), ('jurisdiction__isnull', False), ('unit__isnull', True)), _connector='OR'), name='grant_names_one_place')],
            },
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('contractor', 'contractor'), ('tenant', 'tenant'), ('project', 'project')], max_length=12)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='orgs.enterprise')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='orgs.unit')),
            ],
        ),
        migrations.CreateModel(
            name='UnitAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, default='', max_length=200)),
                ('division_code', models.CharField(blank=True, db_index=True, default='', max_length=12)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='orgs.unit')),
            ],
        ),
        migrations.CreateModel(
            name='UnitMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_path', zhiben.orgs.fields.PathField(max_length=200)),
                ('new_path', zhiben.orgs.fields.PathField(max_length=200)),
                ('on', models.DateField(null=True)),
                ('done', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('from_parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                ('reorganisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='orgs.reorganisation')),
                ('to_parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='orgs.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('unit',), name='unit_moves_once_at_a_time')],
            },
        ),
    ]
