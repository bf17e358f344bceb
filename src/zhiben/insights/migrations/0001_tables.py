import django.db.models.deletion
import zhiben.orgs.fields
from django.conf import settings
from django.db import migrations, models
from zhiben.orgs.tables import FirstTables


class Migration(FirstTables):

    replaces = [('insights', '0001_initial'), ('insights', '0002_tallyopening_tally_opening_year'), ('insights', '0003_postings'), ('insights', '0004_forms_and_schedules')]

    initial = True

    dependencies = [
        ('orgs', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Major',
            fields=[
                ('danger', models.BigIntegerField(primary_key=True, serialize=False)),
                ('path', zhiben.orgs.fields.PathField(max_length=200)),
                ('found_on', models.DateField(db_index=True)),
                ('closed_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('has_plan', models.BooleanField(default=False)),
                ('is_overdue', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Restated',
            fields=[
                ('pk', models.CompositePrimaryKey('unit', 'month', blank=True, editable=False, primary_key=True, serialize=False)),
                ('unit', models.BigIntegerField()),
                ('month', models.SmallIntegerField()),
                ('restated_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='TallyAge',
            fields=[
                ('pk', models.CompositePrimaryKey('unit', 'month', 'level', 'days', blank=True, editable=False, primary_key=True, serialize=False)),
                ('unit', models.BigIntegerField()),
                ('month', models.SmallIntegerField()),
                ('level', models.PositiveSmallIntegerField()),
                ('days', models.PositiveIntegerField()),
                ('n', models.IntegerField(default=0)),
                ('on_time', models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='TallyDay',
            fields=[
                ('pk', models.CompositePrimaryKey('unit', 'day', 'cell', 'what', blank=True, editable=False, primary_key=True, serialize=False)),
                ('unit', models.BigIntegerField()),
                ('day', models.DateField()),
                ('cell', models.BigIntegerField()),
                ('what', models.PositiveSmallIntegerField()),
                ('n', models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='TallyMonth',
            fields=[
                ('pk', models.CompositePrimaryKey('cut', 'what', 'month', 'unit', 'cell', blank=True, editable=False, primary_key=True, serialize=False)),
                ('cut', models.PositiveSmallIntegerField()),
                ('what', models.PositiveSmallIntegerField()),
                ('month', models.SmallIntegerField()),
                ('unit', models.BigIntegerField()),
                ('cell', models.IntegerField()),
                ('opening', models.IntegerField(default=0)),
                ('restated_at', models.DateTimeField(null=True)),
                ('d1', models.IntegerField(default=0)),
                ('d2', models.IntegerField(default=0)),
                ('d3', models.IntegerField(default=0)),
                ('d4', models.IntegerField(default=0)),
                ('d5', models.IntegerField(default=0)),
                ('d6', models.IntegerField(default=0)),
                ('d7', models.IntegerField(default=0)),
                ('d8', models.IntegerField(default=0)),
                ('d9', models.IntegerField(default=0)),
                ('d10', models.IntegerField(default=0)),
                ('d11', models.IntegerField(default=0)),
                ('d12', models.IntegerField(default=0)),
                ('d13', models.IntegerField(default=0)),
                ('d14', models.IntegerField(default=0)),
                ('d15', models.IntegerField(default=0)),
                ('d16', models.IntegerField(default=0)),
                ('d17', models.IntegerField(default=0)),
                ('d18', models.IntegerField(default=0)),
                ('d19', models.IntegerField(default=0)),
                ('d20', models.IntegerField(default=0)),
                ('d21', models.IntegerField(default=0)),
                ('d22', models.IntegerField(default=0)),
                ('d23', models.IntegerField(default=0)),
                ('d24', models.IntegerField(default=0)),
                ('d25', models.IntegerField(default=0)),
                ('d26', models.IntegerField(default=0)),
                ('d27', models.IntegerField(default=0)),
                ('d28', models.IntegerField(default=0)),
                ('d29', models.IntegerField(default=0)),
                ('d30', models.IntegerField(default=0)),
                ('d31', models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Dimension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('slug', models.CharField(max_length=40)),
                ('number', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'slug'), name='dimension_slug_once'), models.UniqueConstraint(fields=('kind', 'number'), name='dimension_number_once')],
            },
        ),
        migrations.CreateModel(
            name='LockedForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', zhiben.orgs.fields.PathField(editable=False, max_length=200)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('holder', models.CharField(max_length=30)),
                ('cycle', models.CharField(max_length=8)),
                ('version', models.PositiveSmallIntegerField()),
                ('figures', models.JSONField()),
                ('answers', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, default='', max_length=500)),
                ('locked_at', models.DateTimeField()),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('locked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('holder', 'cycle', 'version'), name='form_version_once'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('version', 1)), models.Q(('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='form_restated_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='LockedCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.CharField(max_length=200)),
                ('cell', models.CharField(max_length=20)),
                ('records', models.BinaryField()),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='insights.lockedform')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'row', 'cell'), name='form_cell_once')],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('danger', models.BigIntegerField()),
                ('what', models.PositiveSmallIntegerField()),
                ('n', models.SmallIntegerField()),
                ('stock', models.SmallIntegerField(default=0)),
                ('day', models.DateField()),
                ('recorded', models.DateTimeField()),
                ('province', models.BigIntegerField(null=True)),
                ('city', models.BigIntegerField(null=True)),
                ('county', models.BigIntegerField(null=True)),
                ('township', models.BigIntegerField(null=True)),
                ('unit', models.BigIntegerField()),
                ('industry', models.CharField(blank=True, default='', max_length=40)),
                ('channel', models.CharField(blank=True, default='', max_length=16)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('level', models.CharField(blank=True, default='', max_length=8)),
            ],
            options={
                'indexes': [models.Index(fields=['danger'], name='posting_danger'), models.Index(fields=['day'], name='posting_day'), models.Index(fields=['province', 'day'], name='posting_province'), models.Index(fields=['city', 'day'], name='posting_city'), models.Index(fields=['county', 'day'], name='posting_county'), models.Index(fields=['township', 'day'], name='posting_township'), models.Index(fields=['unit', 'day'], name='posting_unit')],
            },
        ),
        migrations.CreateModel(
            name='TallyOpening',
            fields=[
                ('pk', models.CompositePrimaryKey('unit', 'year', 'cell', 'what', blank=True, editable=False, primary_key=True, serialize=False)),
                ('unit', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('cell', models.BigIntegerField()),
                ('what', models.PositiveSmallIntegerField()),
                ('n', models.IntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['year'], name='tally_opening_year')],
            },
        ),
        migrations.CreateModel(
            name='BulletinSchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', zhiben.orgs.fields.PathField(editable=False, max_length=200)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('kind', models.CharField(max_length=7)),
                ('day', models.PositiveSmallIntegerField()),
                ('next_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.department')),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'department', 'kind'), name='bulletin_schedule_once')],
            },
        ),
        migrations.CreateModel(
            name='FormAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', zhiben.orgs.fields.PathField(editable=False, max_length=200)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('holder', models.CharField(max_length=30)),
                ('cycle', models.CharField(max_length=8)),
                ('cell', models.CharField(max_length=20)),
                ('value', models.PositiveIntegerField(null=True)),
                ('source', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['holder', 'cycle', 'cell', '-id'], name='form_answer_newest')],
            },
        ),
    ]
