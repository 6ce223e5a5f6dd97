"""A new unit made ready to work."""

from django.urls import path

from serasi.cases.views import practice

urlpatterns = [
    path("pengaturan/unit/baru/", practice.choose_template, name="unit_setup"),
    path("pengaturan/unit/baru/<slug:template>/", practice.start, name="unit_start"),
]
