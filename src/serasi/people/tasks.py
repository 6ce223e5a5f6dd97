"""Jobs of the register by the clock, in the name of the system."""

import subprocess
import sys

from procrastinate.contrib.django import app

from serasi.access.operations.work import QUEUE


@app.periodic(cron="10 17 * * *")
@app.task(name="people.candidate.find", queue=QUEUE, queueing_lock="people.candidate.find")
def find(timestamp: int) -> None:
    """Every night, ten past midnight in Jakarta: who may stand in the register twice.

    A program of its own, so that what comparing millions takes is given back when it ends.
    """
    subprocess.run([sys.executable, "-m", "serasi", "link", "register"], check=True)
