"""Permissions of the service directory and of setting up institutions."""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

SET_UP_INSTITUTION = declare(
    "institutions.institution.set_up",
    _("Menyiapkan unit baru dari templat"),
    {Role.ADMINISTRATOR: Reach.TREE},
)
DESCRIBE_INSTITUTION = declare(
    "institutions.institution.describe",
    _("Mengubah keterangan, kapasitas dan layanan unit"),
    {Role.ADMINISTRATOR: Reach.TREE, Role.HEAD: Reach.TREE},
)
READ_DIRECTORY = declare(
    "institutions.directory.read",
    _("Membaca direktori layanan"),
    dict.fromkeys(Role, Reach.TREE),
)
KEEP_REFERENCE = declare("institutions.reference.keep", _("Memuat wilayah dan lembaga (hanya sistem)"), {})
