"""Addresses of this app: a ward and its day."""

from django.urls import path

from serasi.daily.views import day, handover, meals, medicine, notes, roll_call, rounds, summary, vitals

app_name = "daily"
urlpatterns = [
    path("harian/", day.wards, name="wards"),
    path("harian/wisma/<uuid:ward_id>/", day.ward, name="ward"),
    path("harian/wisma/<uuid:ward_id>/apel/", roll_call.take_roll_call, name="take_roll_call"),
    path("harian/apel/<uuid:roll_call_id>/", roll_call.roll_call, name="roll_call"),
    path("harian/apel/tanda/<uuid:mark_id>/mutasi/", roll_call.follow_up, name="follow_up"),
    path("harian/apel/tanda/<uuid:mark_id>/", roll_call.missing, name="missing"),
    path("harian/apel/tanda/<uuid:mark_id>/betulkan/", roll_call.correct_mark, name="correct_mark"),
    path("harian/wisma/<uuid:ward_id>/putaran/<slug:kind>/", rounds.make_round, name="round"),
    path("harian/putaran/<uuid:round_id>/", rounds.read_round, name="read_round"),
    path("harian/putaran/<uuid:round_id>/cabut/", rounds.withdraw_round, name="withdraw_round"),
    path("harian/putaran/isian/<uuid:entry_id>/betulkan/", rounds.correct_entry, name="correct_entry"),
    path("harian/wisma/<uuid:ward_id>/obat/", medicine.medicine, name="medicine"),
    path("harian/wisma/<uuid:ward_id>/obat/tercatat/", medicine.doses, name="doses"),
    path("harian/obat/<uuid:dose_id>/betulkan/", medicine.correct_dose, name="correct_dose"),
    path("harian/wisma/<uuid:ward_id>/resep/", medicine.prescriptions, name="prescriptions"),
    path("harian/wisma/<uuid:ward_id>/resep/salin/", medicine.copy_prescription, name="copy_prescription"),
    path("harian/resep/<uuid:prescription_id>/hentikan/", medicine.end_prescription, name="end_prescription"),
    path("harian/resep/<uuid:prescription_id>/beri/", medicine.give_when_needed, name="give_when_needed"),
    path("harian/wisma/<uuid:ward_id>/serah-terima/", handover.hand_over, name="hand_over"),
    path("harian/serah-terima/<uuid:handover_id>/", handover.handover, name="handover"),
    path("harian/serah-terima/<uuid:handover_id>/sudah-dibaca/", handover.acknowledge, name="acknowledge"),
    path("harian/wisma/<uuid:ward_id>/catatan/", notes.notes, name="notes"),
    path("harian/wisma/<uuid:ward_id>/catatan/baru/", notes.write_note, name="write_note"),
    path("harian/wisma/<uuid:ward_id>/diet/", meals.diets, name="diets"),
    path("harian/wisma/<uuid:ward_id>/diet/baru/", meals.order_diet, name="order_diet"),
    path("harian/diet/<uuid:diet_id>/akhiri/", meals.end_diet, name="end_diet"),
    path("harian/dapur/<uuid:unit_id>/", meals.kitchen_list, name="kitchen"),
    path("harian/wisma/<uuid:ward_id>/ringkasan/", summary.summary, name="summary"),
    path("harian/giliran/<uuid:unit_id>/", summary.practice, name="practice"),
    path("harian/wisma/<uuid:ward_id>/tanda-vital/", vitals.measure_ward, name="measure_ward"),
    path("harian/penghuni/<uuid:stay_id>/tanda-vital/", vitals.of_stay, name="vitals_of_stay"),
    path("harian/penghuni/<uuid:stay_id>/tanda-vital/ukur/", vitals.measure_stay, name="measure_stay"),
    path("harian/tanda-vital/<uuid:vitals_id>/betulkan/", vitals.correct_vitals, name="correct_vitals"),
    path("harian/tanda-vital/<uuid:vitals_id>/tindak-lanjut/", vitals.respond, name="respond_to_vitals"),
    path("harian/tanda-vital/unit/<uuid:unit_id>/", vitals.practice, name="vitals_practice"),
    path("kasus/<uuid:case_id>/harian/", notes.of_case, name="of_case"),
]
