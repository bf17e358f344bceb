import django.db.models.deletion
import zhiben.orgs.fields
from django.conf import settings
from django.db import migrations, models
from zhiben.orgs.tables import FirstTables


class Migration(FirstTables):

    replaces = [('standards', '0001_initial'), ('standards', '0002_rejudging'), ('standards', '0003_requests_ranked'), ('standards', '0004_surveys'), ('standards', '0005_current_facts'), ('standards', '0006_packs_guides_links')]

    initial = True

    dependencies = [
        ('orgs', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='EditionSeen',
            fields=[
                ('standard', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('in_force', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='FactWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('size', models.PositiveIntegerField()),
                ('members', models.BinaryField()),
                ('last_fact', models.BigIntegerField(default=0)),
                ('last_enterprise', models.BigIntegerField(default=0)),
                ('law', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='ClauseLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standard', models.CharField(max_length=60)),
                ('clause', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=8)),
                ('text', models.CharField(max_length=500)),
                ('plain', models.CharField(max_length=500)),
                ('made_at', models.DateTimeField()),
                ('verified_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['standard', 'clause'], name='link_clause')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['danger', 'item'])), name='link_kind_known'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('unit', 'standard', 'clause', 'kind', 'plain'), name='link_once')],
            },
        ),
        migrations.CreateModel(
            name='CurrentFacts',
            fields=[
                ('enterprise', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='orgs.enterprise')),
                ('packed', models.BinaryField(default=b'')),
                ('position', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['position'], name='current_facts_position')],
            },
        ),
        migrations.CreateModel(
            name='Determination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', zhiben.orgs.fields.PathField(editable=False, max_length=200)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('standard', models.CharField(max_length=60)),
                ('edition', models.CharField(max_length=120)),
                ('law_digest', models.CharField(max_length=64)),
                ('day', models.DateField()),
                ('verdict', models.CharField(max_length=8)),
                ('coverage', models.JSONField()),
                ('clauses', models.JSONField()),
                ('facts', models.JSONField()),
                ('judged_at', models.DateTimeField()),
                ('judged_by', models.BigIntegerField(null=True)),
                ('until', models.DateField(null=True)),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['enterprise', '-judged_at'], name='determination_latest'), models.Index(condition=models.Q(('until', None)), fields=['enterprise', 'standard'], name='determination_standing'), models.Index(fields=['enterprise', 'standard', '-id'], name='determination_standard')],
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['present', 'absent', 'unknown'])), name='determination_verdict_known')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', zhiben.orgs.fields.PathField(editable=False, max_length=200)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('name', models.CharField(max_length=80)),
                ('value', models.JSONField()),
                ('day', models.DateField()),
                ('source', models.CharField(choices=[('person', 'person'), ('look', 'look'), ('derived', 'derived'), ('monitoring', 'monitoring'), ('import', 'import')], max_length=12)),
                ('source_text', models.CharField(blank=True, default='', max_length=300)),
                ('evidence', models.JSONField(default=list)),
                ('fresh_until', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['enterprise', 'name', '-day', '-id'], name='fact_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('fresh_until__gt', models.F('day'))), name='fact_fresh_after_day'), models.CheckConstraint(condition=models.Q(('source__in', ['person', 'look', 'derived', 'monitoring', 'import'])), name='fact_source_known')],
            },
        ),
        migrations.CreateModel(
            name='FactRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', zhiben.orgs.fields.PathField(editable=False, max_length=200)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('name', models.CharField(max_length=80)),
                ('rank', models.PositiveSmallIntegerField(default=0)),
                ('clauses', models.JSONField(default=list)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.BigIntegerField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='standards.fact')),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('enterprise', 'name'), name='fact_asked_once')],
            },
        ),
        migrations.CreateModel(
            name='Guide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standard', models.CharField(max_length=60)),
                ('clause', models.CharField(max_length=60)),
                ('zh', models.TextField(blank=True, default='')),
                ('en', models.TextField(blank=True, default='')),
                ('changes', models.PositiveIntegerField(default=1)),
                ('written_at', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'standard', 'clause'), name='guide_once')],
            },
        ),
        migrations.CreateModel(
            name='LinkConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='standards.clauselink')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('link', 'person'), name='link_confirmed_once')],
            },
        ),
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('slug', models.CharField(max_length=50, unique=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
        ),
        migrations.CreateModel(
            name='PackVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(max_length=8)),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('title_zh', models.CharField(blank=True, default='', max_length=200)),
                ('title_en', models.CharField(blank=True, default='', max_length=200)),
                ('changes', models.PositiveIntegerField(default=1)),
                ('writers', models.JSONField(default=list)),
                ('written_at', models.DateTimeField()),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('adopted_at', models.DateTimeField(null=True)),
                ('adopted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='standards.pack')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('pack', 'number'), name='pack_version_once'), models.UniqueConstraint(condition=models.Q(('state', 'adopted'), _negated=True), fields=('pack',), name='pack_one_draft'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'review', 'adopted'])), name='pack_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'adopted'), _negated=True), ('since__isnull', False), _connector='OR'), name='pack_adopted_from')],
            },
        ),
        migrations.CreateModel(
            name='PackReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('is_passed', models.BooleanField()),
                ('words', models.CharField(blank=True, default='', max_length=500)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='standards.packversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_passed', True)), fields=('version', 'digest', 'person'), name='pack_passed_once')],
            },
        ),
        migrations.CreateModel(
            name='Rejudging',
            fields=[
                ('enterprise', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='orgs.enterprise')),
                ('next_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='rejudging_next')],
            },
        ),
        migrations.CreateModel(
            name='SurveyClause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standard', models.CharField(max_length=60)),
                ('clause', models.CharField(max_length=80)),
                ('is_element', models.BooleanField()),
                ('planes', models.BinaryField()),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='standards.survey')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('survey', 'standard', 'clause'), name='survey_clause_once')],
            },
        ),
    ]
