"""Addresses of this app: the board of a house, the house itself, the stays, coming to live there."""

from django.urls import path

from serasi.residence.views import acts, admission, board, house, stay

app_name = "residence"
urlpatterns = [
    path("hunian/", board.boards, name="boards"),
    path("hunian/<uuid:unit_id>/", board.house_board, name="board"),
    path("hunian/rumah/", house.houses, name="houses"),
    path("hunian/rumah/<uuid:unit_id>/", house.house, name="house"),
    path("hunian/rumah/<uuid:unit_id>/gedung/", house.add_building, name="add_building"),
    path("hunian/gedung/<uuid:building_id>/wisma/", house.add_ward, name="add_ward"),
    path("hunian/wisma/<uuid:ward_id>/", house.change_ward, name="change_ward"),
    path("hunian/wisma/<uuid:ward_id>/tutup/", house.close_ward, name="close_ward"),
    path("hunian/wisma/<uuid:ward_id>/kamar/", house.add_room, name="add_room"),
    path("hunian/kamar/<uuid:room_id>/", house.change_room, name="change_room"),
    path("hunian/kamar/<uuid:room_id>/tutup/", house.close_room, name="close_room"),
    path("hunian/kamar/<uuid:room_id>/tempat-tidur/", house.add_beds, name="add_beds"),
    path("hunian/tempat-tidur/<uuid:bed_id>/", house.bed, name="bed"),
    path("hunian/tempat-tidur/<uuid:bed_id>/ubah/", house.change_bed, name="change_bed"),
    path("hunian/tempat-tidur/<uuid:bed_id>/hapus/", house.close_bed, name="close_bed"),
    path("hunian/tempat-tidur/<uuid:bed_id>/rusak/", house.put_out_of_order, name="put_out_of_order"),
    path("hunian/tempat-tidur/<uuid:bed_id>/pulih/", house.put_back, name="put_back"),
    path("hunian/tinggal/<uuid:stay_id>/", stay.stay, name="stay"),
    path("hunian/tinggal/<uuid:stay_id>/pindah/", acts.move, name="move"),
    path("hunian/tinggal/<uuid:stay_id>/izin/", acts.leave, name="leave"),
    path("hunian/tinggal/<uuid:stay_id>/rumah-sakit/", acts.hospital, name="hospital"),
    path("hunian/tinggal/<uuid:stay_id>/tanpa-izin/", acts.absconded, name="absconded"),
    path("hunian/tinggal/<uuid:stay_id>/kembali/", acts.come_back, name="come_back"),
    path("hunian/tinggal/<uuid:stay_id>/lepas/", acts.release, name="release"),
    path("hunian/tinggal/<uuid:stay_id>/akhiri/", acts.end, name="end"),
    path("hunian/tinggal/<uuid:stay_id>/rencana/", acts.plan, name="plan"),
    path("hunian/tinggal/<uuid:stay_id>/betulkan/<uuid:movement_id>/", acts.correct, name="correct"),
    path("hunian/tinggal/<uuid:stay_id>/cabut/<uuid:movement_id>/", acts.withdraw, name="withdraw"),
    path("kasus/<uuid:case_id>/hunian/", admission.of_case, name="of_case"),
    path("kasus/<uuid:case_id>/hunian/terima/", admission.admit, name="admit"),
]
