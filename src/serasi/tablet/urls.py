"""Addresses of this app: tablets of a house, the door on them, one's own page."""

from django.urls import path

from serasi.tablet.views import door, own, tablets

app_name = "tablet"
urlpatterns = [
    path("tablet/", tablets.tablets, name="tablets"),
    path("tablet/baru/", tablets.open_tablet, name="open"),
    path("tablet/<uuid:tablet_id>/cabut/", tablets.close_tablet, name="close"),
    path("tablet/masuk/", door.door, name="door"),
    path("tablet/selesai/", door.leave, name="leave"),
    path("saya/", own.own, name="own"),
    path("kasus/<uuid:case_id>/akses/", tablets.of_case, name="of_case"),
    path("kasus/<uuid:case_id>/akses/pin/", tablets.give_pin, name="give_pin"),
]
