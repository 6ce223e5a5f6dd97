"""Addresses of this app: one's devices and sendings, and the protocol by which devices come."""

from django.urls import path

from serasi.fieldwork.views import devices, openrosa, sendings

app_name = "fieldwork"
_OPENROSA = (
    ("formList", openrosa.form_list, "form_list"),
    ("form/<str:form_id>/<str:version>", openrosa.form, "form"),
    ("manifest/<str:form_id>/<str:version>", openrosa.manifest, "manifest"),
    ("media/<str:form_id>/<str:version>/<str:name>", openrosa.media, "media"),
    ("integrity", openrosa.integrity, "integrity"),
    ("submission", openrosa.submission, "submission"),
)
urlpatterns = [
    path("perangkat-lapangan/", devices.devices, name="devices"),
    path("perangkat-lapangan/collect/", devices.add_collect, name="add_collect"),
    path("perangkat-lapangan/unit/", devices.unit, name="unit"),
    path("perangkat-lapangan/<uuid:device_id>/akhiri/", devices.close, name="close"),
    path("perangkat-lapangan/kiriman/", sendings.sendings, name="sendings"),
    path("perangkat-lapangan/kiriman/<uuid:submission_id>/", sendings.sending, name="sending"),
    path("perangkat-lapangan/kiriman/<uuid:submission_id>/ambil/", sendings.take, name="take"),
    path("perangkat-lapangan/kiriman/<uuid:submission_id>/buang/", sendings.drop, name="drop"),
    path("perangkat-lapangan/kiriman/<uuid:submission_id>/berkas/<uuid:file_id>/", sendings.file, name="file"),
    path("perangkat-lapangan/perbedaan/", sendings.differences, name="differences"),
    path("perangkat-lapangan/perbedaan/<uuid:difference_id>/", sendings.decide, name="decide"),
    *(path(f"openrosa/{way}", view, name=name) for way, view, name in _OPENROSA),
    *(path(f"openrosa/k/<str:token>/{way}", view, name=f"keyed_{name}") for way, view, name in _OPENROSA),
]
