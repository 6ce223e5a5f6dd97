"""Addresses of this app: one's devices and sendings, and the protocol by which devices come."""

from django.urls import path

from serasi.fieldwork.views import openrosa

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
    *(path(f"openrosa/{way}", view, name=name) for way, view, name in _OPENROSA),
    *(path(f"openrosa/k/<str:token>/{way}", view, name=f"keyed_{name}") for way, view, name in _OPENROSA),
]
