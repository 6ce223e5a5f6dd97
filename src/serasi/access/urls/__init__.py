"""Addresses of this app: one's own account, units and staff, who may what, the trail."""

from django.urls import path

from serasi.access.views import account, lock, outbox, permissions, sign_out, staff, trail, units, work

app_name = "access"
urlpatterns = [
    path("keluar/", sign_out.sign_out, name="sign_out"),
    path("masuk/kunci/", lock.lock, name="lock"),
    path("akun/", account.account, name="account"),
    path("akun/masuk/", account.sign_ins, name="sign_ins"),
    path("kewenangan/", permissions.who_may_what, name="permissions"),
    path("pengaturan/unit/", units.units, name="units"),
    path("pengaturan/unit/<uuid:pk>/", units.unit, name="unit"),
    path("pengaturan/unit/<uuid:pk>/ubah/", units.change, name="unit_change"),
    path("pengaturan/unit/<uuid:pk>/pindah/", units.move, name="unit_move"),
    path("pengaturan/unit/<uuid:pk>/tutup/", units.close, name="unit_close"),
    path("pengaturan/unit/<uuid:pk>/buka/", units.reopen, name="unit_reopen"),
    path("pengaturan/petugas/", staff.people, name="staff"),
    path("pengaturan/petugas/tambah/", staff.add, name="staff_add"),
    path("pengaturan/petugas/<uuid:pk>/", staff.person, name="staff_person"),
    path("pengaturan/petugas/<uuid:pk>/ubah/", staff.change, name="staff_change"),
    path("pengaturan/petugas/<uuid:pk>/undang/", staff.invite, name="staff_invite"),
    path("pengaturan/petugas/<uuid:pk>/lepas-verifikasi/", staff.take_off, name="staff_take_off"),
    path("pengaturan/petugas/<uuid:pk>/matikan/", staff.switch_off, name="staff_switch_off"),
    path("pengaturan/petugas/<uuid:pk>/aktifkan/", staff.switch_on, name="staff_switch_on"),
    path("pengaturan/petugas/<uuid:pk>/tugaskan/", staff.post, name="staff_post"),
    path("pengaturan/penugasan/<uuid:pk>/akhiri/", staff.end, name="posting_end"),
    path("pengaturan/penugasan/<uuid:pk>/perpanjang/", staff.extend, name="posting_extend"),
    path("pekerjaan/<uuid:pk>/", work.work, name="work"),
    path("pekerjaan/<uuid:pk>/batal/", work.cancel, name="work_cancel"),
    path("kiriman/", outbox.held, name="outbox"),
    path("kiriman/terima/", outbox.deliver, name="outbox_deliver"),
    path("kiriman/<uuid:pk>/", outbox.entry, name="outbox_entry"),
    path("kiriman/<uuid:pk>/buang/", outbox.drop, name="outbox_drop"),
    path("jejak/", trail.looks, name="trail"),
    path("jejak/darurat/", trail.emergencies, name="emergencies"),
    path("jejak/darurat/<uuid:pk>/", trail.review, name="emergency_review"),
    path("jejak/perubahan/", trail.writes, name="writes"),
]
