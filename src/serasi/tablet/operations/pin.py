"""Six figures of one's own: given with a worker beside one, tried on a tablet of the house."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Role
from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.access.operations.device import acting
from serasi.access.operations.postings import post
from serasi.access.operations.users import create_user
from serasi.access.scope import today
from serasi.common.identifiers import uuid7
from serasi.people import operations as people
from serasi.people.models import Person
from serasi.residence.models import Stay
from serasi.tablet.models import Pin, Tablet
from serasi.tablet.models.pin import MOST_WRONG
from serasi.tablet.permissions import GIVE_PIN

FIGURES: Final = 6
WAIT: Final = timedelta(minutes=15)
"""How long someone waits after `MOST_WRONG` wrong PINs."""


class EasyPin(Refused):
    message = _("PIN ini mudah ditebak. Pilih enam angka lain, bukan tanggal lahir atau angka berurutan.")


class NoPlaceHere(Refused):
    message = _("Orang ini tidak sedang tinggal di lembaga, jadi tidak ada tablet yang dapat ia buka.")


@operation(GIVE_PIN)
def give_pin(*, person: Person, code: str, by: User, at: datetime) -> Pin:
    """Someone who lives in a house gets a PIN, or another one. An access of their own is made where there is none.

    Raises NoPlaceHere, EasyPin.
    """
    require(by, GIVE_PIN, on=person)
    stay = Stay.objects.open().filter(person=person).select_related("unit").first()
    if stay is None:
        raise NoPlaceHere
    _refuse_easy(code, person)
    if person.user_id is None:
        _give_access(person, stay.unit, at)
    pin, _made = Pin.objects.update_or_create(
        person=person,
        defaults={"code": make_password(code), "set_by": by, "set_at": at, "wrong": 0, "locked_until": None},
    )
    return pin


def enter(*, tablet: Tablet, tag: str, code: str, at: datetime) -> User | None:
    """Whose tag and PIN these are, in the house of the tablet; None for whatever is wrong, without saying what.

    Nobody acts yet, so it is the system that looks. Wrong PINs are counted; after `MOST_WRONG` the person waits.
    """
    with acting(User.objects.system(), "tablet.enter"):
        pin = (
            Pin.objects.select_for_update(of=("self",), no_key=True)
            .select_related("person__user")
            .filter(
                person__in=Stay.objects.open().filter(unit=tablet.unit_id, tag=tag.strip()).values("person"),
                person__user__is_active=True,
            )
            .first()
        )
        if pin is None:
            make_password(code)  # so that an unknown tag takes as long as a wrong PIN
            return None
        if pin.is_locked(at):
            return None
        if not pin.fits(code):
            _count_wrong(pin, at)
            return None
        if pin.wrong or pin.locked_until:
            Pin.objects.filter(pk=pin.pk).update(wrong=0, locked_until=None)
        return pin.person.user


def _count_wrong(pin: Pin, at: datetime) -> None:
    if pin.wrong + 1 >= MOST_WRONG:
        Pin.objects.filter(pk=pin.pk).update(wrong=0, locked_until=at + WAIT)
    else:
        Pin.objects.filter(pk=pin.pk).update(wrong=F("wrong") + 1)


def _refuse_easy(code: str, person: Person) -> None:
    if len(code) != FIGURES or not code.isascii() or not code.isdigit():
        raise Refused(_("PIN terdiri dari enam angka."), field="code")
    rising = "01234567890123456789"
    born = [f"{person.birth_date:{order}}" for order in ("%d%m%y", "%y%m%d", "%m%d%y")] if person.birth_date else []
    if len(set(code)) < 3 or code in rising or code in rising[::-1] or code in born:
        raise EasyPin(field="code")


def _give_access(person: Person, unit: Unit, at: datetime) -> None:
    """An account without password or address, for nothing but the person's own record."""
    system, user_id = User.objects.system(), uuid7()
    user = create_user(id=user_id, email=f"{user_id}@tablet.invalid", full_name=str(person)[:150], by=system, at=at)
    post(id=uuid7(), user=user, role=Role.RESIDENT, unit=unit, starts_on=today(), last_day=None, by=system, at=at)
    people.give_own_access(person=person, user=user, by=system, at=at)
    person.user = user
