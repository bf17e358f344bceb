import datetime
import django.db.models.deletion
import zhiben.kernel.ids
import zhiben.notices.domain.kinds
from django.conf import settings
from django.db import migrations, models
from zhiben.orgs.tables import FirstTables


class Migration(FirstTables):

    replaces = [('notices', '0001_initial'), ('notices', '0002_routes_and_choices')]

    initial = True

    dependencies = [
        ('orgs', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChannelSetting',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('is_on', models.BooleanField(default=False)),
                ('price', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='RouteSetting',
            fields=[
                ('kind', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('legs', models.JSONField(default=list)),
                ('version', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=zhiben.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=200)),
                ('facts', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('roles', models.JSONField(default=list)),
                ('circle', models.CharField(blank=True, default='', max_length=40)),
                ('leg', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(null=True)),
                ('hand_department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.department')),
                ('hand_officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='orgs.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-made_at'], name='message_newest'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person'], name='message_unread'), models.Index(fields=['subject'], name='message_subject'), models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='message_next')],
                'constraints': [models.UniqueConstraint(fields=('key', 'person'), name='message_once')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('tried_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('result', models.CharField(blank=True, choices=[('', ''), ('received', 'received'), ('unneeded', 'unneeded')], default='', max_length=8)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.department')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person')),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hand_over', to='notices.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['department', 'opened_at'], name='hand_over_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('result__in', ['', 'received', 'unneeded'])), name='hand_over_result_known')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=20)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('held', 'held'), ('sent', 'sent'), ('bundled', 'bundled'), ('skipped', 'skipped'), ('failed', 'failed')], default=zhiben.notices.domain.kinds.DeliveryState['WAITING'], max_length=8)),
                ('next_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True, default='')),
                ('provider_id', models.CharField(blank=True, default='', max_length=300)),
                ('cost', models.PositiveIntegerField(default=0)),
                ('digest', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='bundled', to='notices.message')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notices.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='delivery_next'), models.Index(condition=models.Q(('sent_at__isnull', False)), fields=['sent_at'], name='delivery_sent')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'held', 'sent', 'bundled', 'skipped', 'failed'])), name='delivery_state_known'), models.UniqueConstraint(fields=('message', 'channel'), name='delivery_once_a_channel')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='notice_preference', serialize=False, to='orgs.person')),
                ('has_quiet', models.BooleanField(default=True)),
                ('quiet_since', models.TimeField(default=datetime.time(22, 0))),
                ('quiet_until', models.TimeField(default=datetime.time(7, 0))),
                ('digest_time', models.TimeField(default=datetime.time(8, 0))),
                ('kinds', models.JSONField(default=dict)),
                ('digest_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('digest_at__isnull', False)), fields=['digest_at'], name='preference_digest')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(default=zhiben.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('proxy_name', models.CharField(blank=True, default='', max_length=100)),
                ('relation', models.CharField(blank=True, default='', max_length=12)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='notices.message')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person')),
                ('proxy_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('message', 'channel'), name='receipt_once_a_channel')],
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to='notices.message')),
            ],
        ),
    ]
