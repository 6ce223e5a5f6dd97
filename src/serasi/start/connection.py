"""Which role of the database this process speaks with."""

from django.conf import settings
from django.db import connection


def speak_as(role: str | None) -> None:
    """Go on as this role, or as the owner of the schema when None. Only for commands that prepare an installation."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL alone
    options = connection.settings_dict["OPTIONS"]
    options.pop("pool", None)
    options.pop("options", None)
    if role:
        options["options"] = f"-c role={role}"


def speak_as_application() -> None:
    speak_as(settings.APPLICATION_ROLE)
