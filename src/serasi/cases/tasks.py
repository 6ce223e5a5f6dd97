"""Jobs of casework by the clock. Each makes one call, in the name of the system."""

from django.utils import timezone
from procrastinate.contrib.django import app

from serasi.access.models import User
from serasi.access.operations.work import QUEUE
from serasi.cases.operations.referral import escalate_silent_referrals


@app.periodic(cron="*/15 * * * *")
@app.task(name="cases.referral.escalate", queue=QUEUE, queueing_lock="cases.referral.escalate")
def escalate(timestamp: int) -> None:
    """Every quarter of an hour: what nobody answered in time is shown to the heads of both units."""
    escalate_silent_referrals(by=User.objects.system(), at=timezone.now())
