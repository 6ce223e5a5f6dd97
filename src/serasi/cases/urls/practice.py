"""A new unit made ready to work, and how a unit works."""

from django.urls import path

from serasi.cases.views import practice

urlpatterns = [
    path("pengaturan/unit/<uuid:pk>/tata-kerja/", practice.change, name="practice"),
    path("pengaturan/unit/baru/", practice.choose_template, name="unit_setup"),
    path("pengaturan/unit/baru/<slug:template>/", practice.start, name="unit_start"),
]
