"""What is typed on the pages of this app."""

from django.utils.translation import gettext_lazy as _

from serasi.common.forms import ActForm, TextField


class CollectForm(ActForm):
    name = TextField(label=_("Nama perangkat"), max_length=60, help_text=_("Misalnya: Samsung A05 saya"))
