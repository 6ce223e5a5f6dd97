from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, User, tracked
from serasi.cases.models.part import CasePart


@tracked
class Conference(CasePart):
    """A case conference (*temu bahas kasus*): several professions decide what is wrong and what to do."""

    personal = Classified(none="id case written_by written_at held_at revision", specific="question minutes")

    held_at = models.DateTimeField(_("waktu"))
    question = models.TextField(_("pokok bahasan"), max_length=2000)
    minutes = models.TextField(_("notula"), max_length=8000, blank=True)
    revision = RevisionField()

    class Meta:
        ordering: ClassVar = ["-held_at"]

    def __str__(self) -> str:
        return f"TBK {self.case}, {self.held_at:%Y-%m-%d}"


@tracked
class Participant(Record):
    """Who sat in a conference: a user, or someone from outside by name; the person themself counts too."""

    personal = Classified(none="id conference profession is_the_person", general="user name")
    row_policy = "EXISTS (SELECT 1 FROM cases_conference conference WHERE conference.id = conference_id)"

    # CASCADE: part of the conference.
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="participants")
    # PROTECT: who took part stays known.
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("nama"), max_length=150, blank=True)
    profession = models.CharField(_("profesi"), max_length=80, blank=True)
    is_the_person = models.BooleanField(_("penerima manfaat hadir"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") | (Q(user=None) & ~Q(name="")),
                name="cases_participant_is_user_or_name",
            ),
            models.UniqueConstraint(
                fields=["conference", "user"],
                condition=Q(user__isnull=False),
                name="cases_participant_once_per_conference",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.user)


@tracked
class Task(CasePart):
    """Something one person must do by a day: decided in a conference or given by hand. Other tasks are computed."""

    personal = Classified(
        none="id case written_by written_at conference owner due_date done_at revision",
        specific="title done_note",
    )

    # PROTECT: the decision came from there.
    conference = models.ForeignKey(Conference, models.PROTECT, null=True, blank=True, related_name="decisions")
    title = models.CharField(_("yang harus dilakukan"), max_length=300)
    # PROTECT: who owed it stays known.
    owner = models.ForeignKey(User, models.PROTECT, related_name="tasks", verbose_name=_("penanggung jawab"))
    due_date = models.DateField(_("batas waktu"))
    done_at = models.DateTimeField(null=True, blank=True)
    done_note = models.TextField(_("hasil"), max_length=2000, blank=True)
    revision = RevisionField()

    class Meta:
        ordering: ClassVar = ["due_date"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="cases_task_says_what",
                violation_error_message=_("Tuliskan apa yang harus dilakukan."),
            ),
        ]
        indexes = [models.Index(fields=["owner", "due_date"], condition=Q(done_at=None), name="cases_task_to_do")]

    def __str__(self) -> str:
        return self.title
