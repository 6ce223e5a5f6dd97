"""Addresses of this app: the page for work without signal."""

from django.urls import path

from serasi.fieldwork.views import page, pocket

app_name = "fieldwork"
_PAGE = (
    path("lapangan/", page.page, name="page"),
    path("lapangan/aplikasi.webmanifest", page.manifest, name="page_manifest"),
    path("lapangan/sw.js", page.worker, name="worker"),
    path("lapangan/saya/", pocket.who, name="who"),
    path("lapangan/perangkat/", pocket.open_one, name="open_page"),
    path("lapangan/saku/", pocket.pocket, name="pocket"),
    path("lapangan/formulir/<str:form_id>/<str:version>/", pocket.form, name="pocket_form"),
    path("lapangan/formulir/<str:form_id>/<str:version>/<str:name>", pocket.form, name="pocket_file"),
    path("lapangan/kirim/", pocket.deliver, name="deliver"),
)
urlpatterns = [*_PAGE]
