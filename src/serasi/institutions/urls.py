"""Addresses of the directory, of one place, and of suggestions for regions."""

from django.urls import path

from serasi.institutions.views import directory, institution, regions

app_name = "institutions"
urlpatterns = [
    path("direktori/", directory.directory, name="directory"),
    path("direktori/<uuid:pk>/", institution.institution, name="institution"),
    path("unit/<uuid:pk>/", institution.of_unit, name="of_unit"),
    path("direktori/<uuid:pk>/ubah/", institution.change, name="institution_change"),
    path("direktori/<uuid:pk>/kapasitas/", institution.add_capacity, name="capacity_add"),
    path("direktori/<uuid:pk>/layanan/", institution.add_service, name="service_add"),
    path("direktori/layanan/<uuid:pk>/ubah/", institution.change_service, name="service_change"),
    path("wilayah/saran/", regions.suggestions, name="region_suggestions"),
]
