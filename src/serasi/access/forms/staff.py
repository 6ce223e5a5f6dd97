"""What is typed about staff and their postings."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Role
from serasi.access.fields import EmailField, UnitChoiceField
from serasi.access.models import Unit, User
from serasi.access.permissions import MANAGE_POSTINGS, grantable_roles
from serasi.access.scope import today
from serasi.common.forms import (
    BooleanField,
    ChoiceField,
    DateField,
    Fieldset,
    FilterForm,
    Row,
    SerasiForm,
    TextField,
)


class _PostingFields(SerasiForm):
    """Role, unit and time of a posting; only what the actor may give is offered."""

    unit = UnitChoiceField(None, label=_("Unit"))
    role = ChoiceField(label=_("Peran"))
    starts_on = DateField(label=_("Mulai"), initial=today, not_before=lambda: today() - timedelta(days=366))
    last_day = DateField(
        label=_("Hari terakhir"),
        required=False,
        help_text=_("Kosongkan bila belum diketahui. Akses berakhir sendiri sesudah hari ini."),
    )
    may_approve_own = BooleanField(
        label=_("Boleh menyetujui pekerjaannya sendiri"),
        required=False,
        help_text=_("Hanya untuk unit yang tidak punya penyetuju lain."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["unit"].queryset = Unit.objects.reached_by(by, MANAGE_POSTINGS).open()  # type: ignore[attr-defined]
        roles = {role for post in by.scope.posts for role in grantable_roles(by, post.unit_path)}
        self.fields["role"].choices = [("", _("Pilih…")), *((r.value, r.label) for r in Role if r in roles)]  # type: ignore[attr-defined]
        if Role.ADMINISTRATOR not in by.scope.roles:
            del self.fields["may_approve_own"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Hari terakhir tidak boleh sebelum hari mulai."))
        return cleaned


class PostingForm(_PostingFields):
    layout: ClassVar = ("unit", "role", Row("starts_on", "last_day"), "may_approve_own")


class NewStaffForm(_PostingFields):
    """Someone new: an account and a first posting, in one form."""

    layout: ClassVar = (
        Fieldset(_("Siapa"), ("full_name", "email", "language")),
        Fieldset(_("Bertugas di mana"), ("unit", "role", Row("starts_on", "last_day"), "may_approve_own")),
    )

    full_name = TextField(label=_("Nama lengkap"), max_length=150, help_text=_("Dengan gelar, seperti pada surat."))
    email = EmailField(label=_("Surel"), max_length=254, help_text=_("Dipakai untuk masuk."))
    language = forms.ChoiceField(label=_("Bahasa layar"), choices=settings.LANGUAGES, initial="id")


class UserForm(SerasiForm):
    with_id = False
    with_revision = True

    full_name = TextField(label=_("Nama lengkap"), max_length=150)
    email = EmailField(label=_("Surel"), max_length=254)
    language = forms.ChoiceField(label=_("Bahasa layar"), choices=settings.LANGUAGES, initial="id")


class EndPostingForm(SerasiForm):
    with_id = False

    last_day = DateField(
        label=_("Hari terakhir bertugas"),
        help_text=_("Isi tanggal kemarin bila akses harus berhenti sekarang juga."),
        not_before=lambda: today() - timedelta(days=1),
    )


class ExtendPostingForm(SerasiForm):
    with_id = False

    last_day = DateField(
        label=_("Hari terakhir yang baru"),
        required=False,
        help_text=_("Kosongkan bila belum diketahui."),
        not_before=today,
    )


class StaffFilter(FilterForm):
    cari = TextField(label=_("Nama atau surel"), max_length=80)
    unit = UnitChoiceField(None, label=_("Unit"), empty_label=_("Semua unit"))
    peran = ChoiceField(label=_("Peran"), choices=Role.choices, empty_label=_("Semua peran"))
    masa = ChoiceField(
        label=_("Masa tugas"),
        choices=[
            ("berlaku", _("Berlaku")),
            ("habis", _("Habis dalam 30 hari")),
            ("nanti", _("Belum mulai")),
            ("lalu", _("Berakhir")),
        ],
        empty_label=_("Berlaku dan belum mulai"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.reached_by(by, MANAGE_POSTINGS)  # type: ignore[attr-defined]
