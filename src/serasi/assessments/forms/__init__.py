from serasi.assessments.forms.filling import OpinionForm, StartForm, VoidForm
from serasi.assessments.forms.instrument import CatalogueFilter, DescribeForm, FilesForm, UploadForm
from serasi.assessments.forms.part import PartForm

__all__ = [
    "CatalogueFilter",
    "DescribeForm",
    "FilesForm",
    "OpinionForm",
    "PartForm",
    "StartForm",
    "UploadForm",
    "VoidForm",
]
