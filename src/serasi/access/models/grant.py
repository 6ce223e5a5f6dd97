from django.db import models
from django.db.models import CompositePrimaryKey

from serasi.access.enums import Reach, Role
from serasi.access.models.record import Classified


class RoleGrant(models.Model):
    """The permission registry as the database sees it; written anew from the code after every migration."""

    personal = Classified(none="pk role permission reach")

    pk = CompositePrimaryKey("role", "permission")
    role = models.CharField(max_length=20, choices=Role)
    permission = models.CharField(max_length=60)
    reach = models.CharField(max_length=8, choices=Reach)

    def __str__(self) -> str:
        return f"{self.role}: {self.permission} ({self.reach})"
