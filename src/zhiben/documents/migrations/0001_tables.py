import django.db.models.deletion
import zhiben.documents.domain.kinds
import zhiben.kernel.ids
import zhiben.orgs.fields
from django.conf import settings
from django.db import migrations, models
from zhiben.orgs.tables import FirstTables


class Migration(FirstTables):

    replaces = [('documents', '0001_initial'), ('documents', '0002_prints'), ('documents', '0003_withdrawals')]

    initial = True

    dependencies = [
        ('orgs', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='PrintRun',
            fields=[
                ('id', models.UUIDField(default=zhiben.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('wanted', models.JSONField(default=dict)),
                ('language', models.CharField(max_length=10)),
                ('documents', models.PositiveIntegerField(default=0)),
                ('file', models.UUIDField(null=True)),
                ('sha256', models.CharField(blank=True, default='', max_length=64)),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Register',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.department')),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('department__isnull', False), ('enterprise__isnull', True)), models.Q(('department__isnull', True), ('enterprise__isnull', False)), _connector='OR'), name='register_one_issuer'), models.UniqueConstraint(condition=models.Q(('enterprise__isnull', True)), fields=('department', 'series', 'year'), name='register_department'), models.UniqueConstraint(condition=models.Q(('department__isnull', True)), fields=('enterprise', 'series', 'year'), name='register_enterprise')],
            },
        ),
        migrations.CreateModel(
            name='TemplateVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('version', models.PositiveIntegerField()),
                ('source', models.TextField()),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'kind', 'version'), name='template_version_once'), models.CheckConstraint(condition=models.Q(('until__isnull', True), models.Q(('since__isnull', False), ('until__gte', models.F('since'))), _connector='OR'), name='template_ends_after_it_began')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('path', zhiben.orgs.fields.PathField(editable=False, max_length=200)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('id', models.UUIDField(default=zhiben.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('subject', models.CharField(max_length=80)),
                ('recipient', models.CharField(blank=True, default='', max_length=300)),
                ('title_zh', models.CharField(max_length=300)),
                ('title_en', models.CharField(max_length=300)),
                ('facts', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('issued', 'issued'), ('served', 'served'), ('discarded', 'discarded'), ('withdrawn', 'withdrawn')], default=zhiben.documents.domain.kinds.DocumentState['DRAFT'], max_length=10)),
                ('drafted_at', models.DateTimeField()),
                ('running', models.PositiveIntegerField(null=True)),
                ('number', models.CharField(blank=True, default='', max_length=120)),
                ('issued_on', models.DateField(null=True)),
                ('text', models.JSONField(null=True)),
                ('served_on', models.DateField(null=True)),
                ('discarded_at', models.DateTimeField(null=True)),
                ('withdrawn_on', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=500)),
                ('addressee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.department')),
                ('discarded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('issuer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('register', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.register')),
                ('template', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.templateversion')),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'id'], name='document_subject'), models.Index(fields=['path', '-id'], name='document_path'), models.Index(fields=['department', 'state', '-id'], name='document_department'), models.Index(fields=['enterprise', '-id'], name='document_enterprise')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'issued', 'served', 'discarded', 'withdrawn'])), name='document_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('department__isnull', False), ('issuer__isnull', True)), models.Q(('department__isnull', True), ('issuer__isnull', False)), _connector='OR'), name='document_one_issuer'), models.CheckConstraint(condition=models.Q(models.Q(('number', ''), ('running__isnull', True), ('state__in', ['draft', 'discarded'])), models.Q(('running__isnull', False), ('state__in', ['issued', 'served', 'withdrawn']), ('text__isnull', False), models.Q(('number', ''), _negated=True)), _connector='OR'), name='document_numbered_when_out'), models.UniqueConstraint(fields=('register', 'running'), name='document_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawn_on__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='document_withdrawn_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='ServiceRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=100)),
                ('proxy_for', models.CharField(blank=True, default='', max_length=100)),
                ('channel', models.CharField(choices=[('hand', 'hand'), ('left', 'left'), ('post', 'post'), ('entrusted', 'entrusted'), ('email', 'email'), ('program', 'program'), ('qr', 'qr'), ('announcement', 'announcement')], max_length=14)),
                ('day', models.DateField()),
                ('note', models.CharField(blank=True, default='', max_length=500)),
                ('recorded_at', models.DateTimeField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='documents.document')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['hand', 'left', 'post', 'entrusted', 'email', 'program', 'qr', 'announcement'])), name='service_channel_known')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('digest', models.CharField(max_length=64)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='documents.document')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person')),
            ],
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('mark_zh', models.CharField(blank=True, default='', max_length=60)),
                ('mark_en', models.CharField(blank=True, default='', max_length=120)),
                ('department', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.department')),
                ('enterprise', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('department__isnull', False), ('enterprise__isnull', True)), models.Q(('department__isnull', True), ('enterprise__isnull', False)), _connector='OR'), name='office_one_issuer')],
            },
        ),
    ]
