from typing import ClassVar

from django.db import models

from serasi.access.enums import SignInKind
from serasi.access.models.record import Classified, Record
from serasi.access.models.user import User


class SignIn(Record):
    """Someone came in, was refused or left: an event that is only ever added."""

    personal = Classified(none="id kind method at", general="user address browser")

    # CASCADE: users are switched off, not deleted; where one is deleted after all, nothing is left to tell.
    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    kind = models.CharField(max_length=8, choices=SignInKind)
    method = models.CharField(max_length=40, blank=True)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at"]
        indexes = [models.Index(fields=["user", "-at"], name="access_signin_of_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.kind} {self.at:%Y-%m-%d %H:%M}"
