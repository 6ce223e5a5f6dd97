"""In whose name a command acts."""

from django.core.management.base import CommandError

from serasi.access.models import User


def user_named(email: str | None) -> User:
    """The system's own, where nobody is named. Raises CommandError."""
    if email is None:
        return User.objects.system()
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        raise CommandError(f"there is no user {email}")
    return user
