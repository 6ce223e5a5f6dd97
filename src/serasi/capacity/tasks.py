"""Jobs of this app by the clock, in the name of the system."""

from django.utils import timezone
from procrastinate.contrib.django import app

from serasi.access.models import User
from serasi.access.operations.work import QUEUE
from serasi.capacity.operations import reckon_all


@app.periodic(cron="40 1 * * *")
@app.task(name="capacity.outlook.reckon", queue=QUEUE, queueing_lock="capacity.outlook.reckon")
def reckon_houses(timestamp: int) -> None:
    """Every night: what is expected of each house."""
    reckon_all(by=User.objects.system(), at=timezone.now())
