"""The file itself: header, timeline, team, agreement, assessment, conference, documents."""

from django.urls import path

from serasi.cases.views import agreement, assessment, case, conference, opening, report, task, team

urlpatterns = [
    path("kasus/", case.cases, name="list"),
    path("kasus/<uuid:case_id>/", case.case, name="case"),
    path("kasus/<uuid:case_id>/dibuka/", case.looks, name="looks"),
    path("kasus/<uuid:case_id>/riwayat/", case.history, name="history"),
    path("kasus/<uuid:case_id>/cetak/", case.print_file, name="print"),
    path("kasus/<uuid:case_id>/darurat/", opening.open_in_emergency, name="break_glass"),
    path("kasus/<uuid:case_id>/laporan/", report.report_of_case, name="report_of_case"),
    path("kasus/<uuid:case_id>/tahap/<str:to>/", case.stage, name="stage"),
    path("kasus/<uuid:case_id>/pendekatan/", case.approach, name="approach"),
    path("kasus/<uuid:case_id>/risiko/", case.risk, name="risk"),
    path("kasus/<uuid:case_id>/kerahasiaan/", case.confidentiality, name="confidentiality"),
    path("kasus/<uuid:case_id>/kesepakatan/", agreement.agreements, name="agreements"),
    path("kasus/<uuid:case_id>/kesepakatan/baru/", agreement.sign, name="sign"),
    path(
        "kasus/<uuid:case_id>/kesepakatan/<uuid:agreement_id>/cetak/", agreement.print_agreement, name="print_agreement"
    ),
    path(
        "kasus/<uuid:case_id>/persetujuan/<uuid:consent_id>/berhenti/",
        agreement.consent_stopped,
        name="consent_stopped",
    ),
    path("kasus/<uuid:case_id>/asesmen/", assessment.assessments, name="assessments"),
    path("kasus/<uuid:case_id>/asesmen/spm/", assessment.spm, name="spm"),
    path("kasus/<uuid:case_id>/asesmen/baru/<str:domain>/", assessment.start, name="start_assessment"),
    path("kasus/<uuid:case_id>/asesmen/<uuid:assessment_id>/", assessment.assessment, name="assessment"),
    path("kasus/<uuid:case_id>/temu-bahas/", conference.conferences, name="conferences"),
    path("kasus/<uuid:case_id>/temu-bahas/baru/", conference.hold, name="hold_conference"),
    path("kasus/<uuid:case_id>/temu-bahas/<uuid:conference_id>/", conference.conference, name="conference"),
    path("kasus/<uuid:case_id>/tim/", team.team, name="team"),
    path("kasus/<uuid:case_id>/tim/tambah/", team.add, name="add_member"),
    path("kasus/<uuid:case_id>/tim/manajer/", team.manager, name="manager"),
    path("kasus/<uuid:case_id>/tim/<uuid:member_id>/akhiri/", team.end, name="end_member"),
    path("kasus/<uuid:case_id>/tugas/baru/", task.give, name="give_task"),
    path("kasus/<uuid:case_id>/tugas/<uuid:task_id>/selesai/", task.done, name="do_task"),
    path("kasus/<uuid:case_id>/tugas/<uuid:task_id>/batal/", task.undo, name="undo_task"),
]
