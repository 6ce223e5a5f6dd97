"""Jobs of the queue. A job's payload carries ids alone; it makes one call.

The pattern for other apps: a `tasks.py` of their own with `@app.task(name="<app>.<noun>.<verb>", queue=…)`, and
`@app.periodic(cron=…)` above it for what happens by the clock (the function then takes ``timestamp``). Work with
progress needs no task of its own: register a `WorkKind` (`operations/work.py`) and ask for it.
"""

from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from serasi.access.operations.work import QUEUE, RUN, enqueue, run_work
from serasi.common.identifiers import uuid7


@app.task(
    name=RUN,
    queue=QUEUE,
    retry=RetryStrategy(max_attempts=10, linear_wait=15, retry_exceptions=[OperationalError]),
)
def run(work_id: str) -> None:
    """Do a slice of a work, and ask for the next."""
    if run_work(work_id=UUID(work_id), run=uuid7(), clock=timezone.now):
        with transaction.atomic():
            enqueue(UUID(work_id))


@app.periodic(cron="* * * * *")
@app.task(name="access.work.resume", queue=QUEUE, queueing_lock="access.work.resume", pass_context=True)
async def resume(context: JobContext, timestamp: int) -> None:
    """Give back to the queue what a worker had in hand when it died."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.periodic(cron="17 2 * * *")
@app.task(name="access.work.tidy", queue=QUEUE, queueing_lock="access.work.tidy", pass_context=True)
async def tidy(context: JobContext, timestamp: int) -> None:
    """Forget jobs that ended a week ago; the works themselves stay."""
    await context.app.job_manager.delete_old_jobs(nb_hours=24 * 7, include_failed=True, include_cancelled=True)


@app.periodic(cron="10 2 * * *")
@app.task(name="access.trail.make_partitions", queue=QUEUE, queueing_lock="access.trail.make_partitions")
def make_partitions(timestamp: int) -> None:
    """Make places for the trail and the looks of the months ahead; repeating it changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_make_partitions(3)")
