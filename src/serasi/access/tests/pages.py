"""Pages in tests, of every app: somebody's browser, what a page says, what is typed into it, what it costs."""

from datetime import datetime
from typing import Any, Final

from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serasi.access.models import User
from serasi.access.sign_in import HAS_SECOND_FACTOR

MOST_STATEMENTS: Final = 15
"""That a page may cost, whatever it shows."""


def browser(user: User) -> Client:
    """Somebody has signed in, with the second factor where one is asked."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[HAS_SECOND_FACTOR] = True
    session.save()
    return client


def read(client: Client, url: str, status: int = 200) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[:600]
    return BeautifulSoup(response.content, "html.parser")


def words(page: Any) -> str:
    """What is read there; of a whole page, what stands in its main part."""
    return " ".join((page.select_one("main") or page).get_text(" ").split())


def moment(name: str, at: datetime) -> dict[str, str]:
    """A day and a time as they are typed."""
    local = timezone.localtime(at)
    return {f"{name}_day": f"{local:%d/%m/%Y}", f"{name}_time": f"{local:%H.%M}"}


def statements(client: Client, url: str) -> int:
    """What it costs to open the page."""
    with CaptureQueriesContext(connection) as asked:
        read(client, url)
    return counted(asked)


def counted(asked: CaptureQueriesContext) -> int:
    """Statements that ask or write; not the savepoints that tests put around a request."""
    return sum(not one["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")) for one in asked)
