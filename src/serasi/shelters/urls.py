"""Addresses of taking in a wave."""

from django.urls import path

from serasi.shelters.views import arrival, gathering, onward, recognition

app_name = "shelters"
urlpatterns = [
    path("penampungan/", gathering.gatherings, name="gatherings"),
    path("penampungan/buka/", gathering.new, name="open"),
    path("penampungan/bantu/", gathering.join, name="join"),
    path("penampungan/<uuid:pk>/", gathering.gathering, name="gathering"),
    path("penampungan/<uuid:pk>/hitung/", gathering.count, name="count"),
    path("penampungan/<uuid:pk>/tutup/", gathering.close, name="close"),
    path("penampungan/<uuid:pk>/mulai/", arrival.begin, name="begin"),
    path("penampungan/<uuid:pk>/catat/", arrival.register, name="register"),
    path("penampungan/<uuid:pk>/teruskan/", onward.onward, name="onward"),
    path("penampungan/<uuid:pk>/manifes/", onward.manifest, name="manifest"),
    path("penampungan/<uuid:pk>/cocokkan/", recognition.recognise, name="recognise"),
    path("penampungan/kedatangan/<uuid:pk>/", arrival.arrival, name="arrival"),
    path("penampungan/kedatangan/<uuid:pk>/foto/", arrival.photo, name="photo"),
    path("penampungan/kedatangan/<uuid:pk>/betulkan/", arrival.change, name="change"),
    path("penampungan/kedatangan/<uuid:pk>/batal/", arrival.withdraw, name="withdraw"),
]
