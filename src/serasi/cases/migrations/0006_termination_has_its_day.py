"""A termination takes effect on its day, which may come after its approval; those approved so far already have."""

from django.db import migrations, models
from django.db.models import Q

from serasi.access.models import SYSTEM_ID

TAKE_EFFECT = f"""
    SELECT set_config('serasi.actor', '{SYSTEM_ID}', true), set_config('serasi.scope', 'system', true),
        set_config('serasi.operation', 'cases.termination.take_effect', true);
    UPDATE cases_termination SET took_effect_at = approved_at WHERE approved_at IS NOT NULL;
"""  # noqa: S608  (a constant)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_requests_are_taken_back")]

    operations = [
        migrations.AddField("termination", "took_effect_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(TAKE_EFFECT, migrations.RunSQL.noop),
        migrations.RemoveConstraint("termination", "cases_one_termination_awaits_approval"),
        migrations.RemoveConstraint("termination", "cases_termination_is_approved_or_withdrawn"),
        migrations.AddConstraint(
            "termination",
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(took_effect_at=None, withdrawn_at=None),
                name="cases_one_termination_under_way",
                violation_error_message="Usulan terminasi sebelumnya belum selesai.",
            ),
        ),
        migrations.AddConstraint(
            "termination",
            models.CheckConstraint(
                condition=Q(took_effect_at=None) | Q(withdrawn_at=None, approved_at__isnull=False),
                name="cases_termination_is_approved_before_it_takes_effect",
            ),
        ),
    ]
