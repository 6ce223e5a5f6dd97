"""Jobs of surveys by the clock, in the name of the system."""

from django.utils import timezone
from procrastinate.contrib.django import app

from serasi.access.models import User
from serasi.access.operations.work import QUEUE
from serasi.surveys.operations import check_waiting, reread_outdated


@app.periodic(cron="* * * * *")
@app.task(name="surveys.findings.check", queue=QUEUE, queueing_lock="surveys.findings.check")
def check(timestamp: int) -> None:
    """Every minute: what arrived or was voided is held against the rest of its survey."""
    check_waiting(by=User.objects.system(), at=timezone.now())


@app.periodic(cron="25 1 * * *")
@app.task(name="surveys.readings.renew", queue=QUEUE, queueing_lock="surveys.readings.renew")
def renew(timestamp: int) -> None:
    """Every night: interviews that were read another way, by an earlier version, are read anew."""
    reread_outdated(by=User.objects.system(), at=timezone.now())
