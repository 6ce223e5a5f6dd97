"""The clock of referrals as a machine really runs it: the worker as a program of its own, on committed rows."""

import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.access.operations.work import QUEUE
from serasi.cases.models import Referral
from serasi.cases.queries.referral import escalated
from serasi.cases.queries.tasks import due_for
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.cases.tests.work_factories import make_sent_referral, today


def kinds(user: User) -> list[str]:
    with as_user(user):
        return [due.kind for due in due_for(user, today()) if due.kind in {"silent", "referral"}]


def test_the_clock_looks_every_quarter_of_an_hour() -> None:
    found = app.periodic_registry.periodic_tasks["cases.referral.escalate", ""]
    assert found.cron == "*/15 * * * *"


@pytest.mark.slow
def test_what_nobody_answered_becomes_a_task_of_the_sender_and_is_shown_to_both_heads(committed_world: World) -> None:
    world = committed_world
    sent = make_sent_referral(world, make_case(world))
    with acting(User.objects.system(), "test"):
        Referral.objects.filter(pk=sent.pk).update(
            sent_at=now() - timedelta(days=9), answer_due_at=now() - timedelta(days=2)
        )
    assert (kinds(world.owner), kinds(world.outsider)) == ([], ["referral"])
    app.configure_task("cases.referral.escalate", queue=QUEUE).defer(timestamp=int(time.time()))

    database = connection.settings_dict
    address = f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    kept = {key: value for key, value in os.environ.items() if key not in {"PORT", "DJANGO_SETTINGS_MODULE"}}
    ended = subprocess.run(
        [sys.executable, "-m", "serasi", "worker", "--once"],
        env=kept | {"DATABASE_URL": f"{address}/{database['NAME']}", "SERASI_DEMO": "0"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert ended.returncode == 0, ended.stderr
    assert {user.full_name: kinds(user) for user in (world.owner, world.head, world.outsider, world.colleague)} == {
        world.owner.full_name: ["silent"],
        world.head.full_name: ["silent"],
        world.outsider.full_name: ["referral"],
        world.colleague.full_name: [],
    }
    for head in (world.head, world.other_head):
        with as_user(head):
            assert [found.pk for found in escalated(head)] == [sent.pk]
