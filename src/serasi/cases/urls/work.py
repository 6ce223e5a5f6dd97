"""Plan, services, notes and monitoring."""

from django.urls import path

from serasi.cases.views import delivery, monitoring, note, plan

urlpatterns = [
    path("kasus/<uuid:case_id>/rencana/", plan.plans, name="plans"),
    path("kasus/<uuid:case_id>/rencana/baru/", plan.start_plan, name="start_plan"),
    path("kasus/<uuid:case_id>/rencana/<uuid:plan_id>/ubah/", plan.change_plan, name="change_plan"),
    path("kasus/<uuid:case_id>/rencana/<uuid:plan_id>/buang/", plan.discard_plan, name="discard_plan"),
    path("kasus/<uuid:case_id>/rencana/<uuid:plan_id>/ajukan/", plan.submit_plan, name="submit_plan"),
    path("kasus/<uuid:case_id>/rencana/<uuid:plan_id>/tujuan/", plan.add_goal, name="add_goal"),
    path("kasus/<uuid:case_id>/tujuan/<uuid:goal_id>/ubah/", plan.change_goal, name="change_goal"),
    path("kasus/<uuid:case_id>/tujuan/<uuid:goal_id>/hapus/", plan.remove_goal, name="remove_goal"),
    path("kasus/<uuid:case_id>/tujuan/<uuid:goal_id>/layanan/", plan.add_line, name="add_line"),
    path("kasus/<uuid:case_id>/layanan-rencana/<uuid:line_id>/ubah/", plan.change_line, name="change_line"),
    path("kasus/<uuid:case_id>/layanan-rencana/<uuid:line_id>/hapus/", plan.remove_line, name="remove_line"),
    path("kasus/<uuid:case_id>/layanan-rencana/<uuid:line_id>/beri/", delivery.deliver_line, name="deliver_line"),
    path("kasus/<uuid:case_id>/layanan/", delivery.services, name="services"),
    path("kasus/<uuid:case_id>/layanan/catat/", delivery.record_delivery, name="record_delivery"),
    path(
        "kasus/<uuid:case_id>/layanan/<uuid:delivery_id>/batalkan/",
        delivery.withdraw_delivery,
        name="withdraw_delivery",
    ),
    path("kasus/kegiatan/", delivery.sessions, name="sessions"),
    path("kasus/kegiatan/baru/", delivery.hold_group_session, name="hold_session"),
    path("kasus/kegiatan/<uuid:session_id>/", delivery.session, name="session"),
    path("kasus/layanan/", delivery.counted, name="services_counted"),
    path("kasus/<uuid:case_id>/catatan/", note.notes, name="notes"),
    path("kasus/<uuid:case_id>/catatan/<uuid:note_id>/perbaiki/", note.correct_note, name="correct_note"),
    path("kasus/<uuid:case_id>/pemantauan/", monitoring.monitoring, name="monitoring"),
    path("kasus/<uuid:case_id>/pemantauan/baru/", monitoring.monitor, name="monitor"),
]
