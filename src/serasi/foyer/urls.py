"""Addresses of this app: a house's list and phases, a youth's agreement and the acts on it."""

from django.urls import path

from serasi.foyer.views import acts, agreement, house

app_name = "foyer"
urlpatterns = [
    path("foyer/", house.houses, name="houses"),
    path("foyer/saya/", agreement.mine, name="mine"),
    path("foyer/saya/nilai/", acts.rate_own, name="rate_own"),
    path("foyer/<uuid:unit_id>/", house.house, name="house"),
    path("foyer/<uuid:unit_id>/fase/", house.phases, name="phases"),
    path("foyer/<uuid:unit_id>/fase/susun/", house.draft, name="draft"),
    path("foyer/edisi/<uuid:edition_id>/berlakukan/", house.put_in_force, name="put_in_force"),
    path("foyer/edisi/<uuid:edition_id>/batalkan/", house.drop_edition, name="drop_edition"),
    path("foyer/edisi/<uuid:edition_id>/tambah/", house.add_phase, name="add_phase"),
    path("foyer/fase/<uuid:phase_id>/", house.change_phase, name="change_phase"),
    path("foyer/fase/<uuid:phase_id>/hapus/", house.remove_phase, name="remove_phase"),
    path("foyer/kesepakatan/<uuid:agreement_id>/", agreement.agreement, name="agreement"),
    path("foyer/kesepakatan/<uuid:agreement_id>/cetak/", agreement.sheet, name="sheet"),
    path("foyer/kesepakatan/<uuid:agreement_id>/ranah/", agreement.domains, name="domains"),
    path("foyer/kesepakatan/<uuid:agreement_id>/nilai/", acts.rate, name="rate"),
    path("foyer/kesepakatan/<uuid:agreement_id>/ubah/", acts.change_agreement, name="change"),
    path("foyer/kesepakatan/<uuid:agreement_id>/tanda-tangan/<slug:party>/", acts.sign, name="sign"),
    path("foyer/kesepakatan/<uuid:agreement_id>/perpanjang/", acts.renew_agreement, name="renew"),
    path("foyer/kesepakatan/<uuid:agreement_id>/akhiri/", acts.end_agreement, name="end"),
    path("foyer/kesepakatan/<uuid:agreement_id>/rencana-keluar/", acts.plan_exit, name="plan_exit"),
    path("foyer/kesepakatan/<uuid:agreement_id>/ukur/", acts.measure, name="measure"),
    path("foyer/kesepakatan/<uuid:agreement_id>/naik/", acts.go_up, name="up"),
    path("foyer/kesepakatan/<uuid:agreement_id>/mundur/", acts.go_back, name="back"),
    path("foyer/kesepakatan/<uuid:agreement_id>/putuskan/", acts.decide, name="decide"),
    path("foyer/kesepakatan/<uuid:agreement_id>/izin/", acts.allow_for_days, name="allow"),
    path("foyer/kesepakatan/<uuid:agreement_id>/izin/<uuid:allowance_id>/cabut/", acts.withdraw, name="withdraw"),
    path("kasus/<uuid:case_id>/foyer/", agreement.of_case, name="of_case"),
    path("kasus/<uuid:case_id>/foyer/baru/", acts.write_agreement, name="write"),
    path("hunian/tinggal/<uuid:stay_id>/foyer/", agreement.of_stay, name="of_stay"),
]
