from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_consent_purposes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='person',
            name='confidentiality',
            field=models.CharField(choices=[('ordinary', 'Biasa'), ('sppa', 'Anak dalam perkara (SPPA)'), ('sealed', 'Tertutup')], default='ordinary', max_length=10, verbose_name='kerahasiaan'),
        ),
    ]
