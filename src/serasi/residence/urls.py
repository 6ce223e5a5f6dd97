"""Addresses of this app: the board of a house, the stays, coming to live there."""

from django.urls import path

from serasi.residence.views import admission, board, stay

app_name = "residence"
urlpatterns = [
    path("hunian/", board.boards, name="boards"),
    path("hunian/<uuid:unit_id>/", board.house_board, name="board"),
    path("hunian/tinggal/<uuid:stay_id>/", stay.stay, name="stay"),
    path("hunian/tinggal/<uuid:stay_id>/pindah/", stay.move, name="move"),
    path("hunian/tinggal/<uuid:stay_id>/izin/", stay.leave, name="leave"),
    path("hunian/tinggal/<uuid:stay_id>/rumah-sakit/", stay.hospital, name="hospital"),
    path("hunian/tinggal/<uuid:stay_id>/tanpa-izin/", stay.absconded, name="absconded"),
    path("hunian/tinggal/<uuid:stay_id>/kembali/", stay.come_back, name="come_back"),
    path("hunian/tinggal/<uuid:stay_id>/lepas/", stay.release, name="release"),
    path("hunian/tinggal/<uuid:stay_id>/akhiri/", stay.end, name="end"),
    path("hunian/tinggal/<uuid:stay_id>/rencana/", stay.plan, name="plan"),
    path("hunian/tinggal/<uuid:stay_id>/betulkan/<uuid:movement_id>/", stay.correct, name="correct"),
    path("hunian/tinggal/<uuid:stay_id>/cabut/<uuid:movement_id>/", stay.withdraw, name="withdraw"),
    path("kasus/<uuid:case_id>/hunian/", admission.of_case, name="of_case"),
    path("kasus/<uuid:case_id>/hunian/terima/", admission.admit, name="admit"),
]
