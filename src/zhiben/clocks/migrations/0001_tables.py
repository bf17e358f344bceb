import django.db.models.deletion
import zhiben.clocks.domain.kinds
import zhiben.kernel.ids
import zhiben.orgs.fields
from django.conf import settings
from django.db import migrations, models
from zhiben.orgs.tables import FirstTables


class Migration(FirstTables):

    replaces = [('clocks', '0001_initial'), ('clocks', '0002_unsought_links')]

    initial = True

    dependencies = [
        ('orgs', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('worker', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField()),
                ('beat_at', models.DateTimeField(db_index=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('swept', models.PositiveBigIntegerField(default=0)),
                ('stepped', models.PositiveBigIntegerField(default=0)),
                ('error', models.TextField(blank=True, default='')),
                ('error_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SweepState',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('run_at', models.DateTimeField()),
                ('moved', models.PositiveBigIntegerField(default=0)),
                ('error', models.TextField(blank=True, default='')),
                ('error_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PoisonRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sweep', models.CharField(max_length=60)),
                ('row', models.CharField(max_length=120)),
                ('error', models.TextField()),
                ('times', models.PositiveIntegerField(default=1)),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sweep', 'row'), name='poison_once')],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=80)),
                ('kind', models.CharField(max_length=40)),
                ('day', models.DateField()),
                ('set_by', models.CharField(choices=[('self', 'self'), ('order', 'order'), ('law', 'law')], max_length=5)),
                ('order', models.CharField(blank=True, default='', max_length=100)),
                ('clause', models.CharField(blank=True, default='', max_length=200)),
                ('reason', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('is_current', models.BooleanField(default=True)),
                ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'id'], name='deadline_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('set_by__in', ['self', 'order', 'law'])), name='deadline_setter_known'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('subject', 'kind'), name='deadline_one_current')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=zhiben.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=200, unique=True)),
                ('arguments', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('cancelled', 'cancelled')], default=zhiben.clocks.domain.kinds.JobState['QUEUED'], max_length=10)),
                ('next_at', models.DateTimeField(null=True)),
                ('token', models.UUIDField(null=True)),
                ('done', models.PositiveBigIntegerField(default=0)),
                ('total', models.PositiveBigIntegerField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True, default='')),
                ('error_facts', models.JSONField(default=dict)),
                ('result', models.JSONField(default=dict)),
                ('path', zhiben.orgs.fields.PathField(blank=True, default='', max_length=200)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('created_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='job_next'), models.Index(fields=['actor', '-created_at'], name='job_actor_newest'), models.Index(fields=['-created_at'], name='job_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed', 'cancelled'])), name='job_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('next_at__isnull', False), ('state__in', ['queued', 'running'])), models.Q(('next_at__isnull', True), ('state__in', ['done', 'failed', 'cancelled'])), _connector='OR'), name='job_ended_waits_for_nothing')],
            },
        ),
    ]
