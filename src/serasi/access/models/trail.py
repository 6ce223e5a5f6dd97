"""Evidence: what was written and what was looked at. Both tables are partitioned by month and append-only."""

from django.db import models
from django.db.models import CompositePrimaryKey

from serasi.access.enums import Subject
from serasi.access.models.record import Classified


class TrailEntry(models.Model):
    """One row of one write, put down by the database itself (see `serasi.access.safeguards`)."""

    personal = Classified(
        none="pk id at actor_id operation request_id table_name record_id action", secret="before after"
    )

    pk = CompositePrimaryKey("id", "at")
    id = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField()
    operation = models.CharField(max_length=80)
    request_id = models.UUIDField(null=True)
    table_name = models.CharField(max_length=63)
    record_id = models.UUIDField()
    action = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        managed = False
        db_table = "access_trail"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.operation} {self.table_name}"


class Look(models.Model):
    """Someone opened a person's data, a case's file or a report, or searched the register."""

    personal = Classified(none="pk id at user_id subject subject_id unit_id", specific="purpose")

    pk = CompositePrimaryKey("id", "at")
    id = models.BigIntegerField()
    at = models.DateTimeField()
    user_id = models.UUIDField()
    subject = models.CharField(max_length=10, choices=Subject)
    subject_id = models.UUIDField()
    unit_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "access_look"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.subject} {self.subject_id}"
