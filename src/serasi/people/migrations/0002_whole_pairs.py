from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='consent',
            name='people_consent_withdrawal_is_whole',
        ),
        migrations.RemoveConstraint(
            model_name='merge',
            name='people_merge_undo_is_whole',
        ),
        migrations.RemoveConstraint(
            model_name='person',
            name='people_person_birth_years_are_ordered',
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stopped_at', None), ('withdrawal_due_at', None), ('withdrawal_reason', ''), ('withdrawn_at', None)), models.Q(('withdrawal_due_at__gt', models.F('withdrawn_at')), ('withdrawal_due_at__isnull', False), ('withdrawn_at__gte', models.F('given_at')), ('withdrawn_at__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='people_consent_withdrawal_is_whole', violation_error_message='Penarikan persetujuan memerlukan waktu dan alasan.'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undo_reason', ''), ('undone_at', None), ('undone_by', None)), models.Q(('undone_at__gte', models.F('merged_at')), ('undone_at__isnull', False), ('undone_by__isnull', False), models.Q(('undo_reason', ''), _negated=True)), _connector='OR'), name='people_merge_undo_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('birth_year_from', None), ('birth_year_to', None)), models.Q(('birth_year_from__gte', 1880), ('birth_year_from__isnull', False), ('birth_year_to__gte', models.F('birth_year_from')), ('birth_year_to__isnull', False)), _connector='OR'), name='people_person_birth_years_are_ordered', violation_error_message='Tahun lahir paling awal tidak boleh sesudah paling akhir.'),
        ),
    ]
