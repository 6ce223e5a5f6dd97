"""The permissions of taking in a wave and who holds them.

Whoever works in the unit registers; who heads it opens and closes. A helper let in with the code of a gathering may
there what their role may in its own unit. Officers of the Dinas read counts and lists.
"""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

_WORKERS = {
    Role.SOCIAL_WORKER: Reach.UNIT,
    Role.LKS_WORKER: Reach.UNIT,
    Role.SUPERVISOR: Reach.UNIT,
    Role.HEAD: Reach.TREE,
}
_HANDS = {
    **_WORKERS,
    Role.CARER: Reach.UNIT,
    Role.PSYCHOLOGIST: Reach.UNIT,
    Role.INSTRUCTOR: Reach.UNIT,
    Role.FIELD_ASSISTANT: Reach.UNIT,
}

SEE_GATHERING = declare(
    "shelters.gathering.see",
    _("Melihat penampungan dan siapa yang datang"),
    {**_HANDS, Role.DINAS_OFFICER: Reach.TREE},
    reads=True,
)
OPEN_GATHERING = declare(
    "shelters.gathering.open",
    _("Membuka dan menutup penampungan"),
    {Role.HEAD: Reach.TREE, Role.SUPERVISOR: Reach.UNIT, Role.LKS_WORKER: Reach.UNIT},
)
REGISTER_ARRIVAL = declare("shelters.arrival.register", _("Mencatat dan membetulkan kedatangan"), _HANDS)
RECOGNISE_ARRIVAL = declare("shelters.arrival.recognise", _("Mencocokkan kedatangan dengan daftar orang"), _WORKERS)
ACCOUNT_ARRIVAL = declare("shelters.arrival.account", _("Mencatat ke mana orang diteruskan"), _WORKERS)
