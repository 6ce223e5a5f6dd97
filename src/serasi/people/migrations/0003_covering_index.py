from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_whole_pairs'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='personunit',
            name='people_unit_knows_a_person_once',
        ),
        migrations.RemoveIndex(
            model_name='personunit',
            name='people_unit_open',
        ),
        migrations.AddIndex(
            model_name='personunit',
            index=models.Index(condition=models.Q(('until_at', None)), fields=['unit', 'person'], include=('is_sealed',), name='people_unit_open'),
        ),
        migrations.AddConstraint(
            model_name='personunit',
            constraint=models.UniqueConstraint(condition=models.Q(('until_at', None)), fields=('person', 'unit'), include=('is_sealed',), name='people_unit_knows_a_person_once', violation_error_message='Orang ini sudah terdaftar di unit tersebut.'),
        ),
    ]
