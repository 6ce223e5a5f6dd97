"""Reports, triage and the opening of a case."""

from django.urls import path

from serasi.cases.views import opening, report

urlpatterns = [
    path("kasus/laporan/", report.reports, name="reports"),
    path("kasus/laporan/baru/", report.receive, name="receive"),
    path("kasus/laporan/darurat/", report.crisis, name="crisis"),
    path("kasus/laporan/<uuid:report_id>/", report.report, name="report"),
    path("kasus/laporan/<uuid:report_id>/dibuka/", report.looks, name="report_looks"),
    path("kasus/laporan/<uuid:report_id>/lengkapi/", report.complete, name="complete_report"),
    path("kasus/laporan/<uuid:report_id>/orang/", report.person, name="report_person"),
    path("kasus/laporan/<uuid:report_id>/buka/", opening.open_file, name="open"),
    path("kasus/baru/", opening.open_file, name="open_without_report"),
    path("kasus/orang/<uuid:pk>/", opening.of_person, name="of_person"),
]
