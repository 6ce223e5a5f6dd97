import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_referral_is_whole'),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('health', 'Kesehatan'), ('hiv', 'HIV'), ('psychiatry', 'Kesehatan jiwa'), ('violence', 'Kekerasan')], max_length=12), blank=True, default=list, size=None),
        ),
        migrations.AlterField(
            model_name='document',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('health', 'Kesehatan'), ('hiv', 'HIV'), ('psychiatry', 'Kesehatan jiwa'), ('violence', 'Kekerasan')], max_length=12), blank=True, default=list, size=None),
        ),
        migrations.AlterField(
            model_name='domainassessment',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('health', 'Kesehatan'), ('hiv', 'HIV'), ('psychiatry', 'Kesehatan jiwa'), ('violence', 'Kekerasan')], max_length=12), blank=True, default=list, size=None),
        ),
        migrations.AlterField(
            model_name='note',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('health', 'Kesehatan'), ('hiv', 'HIV'), ('psychiatry', 'Kesehatan jiwa'), ('violence', 'Kekerasan')], max_length=12), blank=True, default=list, size=None),
        ),
    ]
