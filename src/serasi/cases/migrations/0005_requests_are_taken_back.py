"""What was put before a supervisor may be taken back until it is decided."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_words")]

    operations = [
        migrations.AddField("approval", "withdrawn_at", models.DateTimeField(blank=True, null=True)),
        migrations.RemoveConstraint("approval", "cases_one_approval_pending_per_subject"),
        migrations.AddConstraint(
            "approval",
            models.UniqueConstraint(
                fields=["subject", "subject_id"],
                condition=Q(decided_at=None, withdrawn_at=None),
                name="cases_one_approval_pending_per_subject",
            ),
        ),
        migrations.AddConstraint(
            "approval",
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(decided_at=None), name="cases_withdrawn_approval_is_undecided"
            ),
        ),
    ]
