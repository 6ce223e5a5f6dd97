"""Reading what was typed: the form base, the fields with messages in plain Indonesian, and how they are drawn.

A form parses and checks what was typed; it decides and saves nothing. Import from here.
"""

from serasi.common.forms.base import ActForm, Fieldset, Refusal, Row, SerasiForm
from serasi.common.forms.dates import ApproximateAge, ApproximateAgeField, DateField, DateTimeField, TimeField
from serasi.common.forms.fields import (
    BooleanField,
    ChoiceField,
    IntegerField,
    LongTextField,
    ModelChoiceField,
    MultipleChoiceField,
    PhoneField,
    RadioField,
    RegionField,
    RupiahField,
    SearchField,
    TextField,
)
from serasi.common.forms.files import FileField, PhotoField
from serasi.common.forms.filters import ActiveFilter, FilterForm
from serasi.common.forms.renderer import SerasiBoundField, SerasiRenderer

__all__ = [
    "ActForm",
    "ActiveFilter",
    "ApproximateAge",
    "ApproximateAgeField",
    "BooleanField",
    "ChoiceField",
    "DateField",
    "DateTimeField",
    "Fieldset",
    "FileField",
    "FilterForm",
    "IntegerField",
    "LongTextField",
    "ModelChoiceField",
    "MultipleChoiceField",
    "PhoneField",
    "PhotoField",
    "RadioField",
    "Refusal",
    "RegionField",
    "Row",
    "RupiahField",
    "SearchField",
    "SerasiBoundField",
    "SerasiForm",
    "SerasiRenderer",
    "TextField",
    "TimeField",
]
