"""What a device and the desk say differently about people."""

from serasi.access.scope import today
from serasi.fieldwork.enums import Fact
from serasi.fieldwork.queries.caseload import homes_of
from serasi.people.models import Person


def standing_of(person: Person) -> dict[Fact, str]:
    """What stands at the desk now."""
    home = homes_of([person], today()).get(person.pk)
    return {Fact.PHONE: person.phone, Fact.ADDRESS: home.line if home else "", Fact.NICKNAME: person.nickname}
