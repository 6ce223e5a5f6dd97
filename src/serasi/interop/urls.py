"""Addresses of this app: rosters and houses on their way in."""

from django.urls import path

from serasi.interop.views import house, roster, row

app_name = "interop"
urlpatterns = [
    path("impor/", roster.rosters, name="rosters"),
    path("impor/templat.xlsx", roster.template, name="template"),
    path("impor/<uuid:pk>/", roster.roster, name="roster"),
    path("impor/<uuid:pk>/kolom/", roster.columns, name="columns"),
    path("impor/<uuid:pk>/simpan/", roster.save, name="save"),
    path("impor/<uuid:pk>/batal/", roster.cancel, name="cancel"),
    path("impor/<uuid:pk>/kesalahan.xlsx", roster.errors, name="errors"),
    path("hunian/rumah/templat.xlsx", house.template, name="house_template"),
    path("hunian/rumah/<uuid:unit_id>/impor/", house.house, name="house"),
    path("impor/baris/<uuid:pk>/", row.decide, name="decide"),
]
