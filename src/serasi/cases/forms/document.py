"""What is handed in to be put into a file."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.cases.forms.note import tag_choices
from serasi.common.forms import ActForm, FileField, MultipleChoiceField, TextField


class DocumentForm(ActForm):
    title = TextField(label=_("Judul"), max_length=200, help_text=_("Misalnya: surat keterangan RT"))
    file = FileField(label=_("Berkas"), max_megabytes=10)
    tags = MultipleChoiceField(
        label=_("Tanda bagian"),
        required=False,
        inline=True,
        help_text=_("Dokumen bertanda hanya dibaca profesi yang memerlukannya."),
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"].choices = tag_choices(actor)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        content = typed.pop("file").read()
        return typed | {"content": content}
