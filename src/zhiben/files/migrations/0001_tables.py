import django.db.models.deletion
import zhiben.kernel.ids
import zhiben.orgs.fields
from django.conf import settings
from django.db import migrations, models
from zhiben.orgs.tables import FirstTables


class Migration(FirstTables):

    replaces = [('files', '0001_initial'), ('files', '0002_look')]

    initial = True

    dependencies = [
        ('orgs', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Original',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('size', models.PositiveBigIntegerField()),
                ('type', models.CharField(max_length=100)),
                ('holders', models.PositiveIntegerField(default=0)),
                ('derived', models.CharField(choices=[('none', 'none'), ('waiting', 'waiting'), ('ready', 'ready'), ('failed', 'failed')], max_length=8)),
                ('derived_error', models.CharField(blank=True, default='', max_length=200)),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('look', models.CharField(blank=True, default='', max_length=16)),
                ('remove_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('remove_at__isnull', False)), fields=['remove_at'], name='original_remove')],
                'constraints': [models.CheckConstraint(condition=models.Q(('derived__in', ['none', 'waiting', 'ready', 'failed'])), name='original_derived_known')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('path', zhiben.orgs.fields.PathField(editable=False, max_length=200)),
                ('industries_mask', zhiben.orgs.fields.MaskField(default=0)),
                ('matter', models.CharField(blank=True, default='', max_length=40)),
                ('id', models.UUIDField(default=zhiben.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=80)),
                ('purpose', models.CharField(blank=True, default='', max_length=40)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('type', models.CharField(max_length=100)),
                ('name', models.CharField(max_length=200)),
                ('kept_at', models.DateTimeField()),
                ('keep_until', models.DateField(null=True)),
                ('shredded_at', models.DateTimeField(null=True)),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('original', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='files.original')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.enterprise')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'id'], name='file_subject'), models.Index(fields=['path'], name='file_path')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('original__isnull', False), ('shredded_at__isnull', True)), models.Q(('original__isnull', True), ('shredded_at__isnull', False)), _connector='OR'), name='file_has_content_until_shredded')],
            },
        ),
    ]
