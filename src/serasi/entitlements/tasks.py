"""Jobs of this app by the clock, in the name of the system."""

from django.utils import timezone
from procrastinate.contrib.django import app

from serasi.access.models import User
from serasi.access.operations.work import QUEUE
from serasi.entitlements.operations.expiry import delete_ended


@app.periodic(cron="7 * * * *")
@app.task(name="entitlements.delivery.expire", queue=QUEUE, queueing_lock="entitlements.delivery.expire")
def expire(timestamp: int) -> None:
    """Every hour: what was withdrawn or whose last day is over is deleted, a piece at a time."""
    while delete_ended(by=User.objects.system(), at=timezone.now()):
        pass
