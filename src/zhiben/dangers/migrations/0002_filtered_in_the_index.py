from django.db import migrations, models
from zhiben.orgs.tables import FirstTables


class Migration(FirstTables):

    dependencies = [
        ('dangers', '0001_tables'),
        ('orgs', '0002_first_id_is_the_nations'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_province_trade',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_city_trade',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_province',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_province_late',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_province_major',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_city',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_city_late',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_city_major',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_county',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_county_late',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_county_major',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_township_late',
        ),
        migrations.RemoveIndex(
            model_name='danger',
            name='danger_township_major',
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(fields=['province_id', 'industry', '-found_on', '-id', 'matter', 'industries_mask'], name='danger_province_trade'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(fields=['city_id', 'industry', '-found_on', '-id', 'matter', 'industries_mask'], name='danger_city_trade'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(fields=['province_id', '-found_on', '-id', 'industry', 'matter', 'industries_mask'], name='danger_province'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(condition=models.Q(('is_overdue', True)), fields=['province_id', '-found_on', '-id', 'state', 'level', 'is_overdue', 'industry', 'matter', 'industries_mask'], name='danger_province_late'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(condition=models.Q(('level', 'major')), fields=['province_id', '-found_on', '-id', 'state', 'level', 'is_overdue', 'industry', 'matter', 'industries_mask'], name='danger_province_major'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(fields=['city_id', '-found_on', '-id', 'industry', 'matter', 'industries_mask'], name='danger_city'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(condition=models.Q(('is_overdue', True)), fields=['city_id', '-found_on', '-id', 'state', 'level', 'is_overdue', 'industry', 'matter', 'industries_mask'], name='danger_city_late'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(condition=models.Q(('level', 'major')), fields=['city_id', '-found_on', '-id', 'state', 'level', 'is_overdue', 'industry', 'matter', 'industries_mask'], name='danger_city_major'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(fields=['county_id', '-found_on', '-id', 'industry', 'matter', 'industries_mask'], name='danger_county'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(condition=models.Q(('is_overdue', True)), fields=['county_id', '-found_on', '-id', 'state', 'level', 'is_overdue', 'industry', 'matter', 'industries_mask'], name='danger_county_late'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(condition=models.Q(('level', 'major')), fields=['county_id', '-found_on', '-id', 'state', 'level', 'is_overdue', 'industry', 'matter', 'industries_mask'], name='danger_county_major'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(condition=models.Q(('is_overdue', True)), fields=['township_id', '-found_on', '-id', 'state', 'level', 'is_overdue', 'industry', 'matter', 'industries_mask'], name='danger_township_late'),
        ),
        migrations.AddIndex(
            model_name='danger',
            index=models.Index(condition=models.Q(('level', 'major')), fields=['township_id', '-found_on', '-id', 'state', 'level', 'is_overdue', 'industry', 'matter', 'industries_mask'], name='danger_township_major'),
        ),
    ]
