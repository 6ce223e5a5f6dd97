"""Permissions of this app, as data. Neither shows a name: what a peer was told of whom stands in the reading log."""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

MANAGE_PEERS = declare(
    "exchange.peer.manage",
    _("Membuka dan mengakhiri pertukaran data dengan sistem lain"),
    {Role.ADMINISTRATOR: Reach.TREE},
)
SEE_PEERS = declare(
    "exchange.peer.see",
    _("Melihat sistem lain yang boleh bertanya, dan apa yang ditanyakannya (tanpa nama)"),
    {Role.ADMINISTRATOR: Reach.TREE, Role.HEAD: Reach.TREE},
)
