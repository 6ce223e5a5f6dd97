"""How every form of the site is drawn, those of libraries included: one form template, one field template."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.MultiWidget, ""),
    (forms.HiddenInput, ""),
    (forms.widgets.Input, "form-control"),
    (forms.Textarea, "form-control"),
)


class SerasiBoundField(BoundField):
    """A field in its form: the class of its widget, and what it is described by, come from here."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        look = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "")
        own = widget.attrs.get("class", "")
        if look and not widget.is_hidden:
            built["class"] = f"{look} {own}".strip()
        if suggestions := getattr(self.field, "suggestions", ""):
            built |= {
                "list": f"{self.auto_id}_saran",
                "hx-get": f"{suggestions}?{urlencode({'name': self.html_name})}",
                "hx-trigger": "input changed delay:300ms",
                "hx-target": f"#{self.auto_id}_saran",
                "hx-swap": "innerHTML",
            }
        return built

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if self.error_id and self.is_single_checkbox and described is None:
            return self.error_id
        return described

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}_error" if self.errors and self.auto_id else ""

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def focus_id(self) -> str:
        """What the error summary leads to: the control itself, the first of a group."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget):
            return f"{self.auto_id}_0"
        return self.auto_id

    @property
    def marked_optional(self) -> bool:
        """Whether "(opsional)" stands behind the label: forms of filters and single boxes do not say it."""
        return not self.field.required and not self.is_single_checkbox and getattr(self.form, "marks_optional", True)


class SerasiRenderer(TemplatesSetting):
    form_template_name = "common/forms/form.html"
    field_template_name = "common/forms/field.html"
    bound_field_class = SerasiBoundField
