from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('shell', '0001_initial'), ('shell', '0002_shared_counts')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('account', models.BigIntegerField(primary_key=True, serialize=False)),
                ('left', models.FloatField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='CacheEntry',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'shell_cache',
            },
        ),
        migrations.CreateModel(
            name='FirstAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.BigIntegerField()),
                ('key', models.CharField(max_length=80)),
                ('fingerprint', models.CharField(max_length=64)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('body', models.BinaryField(default=b'')),
                ('content_type', models.CharField(default='', max_length=100)),
                ('made_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'key'), name='first_answer_once')],
            },
        ),
    ]
