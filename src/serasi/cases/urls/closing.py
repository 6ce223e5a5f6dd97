"""Resocialisation, termination, after-care, reopening."""

from django.urls import path

from serasi.cases.views import aftercare, homecoming, termination

urlpatterns = [
    path("kasus/<uuid:case_id>/resosialisasi/", homecoming.homecoming, name="homecoming"),
    path("kasus/<uuid:case_id>/resosialisasi/penelusuran/", homecoming.trace, name="trace"),
    path("kasus/<uuid:case_id>/resosialisasi/kesiapan/", homecoming.readiness, name="readiness"),
    path("kasus/<uuid:case_id>/resosialisasi/serah-terima/", homecoming.hand_over, name="record_handover"),
    path("kasus/<uuid:case_id>/terminasi/", termination.closure, name="closure"),
    path(
        "kasus/<uuid:case_id>/terminasi/<uuid:termination_id>/akhiri/",
        termination.complete_termination,
        name="complete_termination",
    ),
    path(
        "kasus/<uuid:case_id>/terminasi/<uuid:termination_id>/batalkan/",
        termination.cancel_termination,
        name="cancel_termination",
    ),
    path("kasus/<uuid:case_id>/buka-kembali/", termination.reopen_case, name="reopen_case"),
    path("kasus/<uuid:case_id>/bimbingan-lanjut/", aftercare.aftercare, name="aftercare"),
    path("kasus/<uuid:case_id>/bimbingan-lanjut/baru/", aftercare.plan_visit, name="plan_visit"),
    path("kasus/<uuid:case_id>/bimbingan-lanjut/<uuid:visit_id>/catat/", aftercare.hold_visit, name="hold_visit"),
    path(
        "kasus/<uuid:case_id>/bimbingan-lanjut/<uuid:visit_id>/jadwal/",
        aftercare.reschedule_visit,
        name="reschedule_visit",
    ),
    path(
        "kasus/<uuid:case_id>/bimbingan-lanjut/<uuid:visit_id>/batalkan/", aftercare.cancel_visit, name="cancel_visit"
    ),
]
