"""How many came, how many are here still, where the others went: one statement."""

from dataclasses import dataclass, fields

from django.db.models import Count, Q

from serasi.shelters.enums import Health
from serasi.shelters.models import Arrival, Gathering


@dataclass(frozen=True, slots=True)
class Account:
    """``came`` is always ``here`` and ``gone`` together. Numbers of those who need something count who is here."""

    came: int
    here: int
    children: int
    alone: int
    red: int
    yellow: int
    in_danger: int
    unmatched: int
    late: int

    @property
    def gone(self) -> int:
        return self.came - self.here


def account_of(gathering: Gathering) -> Account:
    here = Q(pk__in=Arrival.objects.filter(gathering=gathering).here().values("pk"))
    counted = (
        Arrival.objects.filter(gathering=gathering)
        .with_standing()
        .aggregate(
            came=Count("pk"),
            here=Count("pk", filter=here),
            children=Count("pk", filter=here & Q(age__lt=18)),
            alone=Count("pk", filter=here & Q(is_alone=True)),
            red=Count("pk", filter=here & Q(health=Health.RED)),
            yellow=Count("pk", filter=here & Q(health=Health.YELLOW)),
            in_danger=Count("pk", filter=here & ~Q(dangers=[])),
            unmatched=Count("pk", filter=Q(person=None)),
            late=Count("pk", filter=here & Q(is_late=True)),
        )
    )
    return Account(**{field.name: counted[field.name] for field in fields(Account)})
