"""Forms of the import of a house: the file; what was read of it, to be saved."""

from typing import Any

from django import forms as django_forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.models import Unit, User
from serasi.common import forms
from serasi.common.forms.files import MB, TableFileField
from serasi.common.spreadsheets import MAX_BYTES
from serasi.interop.forms.roster import SPREADSHEETS
from serasi.interop.housing import kept, retold
from serasi.residence.queries import Wanted

_SALT = "serasi.interop.house"
_A_DAY = 24 * 60 * 60


class HouseFileForm(forms.SerasiForm):
    with_id = False
    file = TableFileField(
        endings=SPREADSHEETS,
        max_megabytes=MAX_BYTES // MB,
        label=gettext_lazy("Berkas rumah"),
        help_text=gettext_lazy("Excel, LibreOffice atau CSV. Tidak ada yang disimpan sebelum Anda melihat hasilnya."),
        error_messages={"required": gettext_lazy("Pilih berkas rumahnya.")},
    )


class HouseSaveForm(forms.ActForm):
    """The lines that were shown, signed for this house and this user, so that what is saved is what was looked at."""

    with_id = False
    lines = django_forms.CharField(widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, unit: Unit, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._whose = [str(unit.pk), str(user.pk)]

    @classmethod
    def showing(cls, wanted: list[Wanted], *, unit: Unit, user: User) -> "HouseSaveForm":
        form = cls(unit=unit, user=user)
        form.initial["lines"] = signing.dumps([form._whose, kept(wanted)], salt=_SALT, compress=True)
        return form

    def clean_lines(self) -> list[Wanted]:
        try:
            whose, lines = signing.loads(self.cleaned_data["lines"], salt=_SALT, max_age=_A_DAY)
        except signing.BadSignature as error:
            raise django_forms.ValidationError(
                _("Halaman ini sudah tidak berlaku. Unggah lagi berkasnya."), code="stale"
            ) from error
        if whose != self._whose:
            raise django_forms.ValidationError(
                _("Halaman ini sudah tidak berlaku. Unggah lagi berkasnya."), code="stale"
            )
        return retold(lines)

    def facts(self) -> dict[str, Any]:
        return {"wanted": self.cleaned_data["lines"]}
