"""Addresses of this app: incidents, restraint and isolation, concerns, patterns."""

from django.urls import path

from serasi.safety.views import concern, incident, of_case, pattern, restraint

app_name = "safety"
urlpatterns = [
    path("keselamatan/", incident.start, name="start"),
    path("keselamatan/kejadian/", incident.incidents, name="incidents"),
    path("keselamatan/kejadian/lapor/", incident.report, name="report"),
    path("keselamatan/kejadian/<uuid:incident_id>/", incident.incident, name="incident"),
    path("keselamatan/kejadian/<uuid:incident_id>/cetak/", incident.printed, name="print"),
    path("keselamatan/kejadian/<uuid:incident_id>/ubah/", incident.amend, name="amend"),
    path("keselamatan/kejadian/<uuid:incident_id>/orang/", incident.add_person, name="add_person"),
    path(
        "keselamatan/kejadian/<uuid:incident_id>/orang/<uuid:involved_id>/cabut/",
        incident.withdraw_person,
        name="withdraw_person",
    ),
    path("keselamatan/kejadian/<uuid:incident_id>/beri-tahu/", incident.notify, name="notify"),
    path("keselamatan/kejadian/<uuid:incident_id>/tindak-lanjut/", incident.follow_up, name="follow_up"),
    path("keselamatan/tindak-lanjut/<uuid:follow_up_id>/selesai/", incident.finish, name="finish"),
    path("keselamatan/kejadian/<uuid:incident_id>/tutup/", incident.close, name="close"),
    path("keselamatan/kejadian/<uuid:incident_id>/buka/", incident.reopen, name="reopen"),
    path("keselamatan/pengekangan/", restraint.restraints, name="restraints"),
    path("keselamatan/pengekangan/mulai/", restraint.begin, name="begin"),
    path("keselamatan/pengekangan/<uuid:restraint_id>/", restraint.restraint, name="restraint"),
    path("keselamatan/pengekangan/<uuid:restraint_id>/periksa/", restraint.check, name="check"),
    path("keselamatan/pengekangan/<uuid:restraint_id>/perpanjang/", restraint.renew, name="renew"),
    path("keselamatan/pengekangan/<uuid:restraint_id>/akhiri/", restraint.end, name="end"),
    path("keselamatan/pengekangan/<uuid:restraint_id>/tinjau/", restraint.review, name="review"),
    path("keselamatan/kekhawatiran/", concern.concerns, name="concerns"),
    path("keselamatan/kekhawatiran/sampaikan/", concern.raise_concern, name="raise"),
    path("keselamatan/kekhawatiran/<uuid:concern_id>/", concern.concern, name="concern"),
    path("keselamatan/kekhawatiran/<uuid:concern_id>/langkah/", concern.step, name="step"),
    path("keselamatan/pola/", pattern.patterns, name="patterns"),
    path("kasus/<uuid:case_id>/keselamatan/", of_case.of_case, name="of_case"),
]
