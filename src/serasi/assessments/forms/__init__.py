from serasi.assessments.forms.filling import OpinionForm, StartForm, VoidForm
from serasi.assessments.forms.instrument import CatalogueFilter, DescribeForm, UploadForm

__all__ = ["CatalogueFilter", "DescribeForm", "OpinionForm", "StartForm", "UploadForm", "VoidForm"]
