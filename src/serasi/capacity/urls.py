"""Addresses of this app: what is expected of houses, who waits, who could live outside, where there is a place."""

from django.urls import path

from serasi.capacity.views import houses, waiting

app_name = "capacity"
urlpatterns = [
    path("hunian/prakiraan/", houses.houses, name="houses"),
    path("hunian/prakiraan/<uuid:unit_id>/", houses.house, name="house"),
    path("hunian/prakiraan/<uuid:unit_id>/hitung/", houses.reckon, name="reckon"),
    path("hunian/prakiraan/<uuid:unit_id>/tunggu/", houses.waiting, name="waiting"),
    path("hunian/prakiraan/<uuid:unit_id>/luar/", houses.outside, name="outside"),
    path("hunian/prakiraan/<uuid:unit_id>/tempat/", houses.elsewhere, name="elsewhere"),
    path("kasus/<uuid:case_id>/tunggu/", waiting.of_case, name="of_case"),
    path("kasus/<uuid:case_id>/tunggu/masuk/", waiting.wait, name="wait"),
    path("kasus/<uuid:case_id>/tunggu/<uuid:waiting_id>/upaya/", waiting.attempt, name="attempt"),
    path("kasus/<uuid:case_id>/tunggu/<uuid:waiting_id>/keluar/", waiting.leave, name="leave"),
]
