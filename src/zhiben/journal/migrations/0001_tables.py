import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('journal', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Chain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('seq', models.BigIntegerField(default=0)),
                ('head', models.BinaryField(default=b'')),
            ],
        ),
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('position', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Root',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.CharField(max_length=10, unique=True)),
                ('alg', models.CharField(max_length=8)),
                ('n', models.BigIntegerField()),
                ('root', models.BinaryField()),
                ('payload', models.TextField()),
                ('key', models.BinaryField()),
                ('signature', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Sequencer',
            fields=[
                ('id', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('n', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Personal',
            fields=[
                ('pk', models.CompositePrimaryKey('chain_id', 'seq', 'field', blank=True, editable=False, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('field', models.CharField(max_length=60)),
                ('salt', models.BinaryField()),
                ('value', models.TextField()),
                ('chain', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.chain')),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.BigIntegerField()),
                ('last', models.BigIntegerField()),
                ('position', models.BigIntegerField(null=True, unique=True)),
                ('chain', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.chain')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('position__isnull', True)), fields=['id'], name='journal_batch_unstamped')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField()),
                ('at', models.BigIntegerField()),
                ('on_day', models.CharField(max_length=10)),
                ('code', models.CharField(max_length=60)),
                ('version', models.SmallIntegerField()),
                ('subject', models.CharField(max_length=120)),
                ('actor', models.BigIntegerField(null=True)),
                ('body', models.TextField()),
                ('alg', models.CharField(max_length=8)),
                ('hash', models.BinaryField()),
                ('chain', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.chain')),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'id'], name='journal_entry_subject')],
                'constraints': [models.UniqueConstraint(fields=('chain', 'seq'), name='journal_entry_place'), models.CheckConstraint(condition=models.Q(models.Q(('code__contains', '|'), _negated=True), models.Q(('subject__contains', '|'), _negated=True)), name='journal_entry_undivided'), models.CheckConstraint(condition=models.Q(('alg__in', ['SHA-256', 'SM3'])), name='journal_entry_alg')],
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField()),
                ('head', models.BinaryField()),
                ('chain', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.chain')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.root')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('chain', 'root'), name='journal_leaf_place')],
            },
        ),
    ]
