from django.urls import path

from serasi.people.views import candidates, detail, household, listing, merging, person, registering

app_name = "people"

urlpatterns = [
    path("orang/", listing.people, name="list"),
    path("orang/daftar/", registering.register, name="register"),
    path("orang/daftar/tidak-dikenal/", registering.register, {"is_unknown": True}, name="register_unknown"),
    path("orang/ganda/", candidates.candidates, name="candidates"),
    path("orang/ganda/<uuid:pk>/", candidates.candidate, name="candidate"),
    path("orang/ganda/tanya/", candidates.enquiries, name="enquiries"),
    path("orang/ganda/tanya/<uuid:pk>/", candidates.enquiry, name="enquiry"),
    path("orang/<uuid:pk>/", person.person, name="person"),
    path("orang/<uuid:pk>/ubah/", person.edit, name="edit"),
    path("orang/<uuid:pk>/foto/", person.photo, name="photo"),
    path("orang/<uuid:pk>/foto/ganti/", person.photo_form, name="photo_form"),
    path("orang/<uuid:pk>/nik/", person.reveal, {"number": "nik"}, name="reveal_nik"),
    path("orang/<uuid:pk>/kk/", person.reveal, {"number": "kk"}, name="reveal_kk"),
    path("orang/<uuid:pk>/dibuka/", person.looks, name="looks"),
    path("orang/<uuid:pk>/kenali/", person.recognise_person, name="recognise"),
    path("orang/keluarga/<uuid:pk>/", household.household, name="household"),
    path("orang/<uuid:pk>/gabung/", merging.merge, name="merge"),
    path("orang/<uuid:pk>/gabung/<uuid:part>/batal/", merging.undo, name="undo_merge"),
    path("orang/<uuid:pk>/gabung/<uuid:part>/beda/", merging.apart, name="keep_apart"),
    path("orang/<uuid:pk>/nama/tambah/", detail.new_alias, name="new_alias"),
    path("orang/<uuid:pk>/nama/<uuid:part>/hapus/", detail.drop_alias, name="drop_alias"),
    path("orang/<uuid:pk>/alamat/tambah/", detail.new_address, name="new_address"),
    path("orang/<uuid:pk>/keluarga/tambah/", detail.new_household, name="new_household"),
    path("orang/<uuid:pk>/keluarga/<uuid:part>/keluar/", detail.close_membership, name="close_membership"),
    path("orang/<uuid:pk>/kerabat/tambah/", detail.new_relationship, name="new_relationship"),
    path("orang/<uuid:pk>/kerabat/<uuid:part>/akhiri/", detail.close_relationship, name="close_relationship"),
    path("orang/<uuid:pk>/jenis/tambah/", detail.new_kind, name="new_kind"),
    path("orang/<uuid:pk>/jenis/<uuid:part>/akhiri/", detail.close_kind, name="close_kind"),
    path("orang/<uuid:pk>/persetujuan/tambah/", detail.new_consent, name="new_consent"),
    path("orang/<uuid:pk>/persetujuan/<uuid:part>/tarik/", detail.withdraw, name="withdraw_consent"),
]
