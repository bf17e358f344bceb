import django.db.models.deletion
import django.db.models.expressions
import zhiben.exchange.domain.stages
import zhiben.kernel.ids
import zhiben.orgs.fields
from django.conf import settings
from django.db import migrations, models
from zhiben.orgs.tables import FirstTables


class Migration(FirstTables):

    replaces = [('exchange', '0001_initial'), ('exchange', '0002_hashes_of_what_is_given'), ('exchange', '0003_lists')]

    initial = True

    dependencies = [
        ('orgs', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=zhiben.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('list', models.CharField(default='dangers', max_length=20)),
                ('form', models.CharField(choices=[('xlsx', 'xlsx'), ('csv', 'csv')], max_length=4)),
                ('language', models.CharField(max_length=10)),
                ('query', models.TextField(blank=True, default='')),
                ('rows', models.PositiveIntegerField(default=0)),
                ('file', models.UUIDField(null=True)),
                ('sha256', models.CharField(blank=True, default='', max_length=64)),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', zhiben.orgs.fields.PathField(editable=False, max_length=200)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('name', models.CharField(max_length=100)),
                ('mapping', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='profile_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('path', zhiben.orgs.fields.PathField(editable=False, max_length=200)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('id', models.UUIDField(default=zhiben.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('file', models.UUIDField()),
                ('sha256', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=200)),
                ('form', models.CharField(blank=True, default='', max_length=4)),
                ('stage', models.CharField(choices=[('uploaded', 'uploaded'), ('reading', 'reading'), ('previewed', 'previewed'), ('writing', 'writing'), ('done', 'done'), ('voiding', 'voiding'), ('voided', 'voided'), ('refused', 'refused')], default=zhiben.exchange.domain.stages.Stage['UPLOADED'], max_length=10)),
                ('channel', models.CharField(choices=[('self_check', 'self_check'), ('inspection', 'inspection'), ('public_report', 'public_report'), ('monitoring', 'monitoring'), ('determination', 'determination')], max_length=16)),
                ('assumed_on', models.DateField()),
                ('heads', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=dict)),
                ('read', models.PositiveIntegerField(default=0)),
                ('accepted', models.PositiveIntegerField(default=0)),
                ('repeated', models.PositiveIntegerField(default=0)),
                ('rejected', models.PositiveIntegerField(default=0)),
                ('written', models.PositiveIntegerField(default=0)),
                ('warnings', models.PositiveIntegerField(default=0)),
                ('skipped', models.JSONField(default=dict)),
                ('withdrawn', models.PositiveIntegerField(default=0)),
                ('kept', models.PositiveIntegerField(default=0)),
                ('reason', models.TextField(blank=True, default='')),
                ('error', models.CharField(blank=True, default='', max_length=60)),
                ('error_facts', models.JSONField(default=dict)),
                ('answer', models.UUIDField(null=True)),
                ('answer_sha256', models.CharField(blank=True, default='', max_length=64)),
                ('created_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                ('profile', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='exchange.profile')),
            ],
            options={
                'indexes': [models.Index(fields=['path', '-created_at'], name='import_path'), models.Index(fields=['sha256'], name='import_sha256')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['uploaded', 'reading', 'previewed', 'writing', 'done', 'voiding', 'voided', 'refused'])), name='import_stage_known'), models.CheckConstraint(condition=models.Q(('channel__in', ['self_check', 'inspection', 'public_report', 'monitoring', 'determination'])), name='import_channel_known'), models.CheckConstraint(condition=models.Q(('read', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('accepted'), '+', models.F('repeated')), '+', models.F('rejected')))), name='import_rows_add_up')],
            },
        ),
        migrations.CreateModel(
            name='ImportPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('rows', models.BinaryField()),
                ('accepted', models.PositiveSmallIntegerField(default=0)),
                ('repeated', models.PositiveSmallIntegerField(default=0)),
                ('rejected', models.PositiveSmallIntegerField(default=0)),
                ('warned', models.PositiveSmallIntegerField(default=0)),
                ('is_written', models.BooleanField(default=False)),
                ('is_withdrawn', models.BooleanField(default=False)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='exchange.import')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='import_part_once')],
            },
        ),
    ]
